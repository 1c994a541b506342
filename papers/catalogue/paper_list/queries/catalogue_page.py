"""Reads of the catalogue's page: the rows that answer a search, and the ways to narrow it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from papers import access
from papers.caching.result_cache import State
from papers.catalogue.paper_list.facets_html import Choice, Narrowing
from papers.catalogue.paper_list.queries.matches import mark_row
from papers.models import Lab
from papers.rows.queries import list_rows
from papers.rows.row_html import PaperRow
from papers.search.display import say_facet_value, say_remark
from papers.search.highlighting import Marker
from papers.search.language.parser import Remark
from papers.search.language.query_tree import And, Node, Not, Or, Query, Term
from papers.search.passages import find_fragments
from papers.search.queries import find_papers
from papers.search.results import Facet, Found
from papers.text import addresses

SIZES = (25, 50, 100)
USUAL_SIZE = 50
SEEN_AT_ONCE = 10
"""Rows that come with their passages; static/js/passages.js fetches those of the others."""

LONGEST = 2_000
"""Characters of a search that are read."""

SORT_WORDS = {
    "best": _("Best match"),
    "new": _("Newest"),
    "old": _("Oldest"),
    "year": _("Year"),
    "reviewed": _("Last reviewed"),
    "disagreement": _("Most divided"),
}


@dataclass(frozen=True, slots=True)
class CatalogueRequest:
    """What the address asks for. `after` is the key of a later page, `size` rows a page."""

    text: str = ""
    after: str = ""
    size: int = USUAL_SIZE

    @classmethod
    def read(cls, parts: Mapping[str, Any]) -> CatalogueRequest:
        """What an address or a form asks for; what makes no sense is as if it were not there."""
        text, size = str(parts.get("q", "")), parts.get("size", "")
        return cls(
            text=text.replace("\0", " ").strip()[:LONGEST],
            after=str(parts.get("after", "")),
            size=int(size) if size in map(str, SIZES) else USUAL_SIZE,
        )

    def make_url(self, query: Query | str, *, after: str = "", size: int = 0) -> str:
        """The address of another search with the same size of page."""
        size = size or self.size
        parts = {"q": str(query), "after": after, "size": size if size != USUAL_SIZE else ""}
        written = urlencode({name: value for name, value in parts.items() if value})
        return f"{addresses.PAPERS}?{written}" if written else addresses.PAPERS


@dataclass(frozen=True)
class CataloguePage:
    """The answer to a search as the page shows it."""

    asked: CatalogueRequest
    found: Found
    rows: list[PaperRow]
    narrowings: list[Narrowing]
    may_sort: bool = False
    has_passages: bool = False
    is_typing: bool = False

    @cached_property
    def rows_html(self) -> SafeString:
        """The rows as list items, with boxes to tick for who may act on many at once."""
        rows = (row.ticked_html if self.may_sort else row.html for row in self.rows)
        return mark_safe("".join(rows))  # noqa: S308 (markup of rows)

    @property
    def passages_url(self) -> str:
        """Where the passages of the rows after SEEN_AT_ONCE are; empty if there are none."""
        if not self.has_passages or len(self.rows) <= SEEN_AT_ONCE:
            return ""
        parts = {"q": self.asked.text, **({"typing": "1"} if self.is_typing else {})}
        return f"{addresses.passages()}?{urlencode(parts)}"

    @property
    def may_take_whole(self) -> bool:
        """Whether the result goes on beyond this page, and the search alone says what it is."""
        is_part = bool(self.found.after or self.asked.after)
        return self.may_sort and is_part and not self.found.is_relaxed

    @property
    def keys(self) -> str:
        """The papers of this page, as the box that ticks all of them sends them."""
        return ",".join(str(row.id) for row in self.rows)

    @cached_property
    def facets_html(self) -> SafeString:
        """The facets as sections of the margin."""
        return mark_safe("".join(one.html for one in self.narrowings))  # noqa: S308 (likewise)

    @property
    def chosen(self) -> list[Choice]:
        """The filters that are on, each with the address without it."""
        return [option for one in self.narrowings for option in one.options if option.is_on]

    @property
    def title(self) -> str:
        """What the window is called."""
        name = gettext("Papers")
        return f"{self.asked.text} · {name}" if self.asked.text else name

    @property
    def count_text(self) -> str:
        """`1,204 papers`."""
        count = self.found.count
        return ngettext("%(n)s paper", "%(n)s papers", count.number) % {"n": count}

    @property
    def url(self) -> str:
        """Where this very page stands: to share, and for the browser's history."""
        return self.asked.make_url(self.asked.text, after=self.asked.after)

    @property
    def is_all(self) -> bool:
        """Nothing was asked for."""
        return self.found.query.is_everything

    @property
    def next_url(self) -> str:
        """The page that follows, if one does."""
        found = self.found
        return self.asked.make_url(self.asked.text, after=found.after) if found.after else ""

    @property
    def first_url(self) -> str:
        """The first page, when this is a later one."""
        return self.asked.make_url(self.asked.text) if self.asked.after else ""

    @property
    def rest_url(self) -> str:
        """Where the papers are that best match did not reach, on the page where it ends."""
        if self.found.ranked is None or self.found.after:
            return ""
        return self.asked.make_url(self.found.query.with_sort("new"))

    @property
    def sorts(self) -> list[Choice]:
        """The orders that make sense of this search."""
        query = self.found.query
        usual = self._usual_sort
        return [
            Choice(
                str(word),
                self.asked.make_url(query.with_sort("" if key == usual else key)),
                key == self.found.sort,
            )
            for key, word in SORT_WORDS.items()
            if key != "best" or usual == "best"
        ]

    @property
    def _usual_sort(self) -> str:
        """The order without `sort:`; only words match better or worse."""
        return "best" if _has_words(self.found.query.root) else "new"

    @property
    def sizes(self) -> list[Choice]:
        """How many rows a page may have."""
        text = self.asked.text
        return [
            Choice(str(size), self.asked.make_url(text, size=size), size == self.asked.size)
            for size in SIZES
        ]

    @property
    def remarks(self) -> Iterator[tuple[Remark, str, str]]:
        """What was not understood, each with the address of what may have been meant."""
        for remark in self.found.remarks:
            url = self.asked.make_url(remark.suggestion) if remark.suggestion else ""
            yield remark, say_remark(remark), url

    @property
    def suggestion_url(self) -> str:
        """A search that finds something, when this one finds nothing."""
        return self.asked.make_url(self.found.suggestion) if self.found.suggestion else ""


