"""Writes about what happened: reasons given afterwards, and members' visits."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from papers.models import Event, Member

A_VISIT = timedelta(minutes=15)
"""Looking again within this time is the same visit."""


def give_reason(*, event: Event, reason: str) -> bool:
    """Say why an act was done, for good; False when its reason stands already.

    The log shows it as the act's own, so it makes no event.
    """
    with transaction.atomic():
        event = Event.objects.select_for_update().get(pk=event.pk)
        if "reason" in event.data:
            return False
        event.data["reason"] = reason
        event.save(update_fields=["data"])
    return True


def note_visit(*, by: Member, at: datetime) -> bool:
    """Remember that the member was here; True when a new visit began.

    What the member saw is nobody else's business: no event. The row is written at most once in
    A_VISIT, however often the desk is looked at.
    """
    if by.visited_at is not None and at - by.visited_at < A_VISIT:
        return False
    Member.objects.filter(pk=by.pk).update(visited_at=at)
    return True
