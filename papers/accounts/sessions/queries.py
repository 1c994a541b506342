"""Reads of sessions: where a member is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import HASH_SESSION_KEY
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from papers.accounts.sessions.browsers import name_browser, name_system
from papers.models import Member, Session


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One sign-in, as its member recognizes it."""

    number: int
    name: str
    began_at: datetime
    used_at: datetime
    is_current: bool


def list_sessions(*, member: Member, key: str | None, at: datetime) -> list[SessionLine]:
    """Where the member is signed in, the session with this `key` first, then the last used.

    Sessions that a new password has ended are left out, though their rows wait to be cleared.
    """
    rows = member.sessions.filter(expire_date__gt=at)
    lines = [
        SessionLine(row.number, describe(row.agent), row.began_at, row.used_at, row.pk == key)
        for row in rows
        if is_valid(row, member)
    ]
    return sorted(lines, key=lambda line: not line.is_current)


def describe(agent: str) -> str:
    """`Firefox on Windows`."""
    browser, system = name_browser(agent), name_system(agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown browser")


def is_valid(session: Session, member: Member) -> bool:
    """Whether it still lets in: not after a new password, nor after the account was closed."""
    stored = str(session.get_decoded().get(HASH_SESSION_KEY, ""))
    hashes = [member.get_session_auth_hash(), *member.get_session_auth_fallback_hash()]
    return any(constant_time_compare(stored, one) for one in hashes)
