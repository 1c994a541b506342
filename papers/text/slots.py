"""Where a meeting stands in the calendar, as its address names it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Slot(NamedTuple):
    """A meeting's place in the calendar: its day, and which of the day's meetings it is."""

    day: date
    number: int = 1

    def __str__(self) -> str:
        """`2026-11-26`, and `2026-11-26-2` of the second meeting."""
        return f"{self.day:%Y-%m-%d}" + (f"-{self.number}" if self.number > 1 else "")
