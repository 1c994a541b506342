"""What a service module says about itself. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from papers.lookups.found_work import Found
from papers.lookups.subjects import Subject


@dataclass(frozen=True, slots=True)
class Service:
    """One other site. Of all workers together one asks at a time, every `seconds` at most.

    `write_path` gives path and query for a work, "" for one that it does not know; `read` the
    facts in an answer, None when it has no such work. `also` are origins that it redirects to.
    """

    key: str
    name: str
    origin: str
    seconds: float
    write_path: Callable[[Subject], str]
    read: Callable[[bytes, Subject], Found | None]
    also: tuple[str, ...] = ()


def quoted(value: str) -> str:
    """A value for one part of a path or query: nothing in it ends the part."""
    return quote(value, safe="")
