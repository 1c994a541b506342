"""Pages kept for as long as nothing changes that they may show.

The database counts its own changes, by triggers (migration 0016): nothing in the code has to say
what changed, and what the admin panel or a command writes counts too. Two equal numbers mean the
same rows, to the last one, but for texts that no kept page shows (sessions, mails, notices) and
the private ones of other members (drafts). Asking costs a tenth of a millisecond.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any

from django.db import connection

from papers import access
from papers.caching.prepared import open_cursor
from papers.models import Lab

MOST = 12 * 1024 * 1024
"""Bytes of pages in one process; the longest unused goes first."""

_LAB = [field.attname for field in Lab._meta.concrete_fields]

# The start of the server too: a database that is set back to an earlier day counts anew.
_STATE = f"""
    SELECT state.*, {", ".join(f"lab.{name}" for name in _LAB)} FROM (
        SELECT coalesce(sum(changes), 0)::bigint, pg_postmaster_start_time()
        FROM papers_change WHERE scope IN (0, %s)
    ) state LEFT JOIN papers_lab lab ON lab.id = 1
"""  # noqa: S608 (names of columns)

# Of servers that are gone; whoever is only just beginning waits for this to end.
_FOLD = """
    WITH gone AS (
        DELETE FROM papers_change
        WHERE backend <> 0 AND backend NOT IN (SELECT pid FROM pg_stat_activity)
        RETURNING scope, changes
    )
    INSERT INTO papers_change AS change
    SELECT scope, 0, sum(changes) FROM gone GROUP BY scope
    ON CONFLICT (scope, backend) DO UPDATE SET changes = change.changes + excluded.changes
"""

type State = tuple[Any, ...]

_lock = Lock()
_pages: OrderedDict[Hashable, tuple[State, bytes, dict[str, str]]] = OrderedDict()
_size = 0


def read_state(viewer: access.Viewer) -> tuple[State | None, Lab]:
    """What the database counted for the lab and this viewer, and the lab's settings.

    The state is None inside a transaction, which sees its own writes: they may yet be taken back.
    Read it before what it shall stand for.
    """
    member = access.get_member(viewer)
    with open_cursor() as cursor:
        cursor.execute(_STATE, [member.pk if member else 0])
        changes, since, *settings = cursor.fetchone()
    lab = Lab.from_db(connection.alias, _LAB, settings) if settings[0] else Lab()
    return None if connection.in_atomic_block else (changes, since), lab


def find_page(state: State, key: Hashable) -> tuple[bytes, dict[str, str]] | None:
    """The page that was kept in this state, and its headers."""
    with _lock:
        found = _pages.get(key)
        if found is None or found[0] != state:
            return None
        _pages.move_to_end(key)
        return found[1:]


def keep_page(state: State, key: Hashable, page: bytes, headers: dict[str, str]) -> None:
    """Keep it in place of an earlier state's."""
    global _size
    with _lock:
        before = _pages.pop(key, None)
        _size += len(page) - (len(before[1]) if before else 0)
        _pages[key] = state, page, headers
        while _size > MOST:
            _, (_, oldest, _) = _pages.popitem(last=False)
            _size -= len(oldest)


def fold_counts() -> None:
    """Add up what servers counted that have ended; the sums stay what they were."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLD)
