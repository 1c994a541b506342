"""What the cells of a column look like: shares of titles, links, people, years and days."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from papers.importing.reading.entries.entry_titles import find_title
from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.outline.pieces import Piece, only_links, plain, read_pieces
from papers.text.citations import read_citation
from papers.text.dates import names_a_time
from papers.text.identifiers import is_paper_url
from papers.text.names import ET_AL, split_names
from papers.text.sources import VENUE_WORD
from papers.text.venues import holds_venue, is_venue_tag
from papers.text.wording import is_unready, looks_like_name, names_no_subject, prose_score, words

_YEAR_LAST = re.compile(r"[\s,]*[(\[]?(?:19|20)\d\d[a-z]?[)\]]?[\s.]*$")


_ACRONYM = re.compile(r"(?:(?:ACM|IEEE|USENIX)\s)?[A-Z]{3,7}")
ACRONYM = 0.6
"""How much a cell in capitals speaks for a column of venues."""
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
    journals: float = 0.0
    cited: float = 0.0


def read_content(cells: Sequence[str]) -> Content:
    """What the cells of a column look like."""
    seen = [
        pieces
        for cell in cells[:LOOKED_AT]
        if cell != "&nbsp;"
        and (pieces := read_pieces(cell))
        and (any(piece.is_web for piece in pieces) or not is_unready(plain(pieces).strip(" -–—")))
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
    "dated", "journals", "cited",
)  # fmt: skip


def _count_cell(content: Content, pieces: tuple[Piece, ...]) -> None:
    pieces = _first_line(pieces)
    text = plain(pieces)
    titled = [p for p in pieces if p.is_link and not is_label_link(p) and len(words(p.text)) >= 2]
    if only_links(pieces) and not titled:
        content.links += 1
    elif titled and is_paper_url(titled[0].url or ""):
        content.linked += 1
    count = len(words(text))
    content.length += count
    content.dated += _HAS_YEAR.search(text) is not None
    content.journals += VENUE_WORD.search(text) is not None and count <= 6
    if re.fullmatch(r"\W*(?:19|20)\d\d\W*", text):
        content.years += 1
    elif names_a_time(text):
        content.days += 1
    elif is_venue_tag(text) or (holds_venue(text) and count <= 4):
        content.venues += 1
    elif _ACRONYM.fullmatch(text):
        content.venues += ACRONYM
    else:
        _count_people(content, pieces, text, is_titled=bool(titled))


def _first_line(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A long cell up to its first break: what it is about; the rest tells of that."""
    at = next((i for i, one in enumerate(pieces) if "\n" in one.text and not one.is_link), None)
    if at is None or len(words(plain(pieces))) <= 25:
        return pieces
    return (*pieces[:at], replace(pieces[at], text=pieces[at].text.split("\n")[0]))


def _count_people(
    content: Content, pieces: tuple[Piece, ...], text: str, *, is_titled: bool
) -> None:
    """Persons and titles, which a few words may both be."""
    count = len(words(text))
    cited = read_citation(text) if count > 8 else None
    if count > 8 and (cited or find_title(pieces) is not None):
        content.titles += 1
        content.cited += cited is not None and bool(cited.authors and (cited.year or cited.venue))
        return
    undated = _YEAR_LAST.sub("", text)
    if names := split_names(undated):
        content.people += 1
        content.several += len(names) > 2 or undated != text or ET_AL.search(text) is not None
        content.titles += 0.3 if len(names) == 1 and count > 3 else 0
    elif (
        looks_like_name(text)
        and not text[:1].islower()
        and count <= 3
        and not any(char.isdigit() for char in text)
    ):
        content.people += 0.7
        content.titles += 0.3
    elif (is_titled or (not only_links(pieces) and prose_score(text) < 0.9)) and count >= 2:
        content.titles += 1 if count >= 3 else 0.6


def _is_name(text: str) -> bool:
    return looks_like_name(text) and not names_no_subject(text) and not any(map(str.isdigit, text))
