"""What the sandbox runs to read an answer; needs neither database nor the site's settings."""

from __future__ import annotations

from papers.lookups.found_work import Read, Unreadable, WrongWork
from papers.lookups.services import parsers
from papers.lookups.services.every import SERVICES
from papers.lookups.subjects import Subject


def read(body: bytes, service: str, kind: str, value: str) -> Read:
    """What an answer of this service says of this work, or why it says nothing."""
    try:
        return Read(SERVICES[service].read(body, Subject(kind, value)))
    except (Unreadable, WrongWork) as problem:
        return Read(None, str(problem)[:300])


def warm_up() -> None:
    """Load what is loaded late in the site."""
    parsers.load()
