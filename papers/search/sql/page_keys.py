"""Where a page of results ends, as it stands in an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_START = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Key:
    """Where a page ends: the value of its order, when the paper came, and the paper."""

    value: int
    added: int
    paper: int

    @classmethod
    def read(cls, text: str) -> Key | None:
        """The key as it stands in an address; None if it is none."""
        parts = text.split(".")
        if len(parts) != 3 or not all(p.isascii() and p.isdigit() and len(p) < 19 for p in parts):
            return None
        return cls(*map(int, parts))

    def __str__(self) -> str:
        return f"{self.value}.{self.added}.{self.paper}"


def micros(at: datetime) -> int:
    """A time as a whole number, for keys."""
    return (at - _START) // timedelta(microseconds=1)


def at_micros(number: int) -> datetime:
    """The time of `micros`; numbers beyond the calendar are its end."""
    try:
        return _START + timedelta(microseconds=number)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)
