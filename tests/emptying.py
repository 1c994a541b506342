"""Emptying the database after a test that commits: only the tables that have rows, row by row.

Django truncates all tables, which writes several hundred files, then makes permissions and kinds
of content anew. No test changes those; they stay.
"""

from __future__ import annotations

from functools import cache

from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase

from papers.models.change_counts import Apart

KEPT = {"django_content_type", "auth_permission"}
WITHOUT_TRIGGERS = """
    SELECT set_config('session_replication_role', 'replica', true) FROM pg_roles
    WHERE rolname = current_user AND rolsuper
"""
CHANGED = """
    SELECT set_config('session_replication_role', 'origin', true), papers_count_change(scope)
    FROM unnest(%s::bigint[]) AS scope
"""
"""As the triggers of truncated tables say it."""


END_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def end_others() -> None:
    """End every other connection to the tests' database."""
    connection.close()  # an outage that a test made may have ended our own
    with connection.cursor() as cursor:
        cursor.execute(END_OTHERS)


def empty_tables(_: TransactionTestCase) -> None:
    """What `flush` does; who may not switch foreign keys off, lets `flush` do it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WITHOUT_TRIGGERS)
        is_quick = cursor.fetchone() is not None
        if is_quick:
            cursor.execute(ask_for_rows())
            for (table,) in cursor.fetchall():
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
            cursor.execute(CHANGED, [[0, *Apart]])
    if not is_quick:
        call_command("flush", verbosity=0, interactive=False)


@cache
def ask_for_rows() -> str:
    """A statement that names the tables in which there is a row."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT FROM {connection.ops.quote_name(table)})"
        for table in sorted(set(tables) - KEPT)
    )
