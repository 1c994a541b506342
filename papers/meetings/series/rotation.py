"""Whose turn it is to present: fair over a year, whoever comes, leaves or is away. Pure.

Those who know a subject present it; what nobody knows goes by turn. A member's load is what they
presented within a year, or are down for. Whoever has the smallest load among those present comes
next, so that by turn alone those who are always there never differ by more than one.
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
    wanted: Sequence[Sequence[Collection[int]]], everybody: Sequence[Turns], day: date
) -> list[int | None]:
    """A presenter for each item of a meeting; None when nobody is there.

    `wanted` names for each item circles of those who know it, the closest first: the first
    circle with anyone present has it. Items that the fewest know are dealt first, and what
    nobody knows last, so that turns fall to those who have none in this meeting.
    """
    present = {one.member: one for one in rank(everybody, day) if not one.is_away}
    asked = [_get_present(circles, present) for circles in wanted]
    chosen: list[int | None] = [None] * len(wanted)
    for place in sorted(range(len(wanted)), key=lambda n: len(asked[n]) or len(present) + 1):
        known = [present[member] for member in asked[place]] or list(present.values())
        best = min(known, key=lambda one: (one.load, one.last_on == day, one.order), default=None)
        if best:
            chosen[place] = best.member
            present[best.member] = replace(best, load=best.load + 1, last_on=day)
    return chosen


def _get_present(circles: Sequence[Collection[int]], present: Collection[int]) -> set[int]:
    """The first circle with anyone present; empty if nobody is."""
    here = (set(circle).intersection(present) for circle in circles)
    return next(filter(None, here), set())


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
