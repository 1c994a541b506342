"""One database with all migrations, which every process of a run copies: migrating takes long."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

NAME = "test_reviewapp_migrated"
"""It stays after the run; the next one makes it anew."""

MADE_BY = """
    SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s
"""


def copy_migrated(run: str) -> None:
    """Let the database of this process be a copy; the first process of a run makes the original."""
    with one_at_a_time():
        if read_maker() != run:
            make_migrated(run)
    connection.settings_dict["TEST"]["TEMPLATE"] = NAME


@contextmanager
def one_at_a_time() -> Iterator[None]:
    with (settings.VAR_DIR / "test-database.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def read_maker() -> str | None:
    """The run that made the original, if there is one."""
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(MADE_BY, [NAME])
        return next((row[0] for row in cursor.fetchall()), None)


def make_migrated(run: str) -> None:
    """As Django makes the database of tests, under another name."""
    known, test = connection.settings_dict, connection.settings_dict["TEST"]
    site, name = known["NAME"], test["NAME"]
    test["NAME"] = NAME
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON DATABASE {NAME} IS '{run}'")
    connection.close()
    test["NAME"] = name
    known["NAME"] = settings.DATABASES["default"]["NAME"] = site
