"""ISO weeks: their names, neighbours and bounds in a time zone. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Weeks of other years are a typing error, not a digest."""

NAME = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)


class NoSuchWeek(ValueError):
    """Not the name of a week: misspelt, or a week 53 of a year that has 52."""


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One ISO week, Monday to Sunday; the year is the one that its Thursday lies in."""

    year: int
    number: int

    @classmethod
    def parse(cls, name: str) -> Week:
        """Read `2026-W47`. Raises NoSuchWeek."""
        found = NAME.fullmatch(name)
        if not found:
            raise NoSuchWeek(name)
        week = cls(int(found[1]), int(found[2]))
        if not FIRST_YEAR <= week.year <= LAST_YEAR:
            raise NoSuchWeek(name)
        try:
            date.fromisocalendar(week.year, week.number, 1)
        except ValueError as problem:
            raise NoSuchWeek(name) from problem
        return week

    @classmethod
    def of(cls, day: date) -> Week:
        """The week in which this day lies."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def earlier(self) -> Week | None:
        """The week before, if a digest may have it."""
        return self._step(-1)

    @property
    def later(self) -> Week | None:
        """The week after, if a digest may have it."""
        return self._step(+1)

    def bounds(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """From Monday's first instant up to but not including the next Monday's, in UTC.

        With a change of clocks within it a week has 167 or 169 hours.
        """
        return _start(self.monday, zone), _start(self.monday + timedelta(days=7), zone)

    def _step(self, by: int) -> Week | None:
        week = Week.of(self.monday + timedelta(weeks=by))
        return week if FIRST_YEAR <= week.year <= LAST_YEAR else None


def _start(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
