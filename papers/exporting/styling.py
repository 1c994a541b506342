"""References in a citation style (CSL) of a member's own, set in a process with limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from papers.exporting.formats.paper_records import PaperRecord
from papers.sandbox.pool import Limits, NoResult, Pool, Task, TooBusy

MEMORY = 280_000_000
"""Bytes of the process."""

LARGEST_STYLE = 500_000
"""Bytes; the largest of the CSL project's 10,000 styles has about 150,000."""

LIMITS = Limits(cpu=40.0, seconds=60.0, answer=4_000_000, wait=20.0)
"""Of one export; 500 references in APA take about 10 s."""


class Problem(StrEnum):
    """Why a style sets no references."""

    NONE = ""
    NOT_A_STYLE = "not a style"
    DEPENDENT = "dependent"
    NO_BIBLIOGRAPHY = "no bibliography"
    BUSY = "busy"
    TOO_SLOW = "too slow"


@dataclass(frozen=True, slots=True)
class Styled:
    """References in the style's order, or the problem; `parent` is the style that it refers to."""

    references: list[str] = field(default_factory=list)
    problem: Problem = Problem.NONE
    parent: str = ""


STYLE: Task[Styled] = Task(
    "papers.exporting.sandbox_jobs:style_references", Styled, list[PaperRecord]
)
_pool = Pool(STYLE, size=1, memory=MEMORY, niceness=10)


def style_references(style: bytes, records: list[PaperRecord]) -> Styled:
    """The papers as a CSL file sets them, or why there are none."""
    try:
        return _pool.run(STYLE, LIMITS, style, records)
    except TooBusy:
        return Styled(problem=Problem.BUSY)
    except NoResult:
        return Styled(problem=Problem.TOO_SLOW)
