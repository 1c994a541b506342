"""What a search gives back: papers in order, counts, facets, and the places that matched.

Pure: no Django.
"""

from __future__ import annotations

from dataclasses import dataclass

from papers.search.language.query_tree import Query
from papers.search.language.remarks import Remark

COUNT_LIMIT = 20_000
"""Counts beyond this are shown as "20,000+"."""


@dataclass(frozen=True)
class Count:
    """How many papers answer; past COUNT_LIMIT nobody counts on."""

    number: int
    is_capped: bool = False

    def __str__(self) -> str:
        return f"{self.number:,}{'+' * self.is_capped}"


@dataclass(frozen=True)
class Segment:
    """A piece of text, and whether it is a matching word; templates escape the text."""

    text: str
    is_match: bool = False


@dataclass(frozen=True)
class Fragment:
    """A place in a text that matched: which text it is, and the words around."""

    part: str
    segments: tuple[Segment, ...]
    review_id: int | None = None


@dataclass(frozen=True)
class Found:
    """The answer to a search.

    `after` is the key of the next page ("" on the last). `suggestion` is a search that finds
    something when this one finds nothing. `is_relaxed` says that nothing had all the words, so
    these papers have some of them; `is_unfinished`, that the last word was taken for the start of
    one. `ranked` is the number of the best matches, when only the newest matches were ranked: the
    pages end after so many.
    """

    query: Query
    paper_ids: list[int]
    count: Count
    after: str = ""
    remarks: tuple[Remark, ...] = ()
    suggestion: str = ""
    sort: str = "new"
    ranked: int | None = None
    is_relaxed: bool = False
    is_unfinished: bool = False
    is_cut_short: bool = False
    facets: tuple[Facet, ...] = ()

    @property
    def has_more(self) -> bool:
        """Whether another page follows."""
        return bool(self.after)


@dataclass(frozen=True)
class FacetValue:
    """One way to narrow the search: what to show, how many papers, and where its link leads."""

    value: str
    label: str
    count: Count
    is_chosen: bool
    query: Query


@dataclass(frozen=True)
class Facet:
    """All ways to narrow by one field."""

    field: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True)
class Completion:
    """What may be typed next: the word in full, what it means, and the search with it."""

    text: str
    label: str
    completed: str
