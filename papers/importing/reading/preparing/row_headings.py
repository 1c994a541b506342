"""Rows of a table that hold a heading and nothing else: what follows is a section of its own."""

import re

from papers.importing.reading.outline.document import Block, Outline, Row, Section
from papers.importing.reading.outline.pieces import plain, read_pieces
from papers.importing.reading.tables.columns import read_columns
from papers.text.cancelled import is_cancelled
from papers.text.dates import names_a_time
from papers.text.wording import is_unready, words

_MARK = re.compile(r"\\?#+\s*(?=\S)|(?:[-=–—]{2,}|>+|▼|■|◆|【)\s*(?=\S)")
COLUMNS, LEVEL = 3, 2
"""Columns of such a table at least, and the level of the headings at the top of a document."""


def part_tables(outline: Outline) -> None:
    """Make a section of each row that is a heading, with a table of the rows below it."""
    for section in list(outline.root.walk()):
        kept: list[Block] = []
        found: list[Section] = []
        for block in section.blocks:
            first, *groups = _groups(block) if block.kind == "table" else [[]]
            if not groups:
                kept.append(block)
                continue
            if len(first) > 1:
                kept.append(_table(first))
            found += [_section(section, head, [first[0], *rows]) for head, *rows in groups]
        if found:
            section.blocks, section.subs[:0] = kept, found


def _groups(block: Block) -> list[list[Row]]:
    """The rows up to the first heading, and then each heading with its rows."""
    groups: list[list[Row]] = [block.rows[:1]]
    columns = read_columns(block.rows, None) if len(block.rows) > COLUMNS else None
    if columns is None or columns.title is None or len(columns.names) < COLUMNS:
        return [block.rows]
    title = columns.title if not _are_full(block.rows[1:]) else len(columns.names)
    for row in block.rows[1:]:
        if columns.has_head and _is_heading(row, title):
            groups.append([row])
        else:
            groups[-1].append(row)
    is_told = all(len(rows) > 1 for rows in groups[1:])
    return groups if is_told else [block.rows]


def _are_full(rows: list[Row]) -> bool:
    """Whether rows say three things or more but for a few, which then hold no title alone."""
    filled = [sum(bool(words(cell)) for cell in row.cells) for row in rows]
    alone = filled.count(1)
    return 1 < alone <= len(rows) / 3 and min(count for count in filled if count != 1) > 2


def _is_heading(row: Row, title: int) -> bool:
    """A cell alone that is no title, or is marked as a heading; no day and no remark."""
    filled = [n for n, cell in enumerate(row.cells) if words(cell)]
    if len(filled) != 1 or filled[0] != 0 or "://" in row.cells[0]:
        return False
    text = plain(read_pieces(row.cells[0]))
    is_marked = _MARK.match(text) is not None or all(
        piece.strong for piece in read_pieces(row.cells[0]) if piece.text.strip()
    )
    is_name = len(words(text)) <= 10 and not (is_cancelled(text) or is_unready(text))
    return is_name and (is_marked or (title != 0 and not names_a_time(text)))


def _section(parent: Section, head: Row, rows: list[Row]) -> Section:
    name = _MARK.sub("", head.cells[0].strip(), count=1).strip(" -=–—】")
    new = Section(max(parent.level + 1, LEVEL), head.number, name, parent)
    new.blocks.append(_table(rows))
    return new


def _table(rows: list[Row]) -> Block:
    return Block("table", rows[0].number, rows[-1].number, rows=rows)
