"""Reading GitHub's answers in a process with limits."""

from __future__ import annotations

from papers.importing.trackers.condensing import Page
from papers.sandbox.pool import Limits, NoResult, Pool, Task

MEMORY = 280_000_000
LIMITS = Limits(cpu=5.0, seconds=15.0, answer=8_000_000, wait=10.0)

_CONDENSE: Task[Page] = Task("papers.importing.trackers.condensing:condense", Page)
_pool = Pool(_CONDENSE, size=1, memory=MEMORY, niceness=7)


def condense(body: bytes) -> Page:
    """What an import needs of one answer."""
    try:
        return _pool.run(_CONDENSE, LIMITS, body)
    except NoResult:
        return Page(problem="The answer takes too long to read.")
