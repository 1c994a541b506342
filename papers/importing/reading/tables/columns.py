"""What each column of a table holds, by its name and by what stands in its cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from papers.importing.reading.evidence.patterns import Patterns
from papers.importing.reading.labels.meanings import Meaning, meaning_of_key
from papers.importing.reading.outline.document import Row
from papers.importing.reading.outline.pieces import plain, read_pieces
from papers.importing.reading.tables.cells import Content, read_content
from papers.text.dates import names_a_time

COLUMN_ROLES = (
    "title",
    "link",
    "authors",
    "venue",
    "date",
    "member",
    "meeting",
    "tags",
    "subtopic",
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


def read_columns(rows: Sequence[Row], patterns: Patterns | None) -> Columns:
    """What the columns of a table hold. The name decides where the cells do not contradict it."""
    names = [plain(read_pieces(cell)) for cell in rows[0].cells]
    width = max(len(row.cells) for row in rows)
    names += [""] * (width - len(names))
    has_head = not _is_headless(rows)
    body = rows[1:] if has_head else rows
    names = names if has_head else [""] * width
    contents = [
        read_content([row.cells[n] for row in body if n < len(row.cells)]) for n in range(width)
    ]
    told = [meaning_of_key(name) for name in names]
    meanings = [
        meaning if meaning == "aside" and "date" in told else _settle(meaning, content)
        for meaning, content in zip(told, contents, strict=True)
    ]
    columns = Columns(names, meanings, contents, has_head=has_head)
    _keep_links(columns, told)
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
    if names_a_time(plain(read_pieces(first[0]))):
        days = sum(names_a_time(plain(read_pieces(row.cells[0]))) for row in rows if row.cells)
        return days * 10 >= len(rows) * 6
    linked = [cell for cell in first if "://" in cell]
    others = sum(any("://" in cell for cell in row.cells) for row in rows[1:])
    return bool(linked) and others * 2 >= len(rows) - 1


def _keep_links(columns: Columns, told: Sequence[Meaning | None]) -> None:
    """A column of links beside one of titles holds links, whatever these are called."""
    lengths = [
        content.length
        for meaning, content in zip(told, columns.contents, strict=True)
        if meaning == "title" and content.titles > 0.5 and content.people < 0.3
    ]
    for number, content in enumerate(columns.contents):
        is_link = told[number] == "link" and bool(lengths)
        is_link |= told[number] == "paper" and content.length < max(lengths, default=0)
        if columns.meanings[number] == "title" and is_link:
            columns.meanings[number] = "link"


_OF_PAPER = re.compile(r"publi|release|submi|發行|发表|発行|公開|発表年|발행|게재", re.IGNORECASE)
"""What the head of a column says whose days are those of papers, not of meetings."""


FEW_JOURNALS = 0.3
"""Share of cells that say "Journal", "Letters" or the like in a column of venues."""


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
        if meaning is None and content.journals > FEW_JOURNALS and content.titles < content.people:
            columns.meanings[number] = "venue"
            continue
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


def _settle(meaning: Meaning | None, content: Content) -> Meaning | None:
    """A column's meaning by its name, unless its cells are plainly something else."""
    if content.cited > 0.5 and meaning not in ("authors", "venue"):
        return "title"
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
        own = content.titles + content.linked + content.cited + min(content.length, 8) / 40
        if meaning == "title":
            own += 1.2
        elif meaning is not None:
            own -= 1.0 if meaning not in ("tags", "aside") else 0.4
        elif not content.linked and columns.has_head and any(columns.names):
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
        if n != columns.title and columns.meanings[n] != "aside"
    )
    if "member" in columns.meanings or "meeting" in columns.meanings or has_year:
        for number, content in enumerate(columns.contents):
            if (
                columns.meanings[number] == "date"
                and not _OF_PAPER.search(columns.names[number])
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
