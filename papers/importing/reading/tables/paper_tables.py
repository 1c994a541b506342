"""Tables: which column holds what, by its name and by what stands in its cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.entries.entry_lines import read_entry
from papers.importing.reading.entries.who_reads import split_people
from papers.importing.reading.evidence.patterns import Patterns
from papers.importing.reading.formats.html_tree import BULLET
from papers.importing.reading.items.list_items import read_lines
from papers.importing.reading.labels.meanings import meaning_of_key
from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.outline.document import Block, Line, Outline, Row
from papers.importing.reading.outline.pieces import Piece, plain, read_pieces
from papers.importing.reading.tables.cell_values import take_value
from papers.importing.reading.tables.columns import Columns, read_columns
from papers.text.cancelled import is_cancelled, opens_meetings
from papers.text.citations import WHOLE
from papers.text.identifiers import identify, is_paper_url
from papers.text.titles import without_remark
from papers.text.venues import bracket_venue, venue_year
from papers.text.wording import is_unready, looks_like_name, words

LINKED = 0.5
"""Share of rows with a link from which on a row without one must look like a paper itself."""


def is_paper_table(block: Block) -> bool:
    """Whether a table has rows and a column of titles; one of links within the page has none."""
    links = [piece for row in block.rows for cell in row.cells for piece in read_pieces(cell)]
    links = [piece for piece in links if piece.is_link]
    if links and all((piece.url or "").startswith("#") for piece in links):
        return False
    return len(block.rows) > 1 and read_columns(block.rows, None).title is not None


def read_table(block: Block, outline: Outline, patterns: Patterns) -> list[Entry]:
    """The entries of a table, none if it is not one of papers; rows that are none stay unused."""
    if len(block.rows) < 2:
        return []
    columns = read_columns(block.rows, patterns)
    if columns.title is None:
        return []
    rows = block.rows[1:] if columns.has_head else block.rows
    if columns.has_head:
        outline.tell(block.rows[0].number, "head")
    entries: list[Entry] = []
    before: Row | None = None
    shapes = _shapes(rows, columns)
    columns.carried = _carried(rows, columns)
    for row in rows:
        if not _is_paper_row(row, columns, shapes):
            before = row if any(map(str.strip, row.cells)) else before
            continue
        found = list(_row(row, columns, before, outline))
        if found:
            outline.use(row.number)
            entries.extend(found)
        before = _filled(row, before, columns)
    return entries


def _reader(columns: Columns, number: int) -> str:
    """The person after whom a column of titles is called, where several are called so."""
    name = columns.names[number]
    is_name = columns.more and looks_like_name(name) and meaning_of_key(name) is None
    return name.lstrip("@") if is_name and len(words(name)) <= 3 else ""


def _shape(row: Row, columns: Columns) -> str:
    """What the title cell of a row begins with, and whether the row has an address."""
    title = columns.title or 0
    pieces = read_pieces(row.cells[title]) if title < len(row.cells) else ()
    style = "linked" if any(p.is_link and not is_label_link(p) for p in pieces) else ""
    style = style or ("bold" if any(p.strong and p.text.strip() for p in pieces) else "")
    whole = [p for p in pieces if p.text.strip()]
    return style or ("slanted" if whole and all(p.slanted for p in whole) else "text")


def _has_link(row: Row) -> bool:
    return any("://" in cell or "](" in cell or identify(cell) for cell in row.cells)


def _carried(rows: Sequence[Row], columns: Columns) -> set[int]:
    """Columns of years in which an empty cell means the same as above: no year is written twice."""
    found = set()
    for number, meaning in enumerate(columns.meanings):
        cells = [row.cells[number].strip() for row in rows if number < len(row.cells)]
        said = [cell for cell in cells if cell]
        again = any(one == two for one, two in pairwise(said))
        if meaning == "date" and 3 <= len(said) < len(cells) and cells[0] and not again:
            found.add(number)
    return found


def _shapes(rows: Sequence[Row], columns: Columns) -> tuple[str, bool]:
    """What most rows look like: the style of their titles, and whether nearly all have a link."""
    rows = [row for row in rows if not _says_nothing(row, columns)]
    if not rows:
        return "", False
    shapes = [_shape(row, columns) for row in rows]
    most = max(set(shapes), key=shapes.count)
    linked = sum(map(_has_link, rows)) > LINKED * len(rows)
    return (most if shapes.count(most) >= 0.7 * len(rows) else ""), linked


def _says_nothing(row: Row, columns: Columns) -> bool:
    """A row without a title, or with the promise of one."""
    title = columns.title or 0
    text = plain(read_pieces(row.cells[title])) if title < len(row.cells) else ""
    return is_unready(text) or is_cancelled(text) or not any(map(str.isalpha, text))


def _is_paper_row(row: Row, columns: Columns, shapes: tuple[str, bool]) -> bool:
    """Rows unlike the others, without the link that these have, hold holidays and talks."""
    title = columns.title or 0
    if title >= len(row.cells):
        return False
    if any("](http" in row.cells[n] for n in columns.more if n < len(row.cells)):
        return True
    text = plain(read_pieces(_LINE_END.split(row.cells[title])[0]))
    text = text or plain(read_pieces(row.cells[title]))
    if is_unready(text) or is_cancelled(text) or not any(char.isalpha() for char in text):
        return False
    if opens_meetings(text) and not any(is_paper_url(p.url or "") for p in _pieces(row)):
        return False
    most, linked = shapes
    if linked and not _has_link(row) and _tells_nothing(row, columns):
        return False
    if linked and not _has_link(row):
        return (
            _tells_all(row, columns)
            or (_shape(row, columns) == most and most != "linked")
            or (most == "" and len(words(text)) >= 4)
        )
    return True


def _pieces(row: Row) -> list[Piece]:
    return [piece for cell in row.cells for piece in read_pieces(cell)]


def _tells_nothing(row: Row, columns: Columns) -> bool:
    """Neither authors nor venue nor year where the table has columns for two of these or more."""
    facts = [n for n, one in enumerate(columns.meanings) if one in ("authors", "venue", "date")]
    return len(facts) > 1 and not any(words(row.cells[n]) for n in facts if n < len(row.cells))


def _tells_all(row: Row, columns: Columns) -> bool:
    """Whether a row fills all columns of facts, of which there are several."""
    facts = [n for n, one in enumerate(columns.meanings) if one in ("authors", "venue", "date")]
    return len(facts) > 1 and all(n < len(row.cells) and words(row.cells[n]) for n in facts)


def _filled(row: Row, before: Row | None, columns: Columns) -> Row:
    """A row with empty cells for reader and day has those of the row above."""
    if before is None:
        return row
    cells = list(row.cells)
    for number, meaning in enumerate(columns.meanings):
        is_carried = meaning in ("member", "meeting") or number in columns.carried
        is_here = is_carried and number < min(len(cells), len(before.cells))
        if is_here and not cells[number].replace("&nbsp;", "").strip():
            cells[number] = before.cells[number]
    return Row(row.number, cells)


def _row(row: Row, columns: Columns, before: Row | None, outline: Outline) -> Iterator[Entry]:
    empty = [
        n
        for n, m in enumerate(columns.meanings)
        if m in ("member", "meeting")
        and n < len(row.cells)
        and not row.cells[n].replace("&nbsp;", "").strip()
    ]
    if before is not None and columns.carried:
        cells_above = _filled(
            row,
            before,
            Columns(columns.names, [None] * len(columns.names), carried=columns.carried),
        )
        row = cells_above
    kinds = sum(m in ("member", "meeting") for m in columns.meanings)
    if empty and len(empty) == kinds and kinds > 1:
        row = _filled(row, before, columns)
    cells = [read_pieces(cell) for cell in row.cells]
    entries: list[Entry] = []
    for column in sorted([columns.title or 0, *columns.more]):
        reader = _reader(columns, column)
        if column >= len(cells) or not any(p.text.strip(" -–—") for p in cells[column]):
            continue
        for entry in _titled(row, column, cells, outline, columns):
            entry.members.extend([reader] if reader else [])
            entries.append(entry)
    for entry in entries:
        if not entry.title:
            continue
        for position, pieces in enumerate(cells):
            is_title = position == columns.title or position in columns.more
            if not is_title and position < len(columns.names):
                _cell(entry, columns, position, pieces)
        entry.settle_year()
    _share_readers(entries, columns, row)
    yield from (entry for entry in entries if entry.title)


def _share_readers(entries: Sequence[Entry], columns: Columns, row: Row) -> None:
    """As many readers as papers in one row, each on a line: one each."""
    for number, meaning in enumerate(columns.meanings):
        lines = _LINE_END.split(row.cells[number]) if number < len(row.cells) else []
        readers = [split_people(plain(read_pieces(one))) for one in lines]
        is_even = meaning == "member" and 1 < len(entries) == len(readers)
        for entry, names in zip(entries, readers, strict=True) if is_even and all(readers) else ():
            entry.members = list(names)


_LINE_END = re.compile(r"<br\s*/?>|\n", re.IGNORECASE)


def _titled(
    row: Row,
    column: int,
    cells: Sequence[tuple[Piece, ...]],
    outline: Outline,
    columns: Columns,
) -> Iterator[Entry]:
    """The entries of a title's cell: several papers, or a title over its other facts."""
    style = WHOLE if _names_beside(cells, columns) else ""
    papers = _papers(cells[column])
    parts = [Line(row.number, part.strip()) for part in _LINE_END.split(row.cells[column])]
    lines = [line for line in parts if words(plain(line.pieces))]
    is_listed = all(line.text.startswith(BULLET.strip()) for line in lines)
    if len(lines) > 1 and is_listed:
        for line in lines:
            item = Line(row.number, line.text.removeprefix(BULLET.strip()).strip())
            yield read_entry(item.pieces, row.number, row.number)
        return
    if len(papers) == 1 and len(lines) > 1 and all(map(_is_dated_title, lines)):
        for line in lines:
            yield read_entry(line.pieces, row.number, row.number)
        return
    if len(papers) == 1 and len(lines) > 1 and len(words(plain(lines[0].pieces))) > 1:
        yield read_lines(lines, outline)
        return
    for pieces in papers:
        yield read_entry(pieces, row.number, row.number, style)


