"""Reading Zotero's answers in a process with limits."""

from __future__ import annotations

from papers.sandbox.pool import Limits, NoResult, Pool, Task
from papers.zotero.service.zotero_values import Read

MEMORY = 280_000_000
"""Bytes of the process; an answer of 5 MB is a tree of some 60 MB."""

LIMITS = Limits(cpu=5.0, seconds=15.0, answer=8_000_000, wait=10.0)

_READ: Task[Read] = Task("papers.zotero.service.sandbox_jobs:read", Read, str)
_pool = Pool(_READ, size=1, memory=MEMORY, niceness=7)


def read_answer(body: bytes, kind: str) -> Read:
    """What an answer of this kind says; `problem` when it says nothing."""
    try:
        return _pool.run(_READ, LIMITS, body, kind)
    except NoResult:
        return Read(problem="The answer takes too long to read.")
