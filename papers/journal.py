"""Writes that note how each row was, so that an act on many tables can be undone to the letter.

A journal is a list of entries, in the order of the writes: `["changed", table, key, before,
after]` with the columns that changed, `["removed", table, key, row]`, or `["added", table, key,
null]`. Values are what
PostgreSQL writes as JSON and reads back without loss (times to the microsecond, arrays, vectors,
bytes).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import CASCADE, QuerySet
from django.db.models.fields.reverse_related import ForeignObjectRel

type Entry = list[Any]


@dataclass(slots=True)
class Journal:
    """Writes rows and notes how they were; the caller holds the transaction and the locks."""

    entries: list[Entry] = field(default_factory=list)

    def change(self, rows: QuerySet[Any, Any], **values: Any) -> list[Any]:
        """Set columns of these rows; returns their keys."""
        model, keys = rows.model, _lock(rows)
        if not keys:
            return []
        columns = [model._meta.get_field(name).column for name in values]
        before = _read(model, keys, columns)
        model._base_manager.filter(pk__in=keys).update(**values)
        after = _read(model, keys, columns)
        for key in keys:
            changed = [name for name in columns if before[key][name] != after[key][name]]
            if changed:
                old, new = ({name: row[key][name] for name in changed} for row in (before, after))
                self.entries.append(["changed", model._meta.db_table, key, old, new])
        return keys

    def add(self, row: models.Model) -> None:
        """Write a new row."""
        row.save(force_insert=True)
        self.entries.append(["added", row._meta.db_table, row.pk, None])

    def remove(self, rows: QuerySet[Any, Any]) -> list[Any]:
        """Delete these rows alone: what still points at one of them fails. Returns their keys."""
        model, keys = rows.model, _lock(rows)
        self.entries += [
            ["removed", model._meta.db_table, key, row] for key, row in _read(model, keys).items()
        ]
        if keys:
            _delete(model, keys)
        return keys

    def remove_tree(self, row: models.Model) -> None:
        """Delete a row with all that hangs on it, as its relations say."""
        doomed: dict[type[models.Model], dict[Any, None]] = defaultdict(dict)
        released: list[tuple[ForeignObjectRel, list[Any]]] = []
        doomed[type(row)][row.pk] = None
        waiting: list[tuple[type[models.Model], list[Any]]] = [(type(row), [row.pk])]
        while waiting:
            model, keys = waiting.pop()
            for relation in list_relations(model):
                found = _find_pointing(relation, keys)
                if getattr(relation, "on_delete", None) is CASCADE:
                    new = [key for key in found if key not in doomed[relation.related_model]]
                    doomed[relation.related_model] |= dict.fromkeys(new)
                    if new:
                        waiting.append((relation.related_model, new))
                elif found:
                    released.append((relation, found))
        for relation, keys in released:
            model = relation.related_model
            left = [key for key in keys if key not in doomed[model]]
            self.change(model._base_manager.filter(pk__in=left), **{relation.field.name: None})
        for model, gone in doomed.items():
            self.remove(model._base_manager.filter(pk__in=list(gone)))


@dataclass(slots=True)
class Reversal:
    """Brings the rows of a journal back; what somebody changed since is left as it is.

    `kept` counts columns that were changed since, `refused` rows whose place was taken since.
    """

    kept: int = 0
    refused: list[Entry] = field(default_factory=list)

    def run(self, entries: Sequence[Entry]) -> None:
        """Undo the entries, the last one first."""
        for entry in reversed(entries):
            try:
                with transaction.atomic():
                    self._undo(entry)
            except IntegrityError:
                self.refused.append(entry)
        check_constraints()

    def _undo(self, entry: Entry) -> None:
        kind, table, key, before, *after = entry
        if kind == "removed":
            _insert(table, before)
            return
        model = _get_model(table)
        if kind == "added":
            _delete(model, [key])
            return
        now = _read(model, [key], list(before)).get(key, {})
        columns = [name for name in now if now[name] == after[0][name]]
        self.kept += len(now) - len(columns)
        if columns:
            _restore(model, key, {name: before[name] for name in columns})


def check_constraints() -> None:
    """Have the database look at all rows now: IntegrityError if one points at nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def list_relations(model: type[models.Model]) -> Iterator[Any]:
    """Every foreign key that points at a model, from tables without a class of their own too."""
    for one in model._meta.get_fields(include_hidden=True):
        if isinstance(one, ForeignObjectRel) and not one.many_to_many:
            yield one


def _find_pointing(relation: ForeignObjectRel, keys: Collection[Any]) -> list[Any]:
    rows: Any = relation.related_model._base_manager
    pointing = rows.filter(**{f"{relation.field.name}__in": list(keys)})
    return list(pointing.order_by("pk").values_list("pk", flat=True))


def _lock(rows: QuerySet[Any, Any]) -> list[Any]:
    """The keys of the rows, which nobody else changes until the end of the transaction."""
    plain = rows.model._base_manager.filter(pk__in=rows.order_by().values("pk"))
    return list(plain.select_for_update().order_by("pk").values_list("pk", flat=True))


def _read(
    model: type[models.Model], keys: Collection[Any], columns: Iterable[str] = ()
) -> dict[Any, dict[str, Any]]:
    """These columns of the rows, or all of them, as JSON."""
    named = ", ".join(f"'{name}', to_jsonb(t.\"{name}\")" for name in columns)
    value = f"jsonb_build_object({named})" if named else "to_jsonb(t)"
    table, pk = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT t."{pk}", {value}::text FROM "{table}" t '  # noqa: S608 (names of columns)
            f'WHERE t."{pk}" = ANY(%s) ORDER BY 1',
            [list(keys)],
        )
        return {key: json.loads(text) for key, text in cursor.fetchall()}


def _delete(model: type[models.Model], keys: Collection[Any]) -> None:
    table, pk = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{table}" WHERE "{pk}" = ANY(%s)', [list(keys)])  # noqa: S608


def _insert(table: str, row: dict[str, Any]) -> None:
    """Write the row again; columns that the database computes, it computes anew."""
    fields = _get_model(table)._meta.concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields if not field.generated)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) SELECT {names} '  # noqa: S608 (names of columns)
            f'FROM jsonb_populate_record(NULL::"{table}", %s::jsonb)',
            [json.dumps(row)],
        )


def _restore(model: type[models.Model], key: Any, values: dict[str, Any]) -> None:
    table, pk = model._meta.db_table, model._meta.pk.column
    names = ", ".join(f'"{name}"' for name in values)
    read = ", ".join(f'r."{name}"' for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table}" SET ({names}) = ROW({read}) '  # noqa: S608 (names of columns)
            f'FROM jsonb_populate_record(NULL::"{table}", %s::jsonb) r '
            f'WHERE "{table}"."{pk}" = %s',
            [json.dumps(values), key],
        )


def _get_model(table: str) -> Any:
    models_of_all = apps.get_models(include_auto_created=True)
    return next(model for model in models_of_all if model._meta.db_table == table)
