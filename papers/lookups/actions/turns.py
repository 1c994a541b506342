"""Each service's turn: of all workers together one asks at a time, and not too often.

The row of a service says from when it may be asked. Who asks moves that into the future, beyond
the longest request, and moves it back when the answer is there: a worker that is killed meanwhile
delays the others, and nothing more. Times are the database's: workers may run on several machines.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, Func

from papers.lookups.services.service import Service
from papers.models import LookupTurn

LOOK_EVERY = 0.1
"""Seconds between two looks at a turn that another worker has."""

LONGEST_PAUSE = 3600.0
FIRST_PAUSE = 10.0
"""Seconds after a failure; twice as many after each further one, up to LONGEST_PAUSE."""


class NotNow(Exception):
    """The service cannot be asked within the caller's patience; in `seconds` it may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Busy for {seconds:.0f} seconds.")
        self.seconds = seconds


class ServiceFailed(Exception):
    """What ends a turn as a failure: others leave the service alone for a while.

    `pause` is the number of seconds that the service itself asked for.
    """

    def __init__(self, sentence: str, *, pause: float = 0.0) -> None:
        super().__init__(sentence)
        self.pause = min(pause, LONGEST_PAUSE)


class _Now(Func):
    """The database's clock, at this moment and not at the start of the statement."""

    template = "clock_timestamp()"
    output_field = DateTimeField()


@contextmanager
def take_turn(service: Service, *, patience: float, longest: float) -> Iterator[None]:
    """Wait for the turn, up to `patience` seconds, and have it for up to `longest`.

    Raises NotNow. A ServiceFailed inside lengthens the pause of the service, and goes on.
    """
    _wait(service, patience, longest)
    try:
        yield
    except ServiceFailed as problem:
        _end_turn(service, has_failed=True, pause=problem.pause)
        raise
    except BaseException:
        _end_turn(service)
        raise
    _end_turn(service)


def _wait(service: Service, patience: float, longest: float) -> None:
    ends_at = time.monotonic() + patience
    while (wait := _try(service, longest)) > 0:
        if time.monotonic() + LOOK_EVERY > ends_at:
            raise NotNow(wait)
        time.sleep(min(max(wait, 0.01), LOOK_EVERY))


def _try(service: Service, longest: float) -> float:
    """Seconds until the turn is free; 0 when it is taken now."""
    with transaction.atomic():
        row = _lock(service)
        wait: float = (row.next_at - row.now).total_seconds()
        if wait <= 0:
            row.next_at = row.now + timedelta(seconds=max(longest, service.seconds))
            row.save(update_fields=["next_at"])
    return max(wait, 0.0)


def _end_turn(service: Service, *, has_failed: bool = False, pause: float = 0.0) -> None:
    with transaction.atomic():
        row = _lock(service)
        row.failures = min(row.failures + 1, 20) if has_failed else 0
        back_off = min(FIRST_PAUSE * 2 ** (row.failures - 1), LONGEST_PAUSE) if has_failed else 0.0
        row.next_at = row.now + timedelta(seconds=max(back_off, pause, service.seconds))
        row.save(update_fields=["next_at", "failures"])


def _lock(service: Service) -> Any:
    now = _Now()
    LookupTurn.objects.get_or_create(pk=service.key, defaults={"next_at": now})
    rows = LookupTurn.objects.select_for_update().annotate(now=_Now())
    return rows.get(pk=service.key)
