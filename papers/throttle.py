"""How often something may be tried: counts that drain with time, in the database.

A count takes `burst` tries at once and drains by one every `seconds`. The counts of one try are
taken together or not at all, each row locked, so parallel requests and processes get no more than
one after the other would.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.crypto import salted_hmac

from papers.models import Throttle


@dataclass(frozen=True, slots=True)
class Limit:
    """A count of one kind: `burst` at once, then one every `seconds`."""

    kind: str
    burst: int
    seconds: int

    def of(self, *what: object) -> Count:
        """The count of one account, address or the like."""
        return Count(self, "\0".join(str(part) for part in what))


@dataclass(frozen=True, slots=True)
class Count:
    """One thing that is counted. Its slot depends on SECRET_KEY: nobody can aim at another's."""

    limit: Limit
    what: str

    @property
    def row(self) -> tuple[str, int]:
        """Kind and slot of its row."""
        digest = salted_hmac("papers.throttle", self.what, algorithm="sha256").digest()
        return self.limit.kind, int.from_bytes(digest[:4]) % Throttle.SLOTS


class TooOften(Exception):
    """A count is full; in `seconds` it has room for one try."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too often; wait {seconds} seconds.")
        self.seconds = seconds


def take(*counts: Count, at: datetime) -> int:
    """Count one try in all of these, or in none when one of them is full (raises TooOften).

    Returns how many more can be made at once.
    """
    with transaction.atomic():
        rows = _lock(counts, at)
        levels = {count.row: _drain(rows[count.row], count.limit, at) for count in counts}
        waits = [
            (levels[count.row] + 1 - count.limit.burst) * count.limit.seconds for count in counts
        ]
        if max(waits) > 0:
            raise TooOften(math.ceil(max(waits)))
        for row, level in levels.items():
            rows[row].level, rows[row].at = level + 1, at
        Throttle.objects.bulk_update(rows.values(), ["level", "at"])
    return min(math.floor(count.limit.burst - levels[count.row] - 1) for count in counts)


def refund(*counts: Count) -> None:
    """Uncount one try, which turned out well."""
    for kind, slot in (count.row for count in counts):
        level = Greatest(F("level") - 1.0, 0.0)
        Throttle.objects.filter(kind=kind, slot=slot).update(level=level)


def _lock(counts: Sequence[Count], at: datetime) -> dict[tuple[str, int], Throttle]:
    wanted = {count.row for count in counts}
    new = [Throttle(kind=kind, slot=slot, at=at) for kind, slot in sorted(wanted)]
    Throttle.objects.bulk_create(new, ignore_conflicts=True)
    among = Q()
    for kind, slot in wanted:
        among |= Q(kind=kind, slot=slot)
    rows = Throttle.objects.filter(among).order_by("kind", "slot").select_for_update()
    return {(row.kind, row.slot): row for row in rows}


def _drain(row: Throttle, limit: Limit, at: datetime) -> float:
    """How full the count is by now; a clock that was set back drains nothing."""
    passed = max((at - row.at).total_seconds(), 0.0)
    return max(row.level - passed / limit.seconds, 0.0)
