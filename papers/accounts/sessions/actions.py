"""Signing out elsewhere. One's own business: no event tells of it."""

from __future__ import annotations

from papers.accounts.sessions.queries import describe
from papers.models import Member


def end_session(*, member: Member, number: int, key: str | None) -> str | None:
    """Sign one session out and say which; None when it is gone, another's, or this one (`key`)."""
    row = member.sessions.filter(number=number).exclude(pk=key).first()
    if row is None:
        return None
    row.delete()
    return describe(row.agent)


def end_other_sessions(*, member: Member, key: str | None) -> int:
    """Sign out everywhere but in the session with this `key`; how many these were."""
    count, _rows = member.sessions.exclude(pk=key).delete()
    return count
