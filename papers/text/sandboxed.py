"""Members' texts in processes with limits: compared, joined, merged, split and rendered.

Time and memory are bounded there whatever the texts are. Where they meet a limit the answer is a
plainer one that loses no word. `papers.text.markdown` renders through the same processes.
"""

from __future__ import annotations

import re

from papers.sandbox.pool import Limits, NoResult, Pool, Task
from papers.text.rendering.prose import read_prose
from papers.text.text_results import MOST_POINTS, Kind, Piece

MEMORY = 200_000_000
"""Bytes of one process."""

LIMITS = Limits(cpu=0.7, seconds=1.2, answer=4_000_000, wait=0.5)
"""Of one comparison; two texts of 100,000 characters with 200 changes take about 0.1 s."""

_JOBS = "papers.text.sandbox_jobs:"
RENDER: Task[str] = Task(f"{_JOBS}render", str)
_COMPARE: Task[list[Piece]] = Task(f"{_JOBS}compare", list[Piece], str, str)
_JOIN: Task[str] = Task(f"{_JOBS}join", str, str, str)
_MERGE: Task[str | None] = Task(f"{_JOBS}merge", str | None, str, str, str)
_SPLIT: Task[list[str]] = Task(f"{_JOBS}split_points", list[str], str)
pool = Pool(RENDER, _COMPARE, _JOIN, _MERGE, _SPLIT, size=2, memory=MEMORY, niceness=7)

_NEW_POINT = re.compile(r"\n(?:[ \t]*\n|(?=[-*+][ \t]|[0-9]{1,9}[.)][ \t]))")
_MARK = re.compile(r"\A(?:[-*+]|[0-9]{1,9}[.)])[ \t]+")


def compare(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in reading order; as two wholes where that takes too long.

    Without the added pieces they join to `old`, without the removed ones to `new`.
    """
    if old == new:
        return [Piece("same", old)] if old else []
    try:
        return pool.run(_COMPARE, LIMITS, b"", old, new)
    except NoResult:
        wholes: list[tuple[Kind, str]] = [("removed", old), ("added", new)]
        return [Piece(kind, text) for kind, text in wholes if text]


def join(one: str, two: str) -> str:
    """Both texts in one, lines they share once; one after the other where that takes too long."""
    try:
        return pool.run(_JOIN, LIMITS, b"", one, two)
    except NoResult:
        return f"{one}\n\n{two}"


def merge(base: str, theirs: str, mine: str) -> str | None:
    """Both changes of `base` in one text; None where they clash or merging takes too long."""
    try:
        return pool.run(_MERGE, LIMITS, b"", base, theirs, mine)
    except NoResult:
        return None


def split_points(critique: str) -> list[str]:
    """The points of a critique in order, each as its author typed it, without list marks.

    Where Markdown takes too long, its blocks between blank lines and list marks.
    """
    if not critique.strip():
        return []
    if read_prose(critique) is not None:
        return [critique.strip()]
    try:
        return pool.run(_SPLIT, LIMITS, b"", critique)
    except NoResult:
        return split_plainly(critique)


def split_plainly(critique: str) -> list[str]:
    """Points by blank lines and list marks alone, in time linear in the text."""
    blocks = [block for block in _NEW_POINT.split(critique) if not block.startswith("#")]
    points = [_MARK.sub("", block.strip()).strip() for block in blocks]
    return [point for point in points if point][:MOST_POINTS]
