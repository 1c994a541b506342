"""One paper of the collection by which search is judged."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """One invented paper; `critique` and `takeaway` make up its review."""

    key: str
    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    venue: str = ""
    year: int | None = None
    topic: str = ""
    takeaway: str = ""
    critique: str = ""
    arxiv: str = ""
