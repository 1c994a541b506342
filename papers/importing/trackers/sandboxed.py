"""Reading trackers' answers in a process with limits."""

from __future__ import annotations

from papers.importing.trackers.condensing import Page
from papers.importing.trackers.tracker_requests import Refused
from papers.sandbox.pool import Limits, NoResult, Pool, Task

MEMORY = 280_000_000
LIMITS = Limits(cpu=5.0, seconds=15.0, answer=8_000_000, wait=10.0)

_MODULE = "papers.importing.trackers.condensing"
CONDENSE_GITHUB: Task[Page] = Task(f"{_MODULE}:condense_github", Page, str)
CONDENSE_GITLAB: Task[Page] = Task(f"{_MODULE}:condense_gitlab", Page, str)
_pool = Pool(CONDENSE_GITHUB, CONDENSE_GITLAB, size=1, memory=MEMORY, niceness=7)


def condense(how: Task[Page], body: bytes, project: str = "") -> Page:
    """What an import needs of one answer. Raises Refused."""
    try:
        page = _pool.run(how, LIMITS, body, project)
    except NoResult:
        raise Refused("The answer takes too long to read.") from None
    if page.problem:
        raise Refused(page.problem)
    return page
