"""Reading other services' answers in a process with limits."""

from __future__ import annotations

from threading import Thread

from papers.lookups.found_work import Found, Read, Unreadable
from papers.lookups.services.service import Service
from papers.lookups.subjects import Subject
from papers.sandbox.pool import Limits, NoResult, Pool, Task

MEMORY = 280_000_000
"""Bytes of the process; an answer of 5 MB is a tree of some 60 MB."""

LIMITS = Limits(cpu=5.0, seconds=15.0, answer=4_000_000, wait=10.0)

_READ: Task[Read] = Task("papers.lookups.sandbox_jobs:read", Read, str, str, str)
_pool = Pool(_READ, size=1, memory=MEMORY, niceness=7)


def start_reader() -> None:
    """Start the process while the question is on its way."""
    if not _pool.pids:
        Thread(target=_pool.warm_up, daemon=True).start()


def read_answer(service: Service, body: bytes, subject: Subject) -> Found | None:
    """What an answer says; None when the service has no such work. Raises Unreadable."""
    try:
        read = _pool.run(_READ, LIMITS, body, service.key, subject.kind, subject.value)
    except NoResult as stopped:
        raise Unreadable("The answer takes too long to read.") from stopped
    if read.problem:
        raise Unreadable(read.problem)
    return read.found
