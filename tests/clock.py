"""The time that all tests live in, whatever the machine's clock and zone say.

The product reads one clock, `django.utils.timezone`. Here it shows NOW when a test begins and goes
on from there, or stands still where a test stops it. Cookies, signatures and the queue of jobs
measure spans by clocks of their own and need no date.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from django.utils import timezone

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
"""A Wednesday noon in week 47: every test begins here."""


class Clock:
    """What `timezone.now()` says, to models, views, jobs and commands alike."""

    def __init__(self) -> None:
        self.ahead = timedelta()
        self._stopped: datetime | None = None

    def now(self) -> datetime:
        """The time that is shown."""
        return self._stopped or datetime.now(UTC) + self.ahead

    def start(self, at: datetime) -> None:
        """Show this time and go on from it."""
        self._stopped, self.ahead = None, at - datetime.now(UTC)

    def stop(self, at: datetime) -> None:
        """Show this time until moved."""
        self._stopped = at

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        if self._stopped:
            self._stopped += by
        self.ahead += by

    def follow_machine(self) -> None:
        """Show what other processes see: for tests whose server is not in this one."""
        self._stopped, self.ahead = None, timedelta()


CLOCK = Clock()


class _LikeDatetime(type):
    """Django asks whether a value is a datetime of the class that it takes the time from."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, datetime)


class _Shown(datetime, metaclass=_LikeDatetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        at = CLOCK.now()
        return at.astimezone(tz) if tz else at.astimezone().replace(tzinfo=None)


def take_over() -> None:
    """Let Django read CLOCK; functions that were bound before, as models' defaults, do so too."""
    CLOCK.start(NOW)
    timezone.datetime = _Shown  # type: ignore[attr-defined]


SHIFT = """
(() => {
  const Real = Date, now = () => Real.now() + %d;
  globalThis.Date = new Proxy(Real, {
    construct: (to, given, as) => Reflect.construct(to, given.length ? given : [now()], as),
    get: (from, name) => (name === "now" ? now : Reflect.get(from, name)),
  });
})();
"""


def shift_browser() -> str:
    """A script that puts a page's clock to CLOCK; timers go on as they are."""
    return SHIFT % round(CLOCK.ahead / timedelta(milliseconds=1))
