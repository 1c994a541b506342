"""Tables: which column holds what, by its name and by what stands in its cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from papers.importing.reading.cues import section_of
from papers.importing.reading.document import Block, Line, Outline, Row
from papers.importing.reading.drafts import Unit
from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.entries.facts import is_label_link, split_people
from papers.importing.reading.entries.labelled import read_fact
from papers.importing.reading.entries.lines import read_entry
from papers.importing.reading.items import read_lines
from papers.importing.reading.labels import Meaning, is_fact, meaning_of_key, section_meant
from papers.importing.reading.patterns import Patterns
from papers.importing.reading.pieces import Piece, only_links, plain, read_pieces
from papers.text.citations import read_citation
from papers.text.dates import names_a_time
from papers.text.identifiers import identify, is_paper_url
from papers.text.names import ET_AL, split_names
from papers.text.venues import holds_venue, is_venue_tag
from papers.text.wording import (
    is_cancelled,
    is_sentence,
    is_unready,
    looks_like_name,
    prose_score,
    words,
)

COLUMN_ROLES = (
    "title",
    "link",
    "authors",
    "venue",
    "date",
    "member",
    "meeting",
    "tags",
    "code",
    "group",
    "takeaway",
    "summary",
    "critique",
    "follow_up",
    "questions",
    "aside",
)
"""What a column or key may hold; `aside` is shown as left out."""

_YEAR_LAST = re.compile(r"[\s,]*[(\[]?(?:19|20)\d\d[a-z]?[)\]]?[\s.]*$")
LOOKED_AT = 200
"""Cells of a column that are looked at."""


@dataclass(slots=True)
class Content:
    """Shares of a column's cells, from 0 to 1."""

    filled: float = 0.0
    titles: float = 0.0
    linked: float = 0.0
    links: float = 0.0
    years: float = 0.0
    days: float = 0.0
    people: float = 0.0
    venues: float = 0.0
    length: float = 0.0
    several: float = 0.0
    dated: float = 0.0


@dataclass(slots=True)
class Columns:
    """What each column holds; `title` is its number, None where no column holds titles."""

    names: list[str]
    meanings: list[Meaning | None]
    contents: list[Content] = field(default_factory=list)
    title: int | None = None
    more: list[int] = field(default_factory=list)
    carried: set[int] = field(default_factory=set)
    has_head: bool = True


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


def read_columns(rows: Sequence[Row], patterns: Patterns | None) -> Columns:
    """What the columns of a table hold. The name decides where the cells do not contradict it."""
    names = [plain(read_pieces(cell)) for cell in rows[0].cells]
    width = max(len(row.cells) for row in rows)
    names += [""] * (width - len(names))
    has_head = not _is_headless(rows)
    body = rows[1:] if has_head else rows
    names = names if has_head else [""] * width
    contents = [
        _content([row.cells[n] for row in body if n < len(row.cells)]) for n in range(width)
    ]
    meanings = [
        _settle(meaning_of_key(name), content)
        for name, content in zip(names, contents, strict=True)
    ]
    columns = Columns(names, meanings, contents, has_head=has_head)
    _find_people(columns)
    if patterns is not None:
        _choose(columns, patterns, rows[0].number)
    columns.title = _title_column(columns, patterns)
    if columns.title is not None:
        columns.meanings[columns.title] = "title"
        columns.more = _further_titles(columns)
        _by_content(columns)
    if patterns is not None:
        _file(columns, patterns, rows)
    return columns


def _is_headless(rows: Sequence[Row]) -> bool:
    """Whether the first row holds a paper like the others: a linked title, and no column's name."""
    first = rows[0].cells
    if any(meaning_of_key(plain(read_pieces(cell))) for cell in first):
        return False
    linked = [cell for cell in first if "://" in cell]
    others = sum(any("://" in cell for cell in row.cells) for row in rows[1:])
    return bool(linked) and others * 2 >= len(rows) - 1


def _find_people(columns: Columns) -> None:
    """A column "Name" beside one of titles, with persons in its cells, says who reads."""
    titles = [n for n, meaning in enumerate(columns.meanings) if meaning == "title"]
    for number in titles if len(titles) > 1 else ():
        content = columns.contents[number]
        if content.people > 0.6 and content.people > content.titles:
            columns.meanings[number] = "authors" if content.several > 0.3 else "member"
    has_days = any(content.days > 0.6 for content in columns.contents)
    for number, (meaning, content) in enumerate(
        zip(columns.meanings, columns.contents, strict=True)
    ):
        # A column of names that no label tells: who presents, where days stand beside it; else
        # authors.
        if meaning is None and content.people > 0.6 and content.people > content.titles:
            is_member = has_days and content.several <= 0.3 and content.length <= 3
            columns.meanings[number] = "member" if is_member else "authors"


