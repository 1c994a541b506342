"""Validators of pages: an entity tag that changes when anything changes that a page may show.

The database counts its own changes, by triggers declared beside each model: no code has to say
what changed, and what the admin panel or a command writes counts too. Two equal counts mean the
same rows, to the last one, but for texts that no such page shows (sessions, mail) and the private
ones of other members (drafts). Reading the count costs a tenth of a millisecond.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from functools import cache
from hashlib import blake2b

from django.conf import settings
from django.db import connection

from papers import access
from papers.caching.prepared import open_cursor
from papers.caching.result_cache import State
from papers.models import Lab
from papers.models.change_counts import Apart

_LAB = [field.attname for field in Lab._meta.concrete_fields]

_SCOPES = ", ".join(str(int(one)) for one in Apart)

# The start of the server and the number of the table too: a database that is set back to an
# earlier day counts anew.
_STATE = f"""
    SELECT state.*, {", ".join(f"lab.{name}" for name in _LAB)} FROM (
        SELECT coalesce(sum(changes) FILTER (WHERE scope >= 0), 0)::bigint,
            pg_postmaster_start_time(), 'papers_change'::regclass::oid::bigint,
            array_agg(scope) FILTER (WHERE scope < 0), array_agg(changes) FILTER (WHERE scope < 0)
        FROM (
            SELECT scope, sum(changes)::bigint AS changes FROM papers_change
            WHERE scope IN (0, %s, {_SCOPES}) GROUP BY scope
        ) counted
    ) state LEFT JOIN papers_lab lab ON lab.id = 1
"""  # noqa: S608 (names of columns, numbers)

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

_SHOWN = {".py", ".html", ".txt", ".css", ".js", ".mo"}
"""Kinds of files that decide how a page looks."""


def read_state(viewer: access.Viewer) -> tuple[State | None, Lab]:
    """What the database counted for the lab and this viewer, and the lab's settings.

    The state is None inside a transaction, which sees its own writes: they may yet be taken back.
    Read it before what it shall stand for.
    """
    member = access.get_member(viewer)
    with open_cursor() as cursor:
        cursor.execute(_STATE, [member.pk if member else 0])
        changes, since, table, scopes, counts, *columns = cursor.fetchone()
    lab = Lab.from_db(connection.alias, _LAB, columns) if columns[0] else Lab()
    if connection.in_atomic_block:
        return None, lab
    return State(changes, since, table, dict(zip(scopes or (), counts or (), strict=True))), lab


def make_etag(state: State, *key: Hashable) -> str:
    """A weak entity tag: the same for equal states, keys and builds of the site."""
    counted = state.changes, state.since, state.table
    digest = blake2b(repr((_get_build(), counted, key)).encode(), digest_size=16)
    return f'W/"{digest.hexdigest()}"'


@cache
def _get_build() -> str:
    """Names the code, templates and static files that run: a new release makes every page anew."""
    digest = blake2b(digest_size=8)
    for folder in ("papers", "reviewapp", "templates", "static", "locale"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*.*")):
            if path.suffix in _SHOWN:
                stat = path.stat()
                digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}".encode())
    return digest.hexdigest()


def count_clock(now: datetime) -> int:
    """The number of the five minutes that `now` is in: for pages that look at the clock."""
    return int(now.timestamp()) // 300


def fold_counts() -> None:
    """Add up what servers counted that have ended; the sums stay what they were."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLD)
