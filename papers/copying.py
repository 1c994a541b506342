"""Rows into tables by COPY, as quickly as the database takes them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models


def copy_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Write rows of these columns; the others get their defaults. Returns how many.

    JSON is given as its text. Raises Django's database errors, IntegrityError among them.
    """
    given = [model._meta.get_field(name) for name in columns]
    others = [
        field
        for field in model._meta.concrete_fields
        if field not in given and not field.generated and not field.primary_key
    ]
    defaults = [_get_default(field) for field in others]
    names = ", ".join(f'"{field.column}"' for field in (*given, *others))  # type: ignore[union-attr]
    statement = f'COPY "{model._meta.db_table}" ({names}) FROM STDIN'
    count = 0
    wrapped = connection.wrap_database_errors
    with wrapped, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for count, row in enumerate(rows, 1):  # noqa: B007 (the last number is the answer)
            copy.write_row((*row, *defaults))
    return count


def take_keys(model: type[models.Model], count: int) -> list[int]:
    """New keys for so many rows, ascending; nobody else gets them."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [f'"{table}"', column, count],
        )
        return [key for (key,) in cursor.fetchall()]


def finish(tables: Iterable[type[models.Model]]) -> None:
    """Set the sequences after keys that were given, and let the planner know the tables."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def _get_default(field: models.Field[Any, Any]) -> Any:
    value = field.get_default()
    return json.dumps(value) if isinstance(field, models.JSONField) else value
