"""Reading documents in a process with limits: the doors that web, worker and commands use.

Memory, CPU and time are bounded there whatever the document holds. One that meets a limit is told
so in a sentence, and nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from papers.importing.reading.drafts.understood import Problem, Reading, Understood
from papers.importing.reading.pasting.pasted_identifiers import Pasted
from papers.sandbox.pool import Limits, NoResult, Pool, Task, TooBusy, TooLarge, TooSlow

MEMORY = 280_000_000
"""Bytes of a reading process; a bibliography of 20,000 entries and 19 MB takes 230 MB."""

MOST_CPU = 40.0
"""Seconds; a list of 3 MB, 25,000 entries, takes 8."""

LARGEST_RESULT = 64_000_000
"""Bytes; what is understood of a document repeats most of it once or twice."""

READ: Task[Reading] = Task("papers.importing.intake.sandbox_jobs:read", Reading)
READ_PASTED: Task[Pasted] = Task("papers.importing.intake.sandbox_jobs:read_one", Pasted)
_pool = Pool(READ, READ_PASTED, size=1, memory=MEMORY, niceness=15)


class ReadersBusy(Exception):
    """Other documents are being read; the same one may succeed later."""


def warm_up() -> None:
    """Start the reader ahead of the first document; a server calls it once it has forked."""
    _pool.warm_up()


def is_held_off() -> bool:
    """Whether the member of this request sent documents that were hard to read just now."""
    return _pool.is_held_off


def read(
    data: bytes,
    name: str,
    choices: Mapping[str, str] | None = None,
    *,
    wait: float = 60.0,
    seconds: float = 240.0,
) -> Reading:
    """Decode and understand a document; one that meets a limit is a problem in the result.

    `wait` and `seconds` by the clock, for a free reader and for all. Raises ReadersBusy.
    """
    try:
        return _pool.run(
            READ,
            _limits_for(len(data), wait, seconds),
            data,
            name,
            get_language() or "en",
            dict(choices or {}),
        )
    except TooBusy as busy:
        raise ReadersBusy from busy
    except NoResult as stopped:
        return Reading("", Understood(name, problems=(_say_stopped(stopped),)))


def run_pasted(text: str) -> Pasted:
    """What a pasted text says of one paper. Raises NoResult, after 2 s at the latest."""
    limits = Limits(cpu=1.0, seconds=1.5, answer=1_000_000, wait=0.5)
    return _pool.run(READ_PASTED, limits, text.encode("utf-8", "replace"), get_language() or "en")


def _limits_for(size: int, wait: float, seconds: float) -> Limits:
    """Three times what an ordinary document of so many bytes takes."""
    return Limits(
        cpu=min(1.5 + size / 100_000, MOST_CPU),
        seconds=seconds,
        answer=min(2_000_000 + 16 * size, LARGEST_RESULT),
        wait=wait,
    )


def _say_stopped(stopped: NoResult) -> Problem:
    kind = {"kind": stopped.note or _("text")}
    if isinstance(stopped, TooLarge):
        return Problem(
            0,
            _(
                "This file (recognized as %(kind)s) needs more memory to read than is allowed. "
                "Nothing was imported. Split it into smaller files, or simplify what repeats or "
                "nests in it."
            )
            % kind,
        )
    if isinstance(stopped, TooSlow):
        return Problem(
            0,
            _(
                "This file (recognized as %(kind)s) needs more time to read than is allowed. "
                "Nothing was imported. Split it into smaller files, or simplify what repeats or "
                "nests in it."
            )
            % kind,
        )
    return Problem(
        0,
        _(
            "This file (recognized as %(kind)s) could not be read. Nothing was imported. Save it "
            "again in the program that made it, or paste its text."
        )
        % kind,
    )
