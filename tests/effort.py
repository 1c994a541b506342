"""What a piece of work costs, on a machine of any speed that others use as well."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from statistics import mean

QUIET = 0.010
"""CPU seconds of the reference work on the quiet machine on which the tests' limits were set."""

TRIES = 3
_TEXT = "Flat minima, and why (we think) they generalise: 12.5 points over the baseline. " * 2_000


def spend(work: Callable[[], object]) -> float:
    """CPU seconds that the work takes in this thread, as if on that quiet machine.

    Neither waiting for a core nor a core that is shared or slow counts: the reference work, done
    just before and just after, is slowed as much.
    """
    before = _refer()
    started = time.thread_time()
    work()
    took = time.thread_time() - started
    return took * QUIET / mean((before, _refer()))


def _refer() -> float:
    """CPU seconds of the reference work just now: words cut, matched, counted and joined."""
    return min(_time_reference() for _ in range(TRIES))


def _time_reference() -> float:
    started = time.thread_time()
    counts: dict[str, int] = {}
    for word in re.findall(r"[\w.]+|[(),:]", _TEXT):
        counts[word] = counts.get(word, 0) + len(word.lower())
    " ".join(f"{word} {number}" for word, number in sorted(counts.items()) * 200)
    return time.thread_time() - started
