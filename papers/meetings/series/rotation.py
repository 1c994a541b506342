"""Whose turn it is to present: fair over a year, whoever comes, leaves or is away. Pure.

A member's load is what she presented within a year, or is down for. Whoever has the smallest load
among those present comes next, so that those who are always there never differ by more than one.
Somebody who joined or was away meanwhile is credited with the turns that an average member took
in that time: she need not present four weeks running to catch up.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Turns:
    """A member of the rota: the days of her presentations, planned ones too, and when away."""

    member: int
    joined_on: date
    days: tuple[date, ...] = ()
    absences: tuple[tuple[date, date], ...] = ()

    def is_away(self, day: date) -> bool:
        """Noted as absent on this day, or not a member yet."""
        return day < self.joined_on or any(a <= day <= b for a, b in self.absences)


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a member stands on a day; the smallest is next."""

    load: int
    last_on: date | None
    member: int
    is_away: bool = False
    presented: int = 0

    @property
    def order(self) -> tuple[bool, int, date, int]:
        """Present ones first, then by load, then who waited longest."""
        return (self.is_away, self.load, self.last_on or date.min, self.member)


def rank(everybody: Sequence[Turns], day: date) -> list[Turn]:
    """All members in the order in which they present on that day, those away at the end."""
    recent = [turn for one in everybody for turn in one.days if turn > day - YEAR]
    return sorted(
        (_stand(one, day, recent, len(everybody)) for one in everybody), key=lambda s: s.order
    )


def choose(
    wanted: Sequence[Collection[int]], everybody: Sequence[Turns], day: date
) -> list[int | None]:
    """A presenter for each item of a meeting; None when nobody is there.

    `wanted` names for each item those who know it best; among members with the same load they
    come first.
    """
    present = {one.member: one for one in rank(everybody, day) if not one.is_away}
    chosen: list[int | None] = []
    for known in wanted:
        best = min(
            present.values(),
            key=lambda one: (one.load, one.last_on == day, one.member not in known, one.order),
            default=None,
        )
        chosen.append(best.member if best else None)
        if best:
            present[best.member] = replace(best, load=best.load + 1, last_on=day)
    return chosen


def _stand(one: Turns, day: date, recent: Collection[date], people: int) -> Turn:
    mine = [turn for turn in one.days if turn > day - YEAR]
    missed = sum(1 for turn in recent if turn < day and one.is_away(turn))
    return Turn(
        load=len(mine) + missed // max(people, 1),
        last_on=max(one.days, default=None),
        member=one.member,
        is_away=one.is_away(day),
        presented=len(mine),
    )
