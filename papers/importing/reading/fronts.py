"""What stands before a title in lists of meetings: the day, and who presents.

"Mar 4 (Ann): Title", "**2021-03-04** - Ann - Title", "1.03.2023: A. Lee, B. Ek: Title". A day is
when the paper was discussed; only where nobody presents and no other year is told, and the title is
no link, may it be when the paper came out.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from papers.importing.reading.entry import Entry
from papers.importing.reading.pieces import Piece, plain
from papers.text.dates import day_end, find_date
from papers.text.wording import looks_like_name, words

_SHORT = re.compile(r"\s*\d\d[/.-]\d\d[/.-]\d\d(?!\d)")
_AFTER = re.compile(r"[)\]]?\s*(?:[:：|,)\]]|[-–—](?=\s)|(?=[(（])|$)\s*")
_BRACKETED = re.compile(r"^\s*[(（]([^()（）]{2,40})[)）]\s*[:：.–—-]?\s*")
_NAMED = re.compile(r"^\s*([^\W\d_][^\n|:：–—]{1,30}?)\s*(?:\||\s[-–—]\s|[:：])\s*(?=\S)")
_VERB = re.compile(
    r"\s+(?:presents|presented|presenting|will present|leads|led|on|talks about|stellt vor|"
    r"présente|presenta)$",
    re.IGNORECASE,
)
FEW = 3
"""Words of a name at most, and entries from which on repeated names are those of presenters."""


def cut_day(entry: Entry, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of an entry without the day that they begin with, and without who is named behind
    it; both are noted in the entry.
    """
    found = list(pieces)
    while found and not found[0].text.strip() and not found[0].is_link:
        del found[0]
    if not found or found[0].is_link or found[0].code or _SHORT.match(found[0].text):
        return list(pieces)
    first = found[0]
    lead = len(first.text) - len(first.text.lstrip(" (["))
    end = day_end(first.text[lead:])
    after = _AFTER.match(first.text, lead + end) if end else None
    rest = [replace(first, text=first.text[after.end() :]) if after else first, *found[1:]]
    if after is None or not words(plain(rest)):
        return list(pieces)
    entry.front = first.text[lead : lead + end].strip()
    while rest and not rest[0].text.strip(" :：,–—|-)") and not rest[0].is_link:
        del rest[0]
    return _cut_name(entry, rest)


def _cut_name(entry: Entry, pieces: list[Piece]) -> list[Piece]:
    """A name in brackets behind the day, or between it and a title that is no link."""
    if not pieces or pieces[0].is_link:
        return pieces
    first = replace(pieces[0], text=pieces[0].text.lstrip(" :：,–—|-)"))
    found = _BRACKETED.match(first.text)
    if found and looks_like_name(found[1]) and len(words(found[1])) <= FEW:
        entry.members.append(found[1].strip().lstrip("@"))
        first = replace(first, text=first.text[found.end() :])
    return [first, *pieces[1:]]


def note_lead(entry: Entry, text: str) -> None:
    """Note the name that a plain title may begin with: "Ann: Title"; it is settled at the end."""
    found = _NAMED.match(text)
    if found and looks_like_name(found[1]) and len(words(found[1])) <= FEW:
        entry.lead = found[0]
        entry.lead_name = found[1].strip().lstrip("@")


def presenter(text: str) -> str:
    """Who is named between a day and a linked title: "Ann", "Ann presented", "" for nobody."""
    bare = _VERB.sub("", text.strip(" \t,.;:：|·–—-()"))
    return bare.lstrip("@") if looks_like_name(bare) and len(words(bare)) <= FEW else ""


def settle_fronts(entries: Sequence[Entry]) -> None:
    """Days before titles as days of meetings, or of publication; names before plain titles as
    members, where they come again.
    """
    named = [entry for entry in entries if entry.lead_name]
    names = [entry.lead_name.casefold() for entry in named]
    again = len(set(names)) * 4 <= len(names) * 3 and len(names) * 2 >= len(entries)
    if len(names) >= FEW and again and len(set(names)) > 1:
        for entry in named:
            if entry.title.startswith(entry.lead_name):
                entry.members.append(entry.lead_name)
                entry.title = entry.title[len(entry.lead.rstrip()) :].strip(" :：|–—-")
    for entry in entries:
        found = find_date(entry.front) if entry.front else None
        if not entry.front:
            continue
        if found is None or entry.members or entry.year or entry.is_linked:
            entry.meeting = entry.meeting or entry.front
        else:
            entry.year, entry.on = found.year, found.on