def get_catalogue_page(
    asked: CatalogueRequest,
    viewer: access.Viewer,
    lab: Lab,
    *,
    today: date,
    typing: bool = False,
    state: State | None = None,
) -> CataloguePage:
    """Search, facets and rows in two queries; a third finds the passages of the first rows."""
    found = find_papers(
        asked.text,
        by=viewer,
        lab=lab,
        today=today,
        after=asked.after,
        limit=asked.size,
        typing=typing,
        with_facets=True,
        state=state,
    )
    rows = list_rows(found.paper_ids, viewer, lab)
    if marker := Marker.of(found.query, typing=typing):
        fragments = find_fragments(marker, found.paper_ids[:SEEN_AT_ONCE], by=viewer, lab=lab)
        rows = [mark_row(row, marker, fragments.get(row.id, ())) for row in rows]
    narrowings = [_narrow(facet, asked) for facet in found.facets]
    return CataloguePage(
        asked,
        found,
        rows,
        narrowings,
        may_sort=access.can_curate(viewer),
        has_passages=bool(marker),
        is_typing=typing,
    )


def _narrow(facet: Facet, asked: CatalogueRequest) -> Narrowing:
    options = [
        Choice(
            say_facet_value(facet.field, value.label),
            asked.make_url(value.query),
            value.is_chosen,
            value.count,
        )
        for value in facet.values
    ]
    return Narrowing(gettext(facet.label), options)


def _has_words(node: Node) -> bool:
    match node:
        case And() | Or():
            return any(_has_words(part) for part in node.parts)
        case Not():
            return False
        case Term():
            return node.field in {"title", "abstract", "author"}
    return True
