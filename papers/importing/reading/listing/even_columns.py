"""Lines that one sign parts into columns are a table: "2019 - Lee - Title - Journal"."""

import re

from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.outline.document import Block, Line, Outline, Row, head_lines
from papers.importing.reading.tables.columns import read_columns

_SIGNS = tuple(
    re.compile(sign) for sign in (r"\s*\t\s*|\s{2,}", r"\s+\|\s+", r"\s+[-–—]+\s+", r"\s*;\s+")
)
LEAST, COLUMNS, SHARE = 3, 3, 0.8
"""Lines and columns of such a table at least, and the share of lines that must have as many."""


def make_tables(outline: Outline) -> None:
    """Put a table in the place of paragraphs and flat lists of such lines."""
    for section in outline.root.walk():
        section.blocks = [_table(block) or block for block in section.blocks]


def _table(block: Block) -> Block | None:
    """The table that the lines of a block are, None for others."""
    lines = _lines(block)
    if len(lines) < LEAST or any(map(_is_linked, lines)):
        return None
    for sign in _SIGNS:
        rows = [Row(line.number, sign.split(line.text.strip())) for line in lines]
        width = max(len(row.cells) for row in rows)
        even = sum(len(row.cells) in (width - 1, width) for row in rows)
        if width >= COLUMNS and even >= SHARE * len(rows):
            table = [Row(0, [""] * width), *rows]
            return Block("table", block.start, block.end, rows=table) if _tells(table) else None
    return None


def _lines(block: Block) -> list[Line]:
    """The lines of a paragraph, or of a list whose items hold one line and nothing else."""
    if block.kind != "list":
        return block.lines
    heads = [head_lines(item) for item in block.children]
    is_flat = all(len(item.children) == 1 for item in block.children)
    return [lines[0] for lines in heads] if is_flat and all(len(one) == 1 for one in heads) else []


def _is_linked(line: Line) -> bool:
    return any(piece.is_link and not is_label_link(piece) for piece in line.pieces)


def _tells(rows: list[Row]) -> bool:
    """A column of titles, one of years or venues, and one that says who wrote or presents."""
    columns = read_columns(rows, None)
    told = set(columns.meanings)
    is_dated = any(one.years > SHARE or one.venues > SHARE for one in columns.contents)
    return columns.title is not None and is_dated and bool(told & {"authors", "member", "venue"})
