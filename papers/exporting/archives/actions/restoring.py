"""Restoring an archive on an empty installation, in one transaction: all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import batched
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models, transaction

from papers.bulk_copy import finish, reset_sequences
from papers.exporting.archives.queries import (
    Model,
    list_archived_fields,
    list_archived_models,
)
from papers.exporting.formats.archive import Table
from papers.exporting.formats.archive_reader import ArchiveReader, DamagedArchive
from papers.models import Lab, Member, Paper
from papers.search.index.actions import count_words, refresh

INDEXED_AT_ONCE = 500

Row = dict[str, Any]
UPGRADES: dict[int, Callable[[str, Row], Row | None]] = {}
"""From each older schema to the next: what becomes of a row of a table (None: it is dropped)."""


class NotEmpty(Exception):
    """The installation holds a lab already."""


def restore_archive(path: Path, *, say: Callable[[str], None] = lambda _: None) -> int:
    """Put everything back under the same keys, hence the same addresses; returns how many rows.

    Raises DamagedArchive (before anything is written, where damage can be seen) and NotEmpty.
    """
    archive = ArchiveReader(path)
    try:
        models_by_table = {one._meta.db_table: one for one in list_archived_models()}
        for table in archive.tables:
            _check_columns(table, models_by_table.get(table.name))
        archive.check()
        # Within somebody's transaction the planner's figures would outlive a rollback.
        end = reset_sequences if connection.in_atomic_block else finish
        say(f"The archive of {archive.made_at} is whole.")
        with transaction.atomic():
            _require_empty()
            rows = _write_tables(archive, models_by_table)
            say(f"{rows:,} rows are in place.")
            end(models_by_table.values())
            _rebuild_search()
            _write_contents(archive)
    finally:
        archive.close()
    return rows


def _check_columns(table: Table, model: Model | None) -> None:
    known = {field.column for field in list_archived_fields(model)} if model else set()
    if model is None or not set(table.columns) <= known:
        missing = ", ".join(sorted(set(table.columns) - known))
        raise DamagedArchive(table.file, 0, f"there is no such table or column here: {missing}")


def _require_empty() -> None:
    if Member.objects.exists() or Paper.objects.exists():
        raise NotEmpty


def _write_tables(archive: ArchiveReader, models_by_table: dict[str, Model]) -> int:
    tables = ", ".join(f'"{name}"' for name in models_by_table)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"TRUNCATE {tables} CASCADE")  # rows that migrations made
        cursor.execute("CREATE TEMP TABLE archived (line text) ON COMMIT DROP")
    total = 0
    for table in archive.tables:
        total += _write_table(archive, table, models_by_table[table.name])
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE archived")
    Lab.objects.get_or_create(pk=1)
    return total


def _write_table(archive: ArchiveReader, table: Table, model: Model) -> int:
    """Lines into a table by COPY, then into their columns by the database's own JSON."""
    lines = archive.read_rows(table)
    if archive.schema < max(UPGRADES, default=0) + 1:
        lines = _upgrade(lines, table.name, archive.schema)
    given = [f'"{column}"' for column in table.columns]
    others = [
        field
        for field in model._meta.concrete_fields
        if not field.generated and field.column not in table.columns
    ]
    columns = ", ".join([*given, *(f'"{field.column}"' for field in others)])
    values = ", ".join([*(f"row.{column}" for column in given), *(["%s"] * len(others))])
    name = model._meta.db_table
    with connection.cursor() as cursor:
        with cursor.copy("COPY archived (line) FROM STDIN") as copy:
            for line in lines:
                copy.write_row((line,))
        cursor.execute(
            f'INSERT INTO "{name}" ({columns}) SELECT {values} FROM archived, '  # noqa: S608
            f'json_populate_record(NULL::"{name}", archived.line::json) AS row',
            [_get_filling(field) for field in others],
        )
        cursor.execute("TRUNCATE archived")
    return table.rows


def _write_contents(archive: ArchiveReader) -> None:
    """Uploaded files into the storage, under the names that their rows have."""
    for name in archive.files:
        default_storage.delete(name)
        default_storage.save(name, ContentFile(archive.read_file(name)))


def _upgrade(lines: Iterator[str], table: str, schema: int) -> Iterator[str]:
    for line in lines:
        row: Row | None = json.loads(line)
        for version in range(schema, max(UPGRADES) + 1):
            row = UPGRADES[version](table, row) if row is not None else None
        if row is not None:
            yield json.dumps(row, ensure_ascii=False)


def _get_filling(field: models.Field[Any, Any]) -> Any:
    """What stands in a column that the archive does not have; nobody signs in with a password."""
    if field.name == "password":
        return make_password(None)
    value = field.get_default()
    return json.dumps(value) if isinstance(field, models.JSONField) else value


def _rebuild_search() -> None:
    keys = Paper.objects.order_by("pk").values_list("pk", flat=True)
    for some in batched(list(keys), INDEXED_AT_ONCE):
        refresh(some)
    count_words()
