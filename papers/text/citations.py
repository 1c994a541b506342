"""Entries written as in a bibliography: authors, title and venue between full stops."""

import re
from dataclasses import dataclass

from papers.text.dates import find_date
from papers.text.venues import find_venue
from papers.text.wording import prose_score, split_names, words

# A full stop ends a part unless it follows an initial ("A. Lee") or a short form ("et al.").
_PART = re.compile(
    r"(?<!\b[A-Z])(?<!\bal)(?<!\bvs)(?<!\betc)\.\s+(?=[A-Z\"“(\d])|(?<=[.\w)]):\s+(?=[A-Z\"“])"
)
_YEAR = re.compile(r"^[(\s]*(?:19|20)\d\d[a-z]?[)\s.]*$")
MOST_PARTS = 6
LONGEST = 600
"""Characters of an entry at most."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of a bibliographic entry."""

    authors: tuple[str, ...]
    title: str
    rest: str


def read_citation(text: str) -> Citation | None:
    """The entry that a text is, or None if it is none.

    It must name a venue with its year, or a year, and persons before or after the title.
    """
    if len(text) > LONGEST or not (find_venue(text) or find_date(text)):
        return None
    parts = [part.strip() for part in _PART.split(text.rstrip(" ."))]
    if not 2 <= len(parts) <= MOST_PARTS:
        return None
    first = split_names(_without_year(parts[0]))
    if first and len(parts) > 1:
        at = 2 if _YEAR.match(parts[1]) and len(parts) > 2 else 1
        if _is_title(parts[at]):
            year = parts[0][len(_without_year(parts[0])) :]
            return Citation(first, parts[at], ". ".join([year, *parts[1:at], *parts[at + 1 :]]))
    second = split_names(_before_year(parts[1]))
    if second and (len(second) > 1 or len(parts) > 2) and _is_title(parts[0]):
        return Citation(
            second, parts[0], ". ".join([parts[1][len(_before_year(parts[1])) :], *parts[2:]])
        )
    return None


def _without_year(part: str) -> str:
    """ "Lee, A. (2019)" without the year in brackets."""
    return re.sub(r"\s*\(?(?:19|20)\d\d[a-z]?\)?$", "", part)


def _before_year(part: str) -> str:
    return re.split(r",?\s+\(?(?:19|20)\d\d", part)[0]


def _is_title(part: str) -> bool:
    return len(words(part)) >= 2 and prose_score(part) < 0.9
