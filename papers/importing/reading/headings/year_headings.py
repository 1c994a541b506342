"""Years over entries: when the papers came out, or when they were read.

"## 2021" over "[ICLR] Title" says when the paper came out; in a log of readings the same heading
says when it was read. What decides is what the entries themselves tell: the months in arXiv ids and
the years of venues agree with such headings all over the document, or they do not.
"""

import re
from collections.abc import Sequence

from papers.importing.reading.entries.entry import Entry
from papers.text.identifiers import arxiv_id
from papers.text.titles import without_emoji
from papers.text.venues import find_venue, known_venue, venue_year
from papers.text.wording import names_no_subject, words

_YEAR = re.compile(r"\W*((?:19[5-9]|20[0-4])\d)\s*年?\W*")
_NEW_ARXIV = re.compile(r"(\d\d)\d\d\.\d{4,5}")
ENOUGH, MOST = 3, 0.85
"""Entries that tell a year by themselves at least, and the share of them that must agree."""


def year_of(heading: str) -> int | None:
    """The year that a heading names and nothing else."""
    found = _YEAR.fullmatch(heading)
    return int(found[1]) if found else None


def settle_year_headings(entries: Sequence[Entry]) -> None:
    """Give entries below headings of years these years, where they say when papers came out."""
    found = [
        (entry, year)
        for entry in entries
        if not entry.members and not entry.front and (year := year_of(entry.meeting))
    ]
    if not found:
        return
    told = [(year, own) for entry, year in found if (own := _own_year(entry))]
    agree = sum(year - 1 <= own <= year for year, own in told)
    venues = sum(bool(entry.venues) and entry.year is None for entry, _ in found)
    is_known = len(told) >= ENOUGH or venues * 2 >= len(found)
    if is_known and agree >= MOST * len(told):
        for entry, year in found:
            entry.year = entry.year or year
            entry.meeting = ""


def settle_venue_headings(entries: Sequence[Entry]) -> None:
    """Give entries without a venue the one that a heading over them names: "## CVPR 2022"."""
    for entry in entries:
        for name in (*reversed(entry.topic), entry.meeting) if not entry.venues else ():
            if tag := _venue_of(name):
                entry.add_venue(tag)
                entry.year = entry.year or venue_year(tag)
                break


def _venue_of(heading: str) -> str:
    """The venue that a heading names and nothing else: "ICLR'21", "Papers at ACL 2020"."""
    text = without_emoji(heading).strip(" :：[]()")
    if known_venue(text):
        return text if sum(char.isupper() for char in text) > 1 else ""
    found = find_venue(text)
    rest = f"{text[: found.start]} {text[found.end :]}" if found else ""
    return found.tag if found and not [w for w in words(rest) if not names_no_subject(w)] else ""


def _own_year(entry: Entry) -> int | None:
    """The year that an entry tells itself: its own, or that of its arXiv id."""
    if entry.year:
        return entry.year
    number = entry.ids.arxiv_id or next(
        (found for link in entry.links if (found := arxiv_id(link.url))), ""
    )
    month = _NEW_ARXIV.fullmatch(number)
    return 2000 + int(month[1]) if month else None
