"""Styles whose parts only commas tell apart: "Title, Ann Lee, 2009", "Lee & Ek, Title, 2020"."""

import re

from papers.text.citation_parts import STOP, Citation, family_names, is_title
from papers.text.names import ET_AL, split_names
from papers.text.sources import YEARS, read_source
from papers.text.venues import bracket_venue, venue_year

_NAME_YEAR = re.compile(
    r"^(?P<t>.{12,300}?),\s+(?P<a>[^,]{3,40}(?:,\s[^,]{3,40})*?),?\s+\(?(?P<y>(?:18|19|20)\d\d)\)?\.?$"
)


def names_year_last(text: str) -> Citation | None:
    """ "Title, Ann Lee, 2009", "Title, Ann Lee and Bo Ek, 2009", "Title, Lee & Ek 2009"."""
    if not (found := _NAME_YEAR.match(text)) or STOP.search(found["t"]):
        return None
    names = split_names(found["a"]) or family_names(found["a"])
    whole = all(len(name.split()) > 1 for name in names) or bool(family_names(found["a"]))
    if not names or not whole or len(found["t"].split()) < 3 or split_names(found["t"]):
        return None
    return Citation(found["t"].strip(" ,."), names, "", int(found["y"]))


MOST_PARTS = 40
"""Parts between commas that name persons, at most."""


def names_source_last(text: str) -> Citation | None:
    """ "Title, A. Lee, Bo Ek, Computer, vol. 50, Jan. 2017"."""
    parts = text.split(", ")
    for first in range(1, len(parts) - 1):
        last = first
        while last < len(parts) and len(parts[last].split()) > 1 and split_names(parts[last]):
            last += 1
        title, rest = ", ".join(parts[:first]), ", ".join(parts[last:])
        source = read_source(rest, is_sure=True) if last > first else None
        if source and source.venue and source.year and len(title.split()) > 2:
            names = split_names(", ".join(parts[first:last]))
            is_told = (
                names and is_title(title) and not split_names(title) and not STOP.search(title)
            )
            return (
                Citation(title, names, source.venue, source.year, source.rest) if is_told else None
            )
    return None


def names_title_journal(text: str) -> Citation | None:
    """ "Ann Lee, Bo Ek, and Cy Po, Title, Journal of X 30 (2020), no. 1, 22-46."."""
    parts = text.split(", ")
    for end in range(min(len(parts) - 2, MOST_PARTS), 0, -1):
        names = split_names(", ".join(parts[:end]))
        whole = sum(len(name.split()) > 1 for name in names)
        title = parts[end]
        if len(names) < 2 or whole * 2 <= len(names) or len(title.split()) < 3:
            continue
        source = read_source(", ".join(parts[end + 1 :]), is_sure=True)
        if source.year and is_title(title) and not split_names(title):
            return Citation(title.strip(), names, source.venue, source.year, source.rest)
    return None


def names_title_source(text: str) -> Citation | None:
    """ "Okafor & Lind, Title, CoRL 2022", "Lee, Ek, Ito, Title, 2019"."""
    parts = text.rstrip(" .").split(", ")
    venue = bracket_venue(parts[-1])
    year = int(parts[-1]) if YEARS.fullmatch(parts[-1]) else venue_year(venue) if venue else None
    if len(parts) < 3 or year is None:
        return None
    for end in range(len(parts) - 2, 0, -1):
        head = ", ".join(parts[:end])
        names = split_names(head)
        title = ", ".join(parts[end:-1])
        if names and (len(names) > 1 or ET_AL.search(head)) and is_title(title):
            return None if split_names(title) else Citation(title, names, venue, year)
    return None
