"""What an export says of a paper, as plain values. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from papers.text.identifiers import arxiv_url, doi_url, normal_url, openreview_url


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """Something to open beside the paper."""

    url: str
    kind: str = "paper"
    label: str = ""


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """A paper as the viewer may see it. `identifiers` are (kind, value); `topics` names in order.

    `key` is its key in bibliographies, `page` the address of its page.
    """

    key: str
    title: str
    authors: tuple[str, ...] = ()
    venue: str = ""
    year: int | None = None
    published_on: date | None = None
    group: str = ""
    abstract: str = ""
    note: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    links: tuple[LinkRecord, ...] = ()
    topics: tuple[str, ...] = ()
    page: str = ""
    added_on: date | None = None
    id: int = 0

    def named(self, kind: str) -> str:
        """The first identifier of a kind, "" if there is none."""
        return next((value for one, value in self.identifiers if one == kind), "")

    @property
    def urls(self) -> tuple[str, ...]:
        """Every address once: the links as they stand, then identifiers that are addresses and
        lead elsewhere.
        """
        every = [link.url for link in self.links]
        if named := [value for kind, value in self.identifiers if kind == "url"]:
            known = set(map(normal_url, every))
            every += [value for value in named if normal_url(value) not in known]
        return tuple(dict.fromkeys(every))

    @property
    def first_url(self) -> str:
        """Where to read it: its first link, else what its identifiers lead to; "" for nowhere."""
        return next(self._addresses(), "")

    def _addresses(self) -> Iterator[str]:
        readable = [link.url for link in self.links if link.kind in ("paper", "pdf")]
        yield from readable
        for kind, make in (("arxiv", arxiv_url), ("doi", doi_url), ("openreview", openreview_url)):
            if name := self.named(kind):
                yield make(name)
        yield from self.urls
