"""Papers of a week: those that came in, those that wait, and those that are due."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual

from papers.digest.issue import DueClaim, NewPaper, Part
from papers.digest.queries.span import Span, count_all, is_within, prepared_for_span
from papers.models import Claim, Paper, Review
from papers.models.search import NEVER, SearchDoc
from papers.people import join_names
from papers.text import addresses
from papers.text.formulas import to_letters
from papers.text.writing import join_imprint

MOST_PAPERS, MOST_WAITING, MOST_CLAIMS = 16, 6, 12
"""Items of a section at most; the rest is "and 40 more"."""

BATCH = 5
"""Papers that one member adds at one moment, from which on an import is one line."""

COUNTED = 50
"""Waiting papers that are counted; more are "50+", so that an issue costs the same at any size."""


def read_papers(span: Span) -> tuple[Part[NewPaper], Part[NewPaper]]:
    """Papers that came in, and those that wait; one query for both."""
    rows = _find_papers(span)
    rows.sort(key=lambda row: (row["is_told"], row["added_at"], row["of"]))
    came, wait = ([row for row in rows if row["part"] == name] for name in ("came", "wait"))
    told = [_make_paper(row) for row in came if not row["is_told"]]
    new = Part(told, came[0]["total"] if came else 0)
    waiting = [_make_paper(row) for row in wait[:MOST_WAITING]]
    return new, Part(waiting, min(len(wait), COUNTED), len(wait) >= COUNTED)


@prepared_for_span
def _find_papers(span: Span) -> QuerySet[Any, Any]:
    came = Paper.objects.filter(is_within(span, "added_at"))
    together: dict[str, Any] = {"partition_by": [F("added_by"), F("added_at")]}
    lines = came.annotate(
        of=F("pk"), total=count_all(), part=Value("came"),
        batch=Window(Count("added_by"), **together),
        is_told=_is_told(Window(RowNumber(), order_by="pk", **together), together),
    ).order_by("is_told", "added_at", "pk")  # fmt: skip
    came_lines: QuerySet[Any, Any] = lines.values(
        "of", "title", "slug", "authors", "venue", "year", "note", "added_at", "added_by__name",
        "total", "part", "batch", "is_told",
    )[:MOST_PAPERS]  # fmt: skip
    return came_lines.union(*_list_waiting(span), all=True).order_by()


def _is_told(place: Window, together: dict[str, Any]) -> Case:
    """Whether the line of an import tells of the paper already: it is not the first of many."""
    is_batch = GreaterThanOrEqual(Window(Count("added_by"), **together), Value(BATCH))
    further = Case(When(is_batch, then=True), default=False)
    return Case(When(GreaterThan(place, Value(1)), then=further), default=False)


def _list_waiting(span: Span) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """Papers that nobody held or had reviewed at that time, the longest waiting first."""
    here = OuterRef("pk")
    claims = Claim.objects.filter(paper=here, claimed_at__lt=span.as_of)
    held = claims.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=span.as_of))
    reviewed = Review.objects.filter(paper=here, published_at__lt=span.as_of).current()
    free = SearchDoc.objects.filter(~Exists(held), added_at__lt=span.as_of)
    lines: QuerySet[Any, Any] = (
        free.order_by("added_at", "pk")
        .annotate(
            of=F("pk"), total=Value(0), part=Value("wait"), batch=Value(1), is_told=Value(False)
        )
        .values(
            "of", "paper__title", "paper__slug", "paper__authors", "venue", "year", "paper__note",
            "added_at", "paper__added_by__name", "total", "part", "batch", "is_told",
        )
    )  # fmt: skip
    # Either nobody reviewed it until today, or the latest review came after that time.
    never = lines.filter(reviewed_at=NEVER)[:COUNTED]
    later = lines.filter(~Exists(reviewed), reviewed_at__gte=span.as_of)[:COUNTED]
    return never, later


def _make_paper(row: dict[str, Any]) -> NewPaper:
    return NewPaper(
        title=to_letters(row["title"]),
        url=addresses.paper(row["of"], row["slug"]),
        authors=join_names(row["authors"]),
        imprint=join_imprint(row["venue"], row["year"]),
        note=row["note"],
        added_by=row["added_by__name"] or "",
        added_at=row["added_at"],
        number=row["batch"] if row["batch"] >= BATCH else 1,
    )


def read_claims(span: Span) -> Part[DueClaim]:
    """Leases that had ended or were about to, the most overdue first."""
    rows = _find_claims(span)
    items = [
        DueClaim(
            title=to_letters(row["paper__title"]),
            url=addresses.paper(row["paper"], row["paper__slug"]),
            member=row["member__name"],
            due_on=row["due_on"],
            is_overdue=row["due_on"] < span.today,
        )
        for row in rows
    ]
    return Part(items, rows[0]["total"] if rows else 0)


@prepared_for_span
def _find_claims(span: Span) -> QuerySet[Any, Any]:
    return (
        Claim.objects.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=span.as_of))
        .filter(due_on__lte=span.horizon, claimed_at__lt=span.as_of)
        .annotate(total=count_all())
        .order_by("due_on", "pk")
        .values("paper", "paper__title", "paper__slug", "member__name", "due_on", "total")[
            :MOST_CLAIMS
        ]
    )
