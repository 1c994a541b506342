"""Sessions in a table of our own, read by a prepared statement; every page begins with one."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from papers.caching.prepared import PreparedRead, text
from papers.models import Session

NOTED_EVERY = timedelta(minutes=5)
"""How far `used_at` may be behind: a page costs no write more often than that."""


class SessionStore(db.SessionStore):
    """Django's own, but for how it reads, and for what it writes beside the data.

    A row that was deleted is not written again (Django updates, and never inserts, a known key):
    a session that was signed out stays so, also when a request was under way.
    """

    agent = ""
    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> Any:  # Django's stubs know its own model alone
        """Our table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row to be saved: whose it is follows from the data."""
        row = cast("Session", super().create_model_instance(data))
        row.member_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.agent, row.used_at = self.agent, timezone.now()
        before = self.row if self.row and self.row.session_key == row.session_key else None
        if before:
            row.number, row.agent = before.number, self.agent or before.agent
            if before.member_id == row.member_id:
                row.began_at = before.began_at
        self.row = row
        return row

    def note_use(self) -> None:
        """Write down when a member's session was last used, if that was some minutes ago."""
        now = timezone.now()
        if self.row and self.row.member_id and now - self.row.used_at >= NOTED_EVERY:
            used = Session.objects.filter(pk=self.row.pk)
            used.update(used_at=now, agent=self.agent or self.row.agent)

    def _get_session_from_db(self) -> Session | None:
        found = _get_session_read().run(str(self.session_key))
        if found and found[0].expire_date > timezone.now():
            self.row = found[0]
            return self.row
        self._session_key = None
        return None


@cache
def _get_session_read() -> PreparedRead:
    return PreparedRead(lambda: Session.objects.filter(session_key=text(0)))
