"""When the things of the demo happened: days before today, in the lab's time zone. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

THURSDAY = 3
A_LITTLE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Counts back from `now`."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The lab's day."""
        return self.now.astimezone(self.zone).date()

    def get_moment(self, days: int, hour: int, minute: int = 0) -> datetime:
        """An instant so many days ago; never later than a little before now."""
        day = self.today - timedelta(days=days)
        return min(self.put(day, hour, minute), self.now - A_LITTLE)

    def put(self, day: date, hour: int, minute: int = 0) -> datetime:
        """An hour of a day."""
        return datetime.combine(day, time(hour, minute), self.zone)

    def get_thursday(self, when: str) -> date:
        """The last Thursday before today, or the next after it."""
        passed = (self.today.weekday() - THURSDAY) % 7 or 7
        last = self.today - timedelta(days=passed)
        if when == "last":
            return last
        ahead = (THURSDAY - self.today.weekday()) % 7 or 7
        return self.today + timedelta(days=ahead)
