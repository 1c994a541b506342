"""Days of a regular meeting, and the instants at which it begins. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice

A_WEEK = timedelta(days=7)
FARTHEST = 520
"""Weeks that are looked through at most: ten years, should every day be skipped."""


@dataclass(frozen=True, slots=True)
class Rule:
    """On which days a group meets: a weekday, every so many weeks counted from `starts_on`."""

    weekday: int
    starts_on: date
    every_weeks: int = 1
    skipped: Collection[date] = ()

    @property
    def first(self) -> date:
        """The first day of the rule, skipped or not."""
        return self.starts_on + timedelta(days=(self.weekday - self.starts_on.weekday()) % 7)

    def holds_on(self, day: date) -> bool:
        """The group meets on this day."""
        weeks, rest = divmod((day - self.first).days, 7)
        is_due = rest == 0 and weeks >= 0 and weeks % self.every_weeks == 0
        return is_due and day not in self.skipped


def list_days(rule: Rule, since: date, count: int) -> list[date]:
    """The next `count` days of the rule from `since` on, that day included."""
    return list(islice(_run(rule, since), count))


def _run(rule: Rule, since: date) -> Iterator[date]:
    weeks = max(0, -(-(since - rule.first).days // 7))
    weeks += -weeks % rule.every_weeks
    for step in range(FARTHEST):
        day = rule.first + A_WEEK * (weeks + step * rule.every_weeks)
        if day not in rule.skipped:
            yield day


def make_start(day: date, at: time, zone: tzinfo) -> datetime:
    """The instant at which clocks in this zone show that time on that day.

    The same time of day in summer and in winter. A time that the clocks leap over (2:30 on the
    night on which summer begins) becomes the one after the leap.
    """
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
