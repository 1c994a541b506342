"""Facts that a label, a column or a key names: "Authors: ...", "Link: ...", "Venue: ..."."""

import re
from collections.abc import Callable, Sequence

from papers.importing.reading.entries.entry import Entry, set_title, take_citation
from papers.importing.reading.entries.facts import BRACKET
from papers.importing.reading.entries.who_reads import split_people
from papers.importing.reading.labels.meanings import Fact
from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.outline.pieces import Piece, plain
from papers.text.citation_parts import Citation, cut_names, reference_without_title
from papers.text.citations import read_citation
from papers.text.names import ET_AL, split_names
from papers.text.sources import called_after, read_source
from papers.text.venues import bracket_venue, find_venue, is_venue_tag, venue_year
from papers.text.wording import looks_like_group, words

_YEAR = re.compile(r"(?:19|20)\d\d")
_ARXIV = re.compile(r"\d{4}\.\d{4,5}(?:v\d+)?")


def read_fact(entry: Entry, fact: Fact, pieces: Sequence[Piece]) -> None:
    """A labelled fact: "Authors: ...", "Link: ...", "Venue: ..."."""
    text = plain(pieces)
    value = plain([piece for piece in pieces if not piece.bare]).strip(" .,;")
    for piece in pieces:
        is_name = piece.bare or len(words(piece.text)) > 4
        entry.add_link(piece.url or "", "" if is_name else piece.text)
    if fact in ("link", "paper") and len(words(text)) > 4 and (cited := read_citation(text)):
        take_citation(entry, cited)
    if fact == "link" and not entry.venues and not value.startswith(("http", "10.")):
        entry.add_venue(called_after(value))
    if fact == "link" and _ARXIV.fullmatch(value):
        entry.take_identifier("arxiv", value)
    if fact == "paper":
        _read_paper(entry, pieces)
    elif value:
        _TAKE[fact](entry, value)
    entry.settle_year()


def _read_paper(entry: Entry, pieces: Sequence[Piece]) -> None:
    """What stands behind "Paper:" is its title, unless the entry has one; or only who wrote it and
    where it appeared.
    """
    said = "".join(p.text for p in pieces if not (p.is_link and is_label_link(p))).strip(" .()[]")
    told = reference_without_title(said) or _numbered_source(said)
    if told is not None:
        take_citation(entry, told)
    elif len(words(said)) >= 2 and not entry.has_own_title:
        _take_title(entry, said)


def _numbered_source(said: str) -> Citation | None:
    """ "Phys. Rev. 47, 777 (1935)": a journal, its volume and the year."""
    source = read_source(said)
    is_numbered = bool(source.venue and source.year) and re.match(r"\d", source.rest)
    return Citation("", (), source.venue, source.year) if is_numbered else None


def _take_title(entry: Entry, value: str) -> None:
    set_title(entry, value)
    entry.has_own_title = True


def _take_date(entry: Entry, value: str) -> None:
    """A date, or a venue: "Published: ICML 2019", "Published: Nature Physics"."""
    if venue := find_venue(value):
        entry.add_venue(venue.tag)
    elif not any(map(str.isdigit, value)) and value[:1].isupper() and len(words(value)) <= 6:
        entry.add_venue(value)
    if _YEAR.fullmatch(value):
        entry.year = int(value)  # said by itself, whatever year the venue has
    entry.date_it(value)


def _take_meeting(entry: Entry, value: str) -> None:
    entry.meeting = entry.meeting or value


def _take_group(entry: Entry, value: str) -> None:
    entry.group = value


_ENUMERATED = re.compile(r",\s(?:and|und|et|y|e)\s")
""" "Memory, Energy, and Adaptation" is one theme."""


def _take_subjects(entry: Entry, value: str) -> None:
    tags = [value] if _ENUMERATED.search(value) else _split_list(value)
    entry.subjects.extend(tag.strip(" #`") for tag in tags)


def _take_subtopic(entry: Entry, value: str) -> None:
    entry.subtopic = value


def _take_members(entry: Entry, value: str) -> None:
    entry.members.extend(split_people(value))


def _take_nothing(entry: Entry, value: str) -> None:
    """The links were taken, and they are all."""


def _leave(entry: Entry, value: str) -> None:
    entry.left_words.append(value)


def _read_venue(entry: Entry, value: str) -> None:
    """A venue as written, less the persons before it and volume, pages and date behind it."""
    names, rest = cut_names(value)
    if names and rest and (len(names) > 1 or ET_AL.search(value)) and read_source(rest).venue:
        entry.authors = entry.authors or names
        value = rest
    source = read_source(value, is_sure=True)
    known = find_venue(value)
    if (
        known
        and (known.start > 0 or known.end < len(value))
        and len(words(value)) > 3
        and source.venue != known.tag
    ):
        entry.add_venue(source.venue or known.tag)
    elif (
        source.venue
        and len(source.venue) >= 3
        and (source.rest or source.year)
        and not is_venue_tag(value)
    ):
        entry.add_venue(source.venue)
        entry.left_words.append(source.rest)
    else:
        entry.add_venue(value)
    entry.year = entry.year or source.year or venue_year(value)


_YEAR_LAST = re.compile(r"[\s,]*[(\[]?((?:19|20)\d\d)[a-z]?[)\]]?[\s.]*$")


def _read_authors(entry: Entry, value: str) -> None:
    """Names, with their group in brackets."""
    for told in BRACKET.finditer(value):
        if tag := bracket_venue(told[1]):
            entry.add_venue(tag)
            value = value.replace(told[0], " ").strip()
    if (dated := _YEAR_LAST.search(value)) and value[: dated.start()].strip():
        entry.year = entry.year or int(dated[1])
        value = value[: dated.start()]
    names = split_names(value) or tuple(_split_list(value))
    entry.authors = tuple(
        dict.fromkeys((*(entry.authors if entry.has_author_list else ()), *names))
    )
    entry.has_author_list = True
    if (bracket := BRACKET.search(value)) and looks_like_group(bracket[1]):
        entry.group = entry.group or bracket[1].strip()


def _split_list(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;，、；/]", text) if part.strip()]


_TAKE: dict[Fact, Callable[[Entry, str], None]] = {
    "authors": _read_authors,
    "venue": _read_venue,
    "date": _take_date,
    "meeting": _take_meeting,
    "group": _take_group,
    "tags": _take_subjects,
    "subtopic": _take_subtopic,
    "member": _take_members,
    "title": _take_title,
    "aside": _leave,
    "link": _take_nothing,
    "code": _take_nothing,
}
"""What becomes of the value of each fact."""
