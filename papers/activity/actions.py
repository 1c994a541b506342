"""What a member's visit leaves behind."""

from __future__ import annotations

from datetime import datetime, timedelta

from papers.models import Member

A_VISIT = timedelta(minutes=15)
"""Looking again within this time is the same visit."""


def note_visit(*, by: Member, at: datetime) -> bool:
    """Remember that the member was here; True when a new visit began.

    What the member saw is nobody else's business: no event. The row is written at most once in
    A_VISIT, however often the desk is looked at.
    """
    if by.visited_at is not None and at - by.visited_at < A_VISIT:
        return False
    Member.objects.filter(pk=by.pk).update(visited_at=at)
    return True