def column_id(name: str, number: int) -> str:
    """The id of a column's pattern."""
    slug = re.sub(r"\W+", "-", name.casefold()).strip("-")
    return f"column-{slug or number + 1}"


def _choose(columns: Columns, patterns: Patterns, line: int) -> None:
    for number, name in enumerate(columns.names):
        role = patterns.choices.get(column_id(name, number), "")
        if role in COLUMN_ROLES:
            columns.meanings[number] = role


def _file(columns: Columns, patterns: Patterns, rows: Sequence[Row]) -> None:
    for number, (name, meaning, content) in enumerate(
        zip(columns.names, columns.meanings, columns.contents, strict=True)
    ):
        example = next(
            (
                r.cells[number]
                for r in rows[1:]
                if number < len(r.cells) and r.cells[number].strip()
            ),
            "",
        )
        pattern = patterns.file(
            column_id(name, number),
            "column",
            COLUMN_ROLES,
            rows[0].number,
            f"{name}: {plain(read_pieces(example))}",
            {meaning or "aside": content.filled},
        )
        pattern.role = meaning or "aside"


def _content(cells: Sequence[str]) -> Content:
    """What the cells of a column look like."""
    seen = [
        read_pieces(cell) for cell in cells[:LOOKED_AT] if cell.strip(" -–—") and cell != "&nbsp;"
    ]
    content = Content(filled=len(seen) / max(len(cells[:LOOKED_AT]), 1))
    if not seen:
        return content
    for pieces in seen:
        _count_cell(content, pieces)
    for name in _SHARES:
        setattr(content, name, getattr(content, name) / len(seen))
    return content


