"""Living critique: what still stands of a published critique, and asking its author once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from papers.events import record
from papers.models import CritiquePoint, CritiqueQuestion, Event, Member, Paper, Review
from papers.text.sandboxed import split_points


def store_points(review: Review) -> None:
    """Make the points those of the newest critique; a point whose words stand keeps its state.

    Part of the transaction that publishes.
    """
    wanted = split_points(review.critique)
    held = {point.text: point for point in review.points.all()} if review.number > 1 else {}
    if held.keys() - set(wanted):
        review.points.exclude(text__in=wanted).delete()
    fresh = []
    for position, text in enumerate(wanted):
        point = held.pop(text, None)
        if point is None:
            fresh.append(CritiquePoint(review=review, text=text, position=position))
        elif point.position != position:
            point.position = position
            point.save(update_fields=["position"])
    CritiquePoint.objects.bulk_create(fresh)


def mark_points(*, review: Review, states: dict[int, str], by: Member, at: datetime) -> int:
    """Say of each point whether it stands, is answered or withdrawn; answers what was asked.

    Returns how many points changed.
    """
    changed = 0
    with transaction.atomic():
        for point in review.points.select_for_update():
            state = states.get(point.pk, point.state)
            if state in CritiquePoint.State.values and state != point.state:
                point.state, point.changed_at = state, at
                point.save(update_fields=["state", "changed_at"])
                changed += 1
        review.critique_questions.filter(answered_at__isnull=True).update(answered_at=at)
        if changed:
            record(Event.Kind.CRITIQUE_MARKED, review, by=by, at=at)
    return changed


def note_paper_version(*, paper: Paper, version: str, by: Member | None, at: datetime) -> int:
    """Record that a new version of the paper is out; each reviewer with standing points is asked
    once. Recording it twice asks nobody again. Returns how many are asked.

    `by` is None when it was noticed by itself, and its event is written there.
    """
    with transaction.atomic():
        standing = Review.objects.current().filter(
            paper=paper, points__state=CritiquePoint.State.STANDING
        )
        known = CritiqueQuestion.objects.filter(review__paper=paper, version=version)
        if known.exists():
            return 0
        asked = [
            CritiqueQuestion(review=review, version=version, asked_at=at)
            for review in standing.distinct()
        ]
        CritiqueQuestion.objects.bulk_create(asked)
        if by:
            record(Event.Kind.PAPER_CHANGED, paper, by=by, at=at, data={"version": version})
    return len(asked)
