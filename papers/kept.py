"""Answers kept for as long as nobody writes to the database.

PostgreSQL names what is visible by a snapshot: two equal snapshots show the same committed rows,
to the last one. So what was read under one may be shown again under the same one, and nothing has
to be told what changed. Asking for the snapshot costs a tenth of a millisecond.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, cast

from django.db import connection

from papers import access
from papers.models import Lab

MOST = 64
"""Answers in one process; a page of rows is some 100 kB."""

# The start of the server too: a database that is set back to an earlier day counts anew.
_SNAPSHOT = "SELECT pg_current_snapshot()::text || pg_postmaster_start_time()::text"

_lock = Lock()
_answers: dict[Hashable, Any] = {}
_snapshot = ""


def keep[T](make: Callable[[], T], *key: Hashable) -> T:
    """What `make` returns for this key, made once per state of the database.

    The key names all that `make` looks at besides the database: who asks, for what, on which day.
    The answer is shared between requests: do not change it. Inside a transaction, which sees its
    own writes, nothing is kept.
    """
    global _snapshot
    if connection.in_atomic_block:
        return make()
    with connection.cursor() as cursor:
        cursor.execute(_SNAPSHOT)
        snapshot = cursor.fetchone()[0]
    with _lock:
        if snapshot != _snapshot:
            _answers.clear()
            _snapshot = snapshot
        elif key in _answers:
            return cast("T", _answers[key])
    answer = make()
    with _lock:
        if snapshot == _snapshot and len(_answers) < MOST:
            _answers[key] = answer
    return answer


def keep_for[T](viewer: access.Viewer, lab: Lab, make: Callable[[], T], *key: Hashable) -> T:
    """The same for what depends on the viewer and the lab's settings.

    Both were read before the snapshot: their facts are part of the key, so that an answer made
    for a role that was just taken away is never given under the new one.
    """
    member = access.get_member(viewer)
    who = (member.pk, member.role, member.is_superuser, member.claim_limit) if member else None
    settings = tuple(getattr(lab, field.attname) for field in lab._meta.concrete_fields)
    return keep(make, who, settings, *key)
