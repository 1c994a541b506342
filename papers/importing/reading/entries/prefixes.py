"""What stands before a title that a link or bold letters show: day, presenter, venue, authors."""

import re
from collections.abc import Sequence

from papers.importing.reading.entries.entry import Entry, take_citation
from papers.importing.reading.entries.facts import TRIM
from papers.importing.reading.entries.fronts import presenter
from papers.importing.reading.outline.pieces import Piece, plain
from papers.text.citation_parts import names_and_source
from papers.text.dates import find_date, names_a_time
from papers.text.names import split_names
from papers.text.sources import year_then_place
from papers.text.venues import bracket_venue, find_venue, is_venue_tag, leading_venue, venue_year
from papers.text.wording import looks_like_name, words

_MEETING = re.compile(
    r"^\W*(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?)\W+"
    r"@?([^\W\d_][\w-]*)\s*[:：]\s*$"
)


_KEY = re.compile(r"^\s*\[[A-Z][\w+]{0,7}\]\s+")
_YEAR_IN_BRACKETS = re.compile(r"\(((?:19|20)\d\d)[a-z]?(?:,[^()]{1,20})?\)")
""" "(2020, May 4)" behind names."""
_BRACKETED = re.compile(r"\W*[(\[（【]([^()\[\]]{2,40})[)\]）】]\W*")


def read_prefix(entry: Entry, pieces: Sequence[Piece]) -> None:
    """What stands before the title are columns: date, year and venue each by itself."""
    said = _KEY.sub("", plain(pieces))
    if not _took_whole(entry, said):
        _read_columns(entry, pieces, said)


def _took_whole(entry: Entry, said: str) -> bool:
    """Who presented it and when, or who wrote it and where, and nothing else."""
    if found := _MEETING.match(said):
        # A whole date and one first name before a linked title: who presented it, and when.
        entry.members.append(found[1])
        entry.meeting = said[: found.start(1)].strip(TRIM)
        return True
    if entry.front and not entry.members and (name := presenter(said)):
        entry.members.append(name)
        return True
    told = names_and_source(said.strip(TRIM))
    is_cited = told is not None and bool(told.year and told.venue)
    if told is not None and is_cited:
        take_citation(entry, told)
    return is_cited


def _read_columns(entry: Entry, pieces: Sequence[Piece], said: str) -> None:
    said = _take_tags(entry, pieces, _take_year(entry, said))
    said = _take_place(entry, said)
    first = leading_venue(said) or find_venue(said)
    if first and re.match(r"\s*[,–—|-]", said[first.start + len(first.tag) :]):
        entry.add_venue(first.tag)
        said = f"{said[: first.start]}{said[first.end :]}"
    else:
        first = None
    dated = find_date(said, short=True)
    text = entry.date_it(said, short=True)
    venue = None if first else find_venue(text, alone=True)
    bare = text.strip(TRIM)
    if venue:
        entry.add_venue(venue.tag)
    elif dated and dated.on and looks_like_name(bare) and len(words(bare)) <= 3:
        entry.members.append(bare.lstrip("@"))
        entry.meeting, entry.year, entry.on = said[dated.start : dated.end].strip(), None, None
    elif (
        said.rstrip().endswith((":", "：", "-", "–", "—", "|"))
        and looks_like_name(bare)
        and len(words(bare)) <= 3
    ):
        entry.prefix_name = bare
    elif not bare and (day := find_date(said)) and day.on:
        # A whole day before a title is when it was read; when it came out is told behind it.
        entry.meeting, entry.year, entry.on = said[day.start : day.end].strip(), None, None
    elif bare and names_a_time(bare):
        entry.meeting = bare
    else:
        entry.authors = split_names(bare) or entry.authors
    for piece in pieces:
        entry.add_link(piece.url or "", piece.text)


def _take_year(entry: Entry, said: str) -> str:
    """A text without the year in brackets, perhaps with a day, behind names."""
    found = _YEAR_IN_BRACKETS.search(said)
    if found is None:
        return said
    entry.year = int(found[1])
    return f"{said[: found.start()]} {said[found.end() :]}"


def _take_place(entry: Entry, said: str) -> str:
    """A text without the venue and year that it is: "[ICML 2021]", "2021, ICML,"."""
    if (told := year_then_place(said)) and not split_names(told.venue):
        entry.add_venue(told.venue)
        entry.year = entry.year or told.year
        return ""
    found = _BRACKETED.fullmatch(said)
    tag = bracket_venue(found[1]) if found else ""
    year = venue_year(tag) if tag else None
    if year is None:
        return said
    entry.add_venue(tag)
    entry.year = entry.year or year
    return said.replace(tag, " ", 1)


def _take_tags(entry: Entry, pieces: Sequence[Piece], said: str) -> str:
    """A text without the venues in back-ticks."""
    for piece in pieces:
        if piece.code and is_venue_tag(piece.text):
            entry.add_venue(piece.text.strip())
            said = said.replace(piece.text.strip(), " ", 1)
    return said
