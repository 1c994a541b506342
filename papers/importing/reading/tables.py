"""Tables of papers: which column holds what, and one entry for each paper of a row."""

from dataclasses import dataclass

from papers.importing.reading.drafts import Unit
from papers.importing.reading.entries import read_entry
from papers.importing.reading.entry import Entry
from papers.importing.reading.facts import is_label_link, read_fact, split_people
from papers.importing.reading.labels import Meaning, is_fact, meaning_of, section_meant
from papers.importing.reading.document import Block, Outline, Row
from papers.importing.reading.pieces import Piece, only_links, plain, read_pieces
from papers.text.identifiers import is_paper_url
from papers.text.wording import is_sentence, is_unready, looks_like_title, words

_NAMES: dict[str, Meaning] = {
    "title": "title", "paper": "title", "papers": "title", "paper title": "title", "name": "title",
    "paper name": "title", "article": "title", "publication": "title", "work": "title",
    "論文": "title", "タイトル": "title", "论文": "title", "标题": "title", "论文标题": "title",
    "논문": "title", "제목": "title", "who": "member", "member": "member", "members": "member",
    "reader": "member", "lead": "member", "leader": "member", "host": "member", "owner": "member",
    "assigned to": "member", "assignee": "member", "person": "member", "by": "member",
    "speaker(s)": "member", "presenter(s)": "member", "facilitator": "member",
    "moderator": "member",
    "read by": "member", "notes": "summary", "note": "summary", "comment": "critique",
    "category": "tags", "area": "tags", "field": "tags", "theme": "tags", "keywords": "tags",
    "publish date": "date", "released": "date", "pub": "venue", "where": "venue",
    "conf": "venue", "conf.": "venue", "conference/journal": "venue", "venue/year": "venue",
    "source": "venue", "materials": "link", "resources": "link", "slides": "code",
}  # fmt: skip


@dataclass(slots=True)
class _Columns:
    names: list[str]
    meanings: list[Meaning | None]
    title: int


def is_paper_table(block: Block) -> bool:
    """Whether a table has rows and a column of titles."""
    return len(block.rows) > 1 and _columns(block.rows) is not None


def read_table(block: Block, outline: Outline) -> list[Entry]:
    """The entries of a table, none if it is not one of papers."""
    if len(block.rows) < 2:
        return []
    columns = _columns(block.rows)
    if columns is None:
        return []
    outline.use(block.rows[0].number)
    entries = []
    for row in block.rows[1:]:
        outline.use(row.number)
        entries.extend(_row(row, columns))
    return entries


def _columns(rows: list[Row]) -> _Columns | None:
    names = [plain(read_pieces(cell)) for cell in rows[0].cells]
    meanings = [_meaning(name) for name in names]
    title = next((i for i, meaning in enumerate(meanings) if meaning == "title"), None)
    if title is None or not _holds_titles(rows, title):
        title = next((i for i in range(len(names)) if _holds_titles(rows, i, linked=True)), title)
    if title is None:
        return None
    return _Columns(names, meanings, title)


def _meaning(name: str) -> Meaning | None:
    return _NAMES.get(name.casefold().strip(" :")) or meaning_of(name)


def _holds_titles(rows: list[Row], column: int, *, linked: bool = False) -> bool:
    """Whether most cells of a column look like titles, or link to papers."""
    cells = [row.cells[column] for row in rows[1:] if column < len(row.cells) and row.cells[column]]
    if not cells:
        return False
    hits = 0
    for cell in cells[:50]:
        pieces = read_pieces(cell)
        links = [p for p in pieces if p.is_link and not is_label_link(p)]
        if links and len(words(plain(pieces))) >= 2:
            hits += 1
        elif not linked and (looks_like_title(plain(pieces)) or len(words(plain(pieces))) >= 1):
            hits += not all(piece.is_link and is_label_link(piece) for piece in pieces)
    return hits * 2 >= min(len(cells), 50)


def _row(row: Row, columns: _Columns) -> list[Entry]:
    cells = [read_pieces(cell) for cell in row.cells]
    if columns.title >= len(cells) or is_unready(plain(cells[columns.title])):
        return []
    entries = [
        read_entry(pieces, row.number, row.number) for pieces in _papers(cells[columns.title])
    ]
    entries = [entry for entry in entries if entry.title]
    has_reader = "member" in columns.meanings
    for position, pieces in enumerate(cells):
        if position != columns.title and position < len(columns.names):
            for entry in entries:
                _cell(entry, columns, position, pieces, has_reader=has_reader)
    return entries


def _papers(pieces: tuple[Piece, ...]) -> list[tuple[Piece, ...]]:
    """A cell with several linked papers is several papers."""
    starts = [
        i for i, piece in enumerate(pieces) if piece.url and is_paper_url(piece.url)
        and not is_label_link(piece)
    ]  # fmt: skip
    if len(starts) < 2:
        return [pieces]
    # The separator before a link goes with the paper before it and says nothing.
    return [
        (pieces[start],) if i + 1 < len(starts) else pieces[start:]
        for i, start in enumerate(starts)
    ]


def _cell(
    entry: Entry, columns: _Columns, position: int, pieces: tuple[Piece, ...], *, has_reader: bool
) -> None:
    meaning, name, text = columns.meanings[position], columns.names[position], plain(pieces)
    if not text and not pieces:
        return
    if meaning == "member":
        entry.members.extend(split_people("".join(piece.text for piece in pieces)))
    elif meaning == "date" and has_reader:
        return  # Beside a presenter it is the day of the meeting, not of the paper.
    elif meaning == "title" or is_unready(text):
        return
    elif only_links(pieces) or is_fact(meaning):
        read_fact(entry, meaning if is_fact(meaning) else "link", pieces)
    elif (section := section_meant(meaning)) and is_sentence(text):
        entry.units.append(Unit(entry.line, text, section, label=name))
    else:
        entry.remark = "; ".join(
            part for part in (entry.remark, f"{name}: {text}".strip(": ")) if part
        )
