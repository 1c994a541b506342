"""Recording what members did: the one way to write an Event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.functions import Lower
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from papers.models import (
    AgendaItem,
    Claim,
    Comment,
    Event,
    Experiment,
    Handover,
    ImportJob,
    Listing,
    Meeting,
    Member,
    Paper,
    Review,
    Topic,
)
from papers.text.markdown import mentions

NOTIFYING, NOTIFYING_LOCK = "papers.notify_members", "tell-members"
"""The job that makes notifications, and its lock; papers.tasks binds it."""


def record(
    kind: Event.Kind,
    *about: Model | None,
    by: Member | None,
    at: datetime,
    data: Mapping[str, Any] | None = None,
) -> Event:
    """Write one event about these rows, as part of the caller's transaction.

    Each row also names what it belongs to: a review its paper and its author, a claim its paper
    and its member. Of rows that name the same kind of thing the first decides. `by` is None for
    what the lab's clock did. `data` holds small facts, never prose; its `told` are members who
    hear of it at once, because it is their turn or task.
    """
    columns: dict[str, Any] = {}
    for row in about:
        if row is not None:
            columns = _COLUMNS[row.__class__](row) | columns
    event = Event.objects.create(kind=kind, at=at, by=by, data=dict(data or {}), **columns)
    if event.data.get("told") or event.data.get("mentions") or kind == Event.Kind.COMMENT_ADDED:
        transaction.on_commit(_ask_to_notify, robust=True)
    return event


def _ask_to_notify() -> None:
    """Let the worker notify members now; it would within a minute."""
    task = app.configure_task(NOTIFYING, lock=NOTIFYING_LOCK, queueing_lock=NOTIFYING_LOCK)
    with suppress(AlreadyEnqueued), transaction.atomic():
        task.defer(timestamp=0)


def find_mentioned(texts: Iterable[str], before: Iterable[str] = ()) -> dict[str, list[int]]:
    """For `data`: whom the texts mention and the earlier ones did not. Handles match in any
    case."""
    handles = _list_handles(texts) - _list_handles(before)
    if not handles:
        return {}
    rows = Member.objects.annotate(lowered=Lower("handle")).filter(lowered__in=handles)
    return {"mentions": sorted(rows.values_list("pk", flat=True))}


def _list_handles(texts: Iterable[str]) -> set[str]:
    return {handle.lower() for text in texts for handle in mentions(text)}


def find_recorded(kind: Event.Kind, *, by: Member, at: datetime) -> Event | None:
    """The event of an act that was just done."""
    return Event.objects.filter(kind=kind, by=by, at=at).order_by("pk").last()


def _of_comment(comment: Comment) -> dict[str, Any]:
    """Its thread's subject, and that subject's paper; the member is whoever it is said to."""
    subject = comment.review or comment.experiment
    return {
        "comment_id": comment.pk,
        "review_id": comment.review_id,
        "experiment_id": comment.experiment_id,
        "paper_id": subject.paper_id if subject else comment.paper_id,
    }


def _of_experiment(experiment: Experiment) -> dict[str, Any]:
    reviewer = experiment.review.member_id if experiment.review else None
    return {"experiment_id": experiment.pk, "paper_id": experiment.paper_id, "member_id": reviewer}


_COLUMNS: dict[type[Model], Callable[[Any], dict[str, Any]]] = {
    AgendaItem: lambda row: {"meeting_id": row.meeting_id, "paper_id": row.paper_id},
    Claim: lambda row: {"paper_id": row.paper_id, "member_id": row.member_id},
    Comment: _of_comment,
    Experiment: _of_experiment,
    Handover: lambda row: {"paper_id": row.paper_id, "member_id": row.giver_id},
    ImportJob: lambda row: {"job_id": row.pk},
    Listing: lambda row: {"topic_id": row.topic_id, "paper_id": row.paper_id},
    Meeting: lambda row: {"meeting_id": row.pk},
    Member: lambda row: {"member_id": row.pk},
    Paper: lambda row: {"paper_id": row.pk},
    Review: lambda row: {"review_id": row.pk, "paper_id": row.paper_id, "member_id": row.member_id},
    Topic: lambda row: {"topic_id": row.pk},
}
