"""Checks at the start that Django does not make; they run with `migrate` and `check --database`."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections


@register(Tags.database)
def check_commits_are_durable(
    databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """With `synchronous_commit` off, what the page called saved can be gone after a crash."""
    return [
        Error(
            f"synchronous_commit is off in database {alias!r}: what was saved could be lost.",
            hint="Turn it on in postgresql.conf, or with ALTER DATABASE ... SET or ALTER ROLE.",
            id="reviewapp.E001",
        )
        for alias in databases or ()
        if read_synchronous_commit(alias) == "off"
    ]


def read_synchronous_commit(alias: str) -> str:
    with connections[alias].cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        return str(cursor.fetchone()[0])