def _names_beside(cells: Sequence[tuple[Piece, ...]], columns: Columns) -> bool:
    """Whether a cell of the row says who wrote the paper."""
    return any(
        meaning == "authors" and number < len(cells) and bool(words(plain(cells[number])))
        for number, meaning in enumerate(columns.meanings)
    )


def _is_dated_title(line: Line) -> bool:
    """A title with its own venue or year behind it: "Title (ECIR 2025)"."""
    title, last = without_remark(plain(line.pieces))
    return len(words(title)) > 2 and venue_year(bracket_venue(last) or last) is not None


def _papers(pieces: tuple[Piece, ...]) -> list[tuple[Piece, ...]]:
    """A cell with several linked papers is several papers."""
    starts = [
        i
        for i, piece in enumerate(pieces)
        if piece.url and is_paper_url(piece.url) and not is_label_link(piece)
    ]
    if len(starts) < 2:
        return [pieces]
    found: list[tuple[Piece, ...]] = []
    before: tuple[Piece, ...] = pieces[: starts[0]]
    for start, end in zip(starts, [*starts[1:], len(pieces)], strict=True):
        if end == len(pieces):
            found.append((*before, *pieces[start:]))
        else:
            own, following = _at_break(pieces[start + 1 : end])
            found.append((*before, pieces[start], *own))
            before = following
    return found


def _at_break(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """What stands between two papers: up to the last break it is about the first."""
    at = max(
        (i for i, one in enumerate(pieces) if "\n" in one.text and not one.is_link), default=-1
    )
    if at >= 0:
        head, _, tail = pieces[at].text.rpartition("\n")
        own, after = replace(pieces[at], text=head), replace(pieces[at], text=tail)
        return (*pieces[:at], own), (after, *pieces[at + 1 :])
    return tuple(pieces), ()


def _cell(entry: Entry, columns: Columns, position: int, pieces: tuple[Piece, ...]) -> None:
    take_value(entry, columns.meanings[position], columns.names[position], pieces)
