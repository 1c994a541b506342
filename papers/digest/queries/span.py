"""The span of an issue: the week in instants, and who reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from papers import access
from papers.caching.prepared import prepared
from papers.models import Lab


@dataclass(frozen=True, slots=True)
class Span:
    """The week in instants, who reads, and as of when: its end, or now while it runs.

    The next agenda is looked for until `until`, due days are announced up to `horizon`.
    """

    viewer: access.Viewer
    lab: Lab
    start: datetime
    end: datetime
    as_of: datetime
    until: datetime
    today: date
    horizon: date


def prepared_for_span(build: Callable[[Span], QuerySet[Any, Any]]) -> Callable[[Span], list[Any]]:
    """A prepared read whose keys are the instants and days of a span."""

    @prepared
    def rows(viewer: access.Viewer, lab: Lab, *keys: Any) -> QuerySet[Any, Any]:
        return build(Span(viewer, lab, *keys))

    def read(span: Span) -> list[Any]:
        instants = (span.start, span.end, span.as_of, span.until)
        return rows(span.viewer, span.lab, *instants, span.today, span.horizon)

    return read


def within(span: Span, name: str) -> Q:
    """The instant of this column is in the week."""
    return Q(**{f"{name}__gte": span.start, f"{name}__lt": span.end})
