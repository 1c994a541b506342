"""Rows into tables by COPY, as quickly as the database takes them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Literal

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models.expressions import RawSQL

from papers.fields import LineField, LongLineField
from papers.text.one_line import make_line


def copy_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Write rows of these columns; the others get their defaults. Returns how many.

    JSON is given as its text; columns of one line are kept to one. Raises Django's database
    errors, IntegrityError among them.
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
            copy.write_row((*_keep_lines(given, row), *defaults))
    return count


def _keep_lines(fields: Sequence[Any], row: Sequence[Any]) -> Iterator[Any]:
    for field, value in zip(fields, row, strict=True):
        is_line = isinstance(field, LineField | LongLineField) and value is not None
        yield make_line(value) if is_line else value


def update_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Set these columns of rows that are there, found by the first of them, in one statement.

    Django's own `bulk_update` writes a CASE with a branch for each row and column.
    """
    table = f'"{model._meta.db_table}"'
    key, *others = [f'"{_get_column(model, name)}"' for name in columns]
    names = ", ".join([key, *others])
    changes = ", ".join(f"{name} = incoming.{name}" for name in others)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE incoming AS SELECT {names} FROM {table} WITH NO DATA"  # noqa: S608
        )
        with cursor.copy(f"COPY incoming ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        where = f"{table}.{key} = incoming.{key}"
        cursor.execute(f"UPDATE {table} SET {changes} FROM incoming WHERE {where}")  # noqa: S608
        cursor.execute("DROP TABLE incoming")


def any_of(values: Collection[str] | Collection[int], kind: Literal["bigint", "text"]) -> RawSQL:
    """For `__in`: ten thousand values as one parameter, where as many placeholders take longer than
    the question."""
    return RawSQL(f"SELECT unnest(%s::{kind}[])", [list(values)])  # noqa: S611 (two names of ours)


def reserve_keys(model: type[models.Model], count: int) -> list[int]:
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
    reset_sequences(tables)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def reset_sequences(tables: Iterable[type[models.Model]]) -> None:
    """Let new keys begin behind those that were given."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)


def _get_column(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).column)  # type: ignore[union-attr]


def _get_default(field: models.Field[Any, Any]) -> Any:
    value = field.get_default()
    return json.dumps(value) if isinstance(field, models.JSONField) else value