_HAS_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|['’]\d\d")
_SHARES = (
    "titles", "linked", "links", "years", "days", "people", "venues", "length", "several",
    "dated",
)  # fmt: skip


def _count_cell(content: Content, pieces: tuple[Piece, ...]) -> None:
    text = plain(pieces)
    titled = [p for p in pieces if p.is_link and not is_label_link(p) and len(words(p.text)) >= 2]
    if only_links(pieces) and not titled:
        content.links += 1
    elif titled and is_paper_url(titled[0].url or ""):
        content.linked += 1
    count = len(words(text))
    content.length += count
    content.dated += _HAS_YEAR.search(text) is not None
    if re.fullmatch(r"\W*(?:19|20)\d\d\W*", text):
        content.years += 1
    elif names_a_time(text):
        content.days += 1
    elif is_venue_tag(text) or (holds_venue(text) and count <= 4):
        content.venues += 1
    else:
        _count_people(content, pieces, text, is_titled=bool(titled))


def _count_people(
    content: Content, pieces: tuple[Piece, ...], text: str, *, is_titled: bool
) -> None:
    """Persons and titles, which a few words may both be."""
    count = len(words(text))
    if count > 8 and read_citation(text):
        content.titles += 1
        return
    cited = _YEAR_LAST.sub("", text)
    if names := split_names(cited):
        content.people += 1
        content.several += len(names) > 2 or cited != text or ET_AL.search(text) is not None
        content.titles += 0.3 if len(names) == 1 and count > 3 else 0
    elif looks_like_name(text) and count <= 3 and not any(char.isdigit() for char in text):
        content.people += 0.7
        content.titles += 0.3
    elif (is_titled or (not only_links(pieces) and prose_score(text) < 0.9)) and count >= 2:
        content.titles += 1 if count >= 3 else 0.6


def _settle(meaning: Meaning | None, content: Content) -> Meaning | None:
    """A column's meaning by its name, unless its cells are plainly something else."""
    if meaning in ("paper", "title") and content.links > 0.6:
        return "link"
    if meaning == "link" and content.titles > 0.5 and content.links < 0.3:
        return "title"
    if meaning in ("meeting", "aside", "summary") and content.years > 0.6:
        return "date"
    if meaning == "summary" and content.links > 0.6:
        return "code"
    if meaning == "summary" and content.days > 0.6:
        return "meeting"
    if meaning == "tags" and (content.linked > 0.4 or content.length > 5):
        return "title"
    return "title" if meaning == "paper" else meaning


def _title_column(columns: Columns, patterns: Patterns | None) -> int | None:
    """The column with the best score as titles."""
    best, score = None, 0.55
    for number, (meaning, content) in enumerate(
        zip(columns.meanings, columns.contents, strict=True)
    ):
        own = content.titles + content.linked + min(content.length, 8) / 40
        if meaning == "title":
            own += 1.2
        elif meaning is not None:
            own -= 1.0 if meaning not in ("tags", "aside") else 0.4
        elif not content.linked:
            own -= 0.5
        if own > score and content.filled > 0:
            best, score = number, own
    return best


def _by_content(columns: Columns) -> None:
    """Columns without a telling name, by their cells."""
    for number, (meaning, content) in enumerate(
        zip(columns.meanings, columns.contents, strict=True)
    ):
        if meaning is not None or number == columns.title:
            continue
        if content.links > 0.5:
            columns.meanings[number] = "link"
        elif content.years > 0.6:
            columns.meanings[number] = "date"
        elif content.venues > 0.5:
            columns.meanings[number] = "venue"
        elif content.days > 0.6:
            columns.meanings[number] = "meeting"
    has_year = any(
        c.years > 0.5 or (c.venues > 0.5 and c.dated > 0.5)
        for n, c in enumerate(columns.contents)
        if n != columns.title
    )
    if "member" in columns.meanings or "meeting" in columns.meanings or has_year:
        for number, content in enumerate(columns.contents):
            if (
                columns.meanings[number] == "date"
                and content.days > 0.4
                and ("member" in columns.meanings or has_year)
            ):
                columns.meanings[number] = "meeting"


def _further_titles(columns: Columns) -> list[int]:
    """Columns of linked titles beside that of titles: one for each reader, or for each kind."""
    return [
        number
        for number, (meaning, content) in enumerate(
            zip(columns.meanings, columns.contents, strict=True)
        )
        if number != columns.title
        and content.linked > 0.5
        and (content.titles > 0.5 and content.length >= 3)
        and meaning in (None, "title")
    ]


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
    if not rows:
        return "", False
    shapes = [_shape(row, columns) for row in rows]
    most = max(set(shapes), key=shapes.count)
    linked = sum(map(_has_link, rows)) >= 0.7 * len(rows)
    return (most if shapes.count(most) >= 0.7 * len(rows) else ""), linked


def _is_paper_row(row: Row, columns: Columns, shapes: tuple[str, bool]) -> bool:
    """Rows unlike the others, without the link that these have, hold holidays and talks."""
    title = columns.title or 0
    if title >= len(row.cells):
        return False
    if any("](http" in row.cells[n] for n in columns.more if n < len(row.cells)):
        return True
    text = plain(read_pieces(row.cells[title]))
    if is_unready(text) or is_cancelled(text) or not any(char.isalpha() for char in text):
        return False
    most, linked = shapes
    if linked and not _has_link(row) and _tells_nothing(row, columns):
        return False
    if linked and not _has_link(row):
        return (_shape(row, columns) == most and most != "linked") or (
            most == "" and len(words(text)) >= 4
        )
    return True


def _tells_nothing(row: Row, columns: Columns) -> bool:
    """Neither authors nor venue nor year where the table has columns for two of these or more."""
    facts = [n for n, one in enumerate(columns.meanings) if one in ("authors", "venue", "date")]
    return len(facts) > 1 and not any(words(row.cells[n]) for n in facts if n < len(row.cells))


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
        for entry in _titled(row, column, cells, outline):
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
        yield entry


_LINE_END = re.compile(r"<br\s*/?>|\n", re.IGNORECASE)


def _titled(
    row: Row, column: int, cells: Sequence[tuple[Piece, ...]], outline: Outline
) -> Iterator[Entry]:
    """The entries of a title's cell: several papers, or a title over its other facts."""
    papers = _papers(cells[column])
    parts = [Line(row.number, part.strip()) for part in _LINE_END.split(row.cells[column])]
    lines = [line for line in parts if words(plain(line.pieces))]
    if len(papers) == 1 and len(lines) > 1 and len(words(plain(lines[0].pieces))) > 1:
        yield read_lines(lines, outline)
        return
    for pieces in papers:
        yield read_entry(pieces, row.number, row.number)


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


def take_value(entry: Entry, meaning: Meaning | None, name: str, pieces: tuple[Piece, ...]) -> None:
    """Give an entry what a cell or the value of a key says."""
    text = plain(pieces)
    if not text and not pieces:
        return
    section = section_meant(meaning)
    if meaning == "member":
        entry.members.extend(split_people("".join(piece.text for piece in pieces)))
    elif meaning == "meeting":
        entry.meeting = entry.meeting or text
    elif text.casefold() in ("true", "false", "yes", "no") or (
        is_unready(text) and not any(p.is_web for p in pieces)
    ):
        entry.left_words.append(text)
    elif meaning == "aside":
        entry.left_words.append(text)
        for piece in pieces:
            if piece.is_web and is_paper_url(piece.url or ""):
                entry.add_link(piece.url or "", piece.text)
    elif only_links(pieces) or is_fact(meaning):
        read_fact(entry, meaning if is_fact(meaning) and meaning != "title" else "link", pieces)
    elif section and (
        is_sentence(text) or meaning in ("takeaway", "critique", "follow_up", "questions")
    ):
        own = section_of(text) if meaning == "summary" else section
        entry.units.append(
            Unit(
                entry.line,
                text,
                own,
                label=name if name.casefold() not in ("notes", "summary", "note") else "",
            )
        )
    else:
        said = f"{name}: {text}".strip(": ") if meaning is None else text
        entry.remark = "; ".join(part for part in (entry.remark, said) if part)
