"""The instants and days of a week that the reads of the digest ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Window

from papers import access
from papers.caching.prepared import prepared
from papers.models import Lab
from papers.text.weeks import Week

SOON = timedelta(days=7)
"""Due days that a digest announces."""

AHEAD = timedelta(days=14)
"""How far an issue looks for the next agenda."""


@dataclass(frozen=True, slots=True)
class Span:
    """The week in instants, and as of when it is told: its end, or now while it runs.

    The next agenda is looked for until `until`, due days are announced up to `horizon`.
    """

    start: datetime
    end: datetime
    as_of: datetime
    until: datetime
    today: date
    horizon: date


def make_span(week: Week, lab: Lab, now: datetime) -> Span:
    """The week as the lab's clock cuts it."""
    start, end = week.bounds(lab.zone)
    as_of = max(min(now, end), start)
    today = as_of.astimezone(lab.zone).date() if as_of < end else week.sunday
    return Span(start, end, as_of, as_of + AHEAD, today, today + SOON)


def prepared_for_span(build: Callable[[Span], QuerySet[Any, Any]]) -> Callable[[Span], list[Any]]:
    """A prepared read whose keys are the instants and days of a span; it knows no viewer."""

    @prepared
    def rows(_viewer: access.Viewer, _lab: Lab, *keys: Any) -> QuerySet[Any, Any]:
        return build(Span(*keys))

    any_lab = Lab()

    def read(span: Span) -> list[Any]:
        instants = (span.start, span.end, span.as_of, span.until)
        return rows(None, any_lab, *instants, span.today, span.horizon)

    return read


def is_within(span: Span, name: str) -> Q:
    """Whether the instant in this column lies in the week."""
    return Q(**{f"{name}__gte": span.start, f"{name}__lt": span.end})


def count_all() -> Window:
    """How many rows there are, whatever is cut."""
    return Window(Count("*"))
