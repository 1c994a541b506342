"""Sessions in Django's table, read by a prepared statement; every page begins with one."""

from __future__ import annotations

from functools import cache

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from papers.caching.prepared import PreparedRead, text


class SessionStore(db.SessionStore):
    """Django's own, but for how it reads."""

    def _get_session_from_db(self) -> Session | None:
        found = _get_session_read().run(str(self.session_key))
        if found and found[0].expire_date > timezone.now():
            session: Session = found[0]
            return session
        self._session_key = None
        return None


@cache
def _get_session_read() -> PreparedRead:
    return PreparedRead(lambda: Session.objects.filter(session_key=text(0)))
