"""Which tables count their changes: what page validators (`papers.caching.validators`) rest on.

Each model says so itself, by one of three decorators. Tables over which much is counted have a
count of their own besides (`counts_apart`): what was read of them holds until it grows
(`papers.caching.result_cache`). After every migration the triggers in the database are made to
agree; the functions that they call stand in migrations 0016 and 0053.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from hashlib import blake2b
from typing import Any, NamedTuple, Protocol

from django.apps import apps
from django.db import connections, models


class Apart(IntEnum):
    """Counts beside the lab's, by their scope in the table of counts."""

    DOCS = -1
    WORDS = -2
    CLAIMS = -3
    TOPICS = -4
    MEMBERS = -5
    AGENDAS = -6
    EXPERIMENTS = -7


class Trigger(NamedTuple):
    """One trigger: its name, what it calls, for each what, when, and under which condition."""

    name: str
    call: str
    level: str
    occasion: str
    condition: str = ""


_ANY = "INSERT OR UPDATE OR DELETE"
_LAB = ("note_change", "papers_note_change()", "STATEMENT")
_OWN = ("note_own", "papers_note_own_change()", "ROW")

_triggers: dict[type[models.Model], list[Trigger]] = {}
_apart: dict[type[models.Model], list[tuple[Apart, Trigger]]] = {}


class Declare(Protocol):
    """A decorator of models."""

    def __call__[M: models.Model](self, model: type[M], /) -> type[M]: ...


def counts_changes(*columns: str) -> Declare:
    """Every change of the table, or of these columns, counts for the whole lab."""
    of = f" OF {', '.join(columns)}" if columns else ""
    return _declare(Trigger(*_LAB, f"INSERT OR UPDATE{of} OR DELETE OR TRUNCATE"))


def counts_own_changes[M: models.Model](model: type[M]) -> type[M]:
    """A change counts for the row's `member` alone: nobody else is shown it."""
    return _declare(Trigger(*_OWN, _ANY), Trigger(*_LAB, "TRUNCATE"))(model)


def counts_nothing[M: models.Model](model: type[M]) -> type[M]:
    """No page with a validator shows this table."""
    return _declare()(model)


def counts_apart(count: Apart, *columns: str) -> Declare:
    """The table has this count of its own, of every change or of those of the columns.

    With columns it looks at each row, for an upsert names columns that it leaves as they were;
    the trigger's name says which, so that others get a new one.
    """
    name, call = f"note_{count.name.lower()}", f"papers_note_apart('{count}')"
    triggers = [Trigger(name, call, "STATEMENT", f"{_ANY} OR TRUNCATE")]
    if columns:
        before, after = (", ".join(f"{row}.{one}" for one in columns) for row in ("OLD", "NEW"))
        mark = blake2b(before.encode(), digest_size=4).hexdigest()
        differs = f"WHEN (({before}) IS DISTINCT FROM ({after}))"
        triggers = [
            Trigger(f"{name}_rows", call, "ROW", "INSERT OR DELETE"),
            Trigger(f"{name}_{mark}", call, "ROW", "UPDATE", differs),
            Trigger(f"{name}_end", call, "STATEMENT", "TRUNCATE"),
        ]

    def declare[M: models.Model](model: type[M]) -> type[M]:
        _apart.setdefault(model, []).extend((count, trigger) for trigger in triggers)
        return model

    return declare


def map_apart() -> dict[str, set[Apart]]:
    """The tables that have counts of their own, and which."""
    return {
        model._meta.db_table: {count for count, _ in declared} for model, declared in _apart.items()
    }


def _declare(*triggers: Trigger) -> Declare:
    def declare[M: models.Model](model: type[M]) -> type[M]:
        _triggers[model] = list(triggers)
        return model

    return declare


def find_undeclared() -> set[str]:
    """Models of the app that say nothing about their changes: there must be none."""
    declared = set(_triggers)
    return {one.__name__ for one in apps.get_app_config("papers").get_models()} - {
        one.__name__ for one in declared
    }


def list_triggers() -> Iterator[tuple[str, Trigger]]:
    """Every declared trigger with its table.

    The tables between models (`ManyToManyField`) count as their model does.
    """
    for model, triggers in _triggers.items():
        own = (trigger for _, trigger in _apart.get(model, ()))
        yield from ((model._meta.db_table, trigger) for trigger in (*triggers, *own))
        for field in model._meta.local_many_to_many:
            for trigger in triggers:
                yield field.m2m_db_table(), trigger._replace(occasion=f"{_ANY} OR TRUNCATE")


def sync_triggers(using: str = "default", **_: Any) -> None:
    """Create the triggers that are declared and missing, drop those that are not declared."""
    declared = {(table, trigger.name): trigger for table, trigger in list_triggers()}
    with connections[using].cursor() as cursor:
        cursor.execute(_FUNCTION_EXISTS)
        if not cursor.fetchone():
            return  # The database is older than migration 0053.
        cursor.execute(_INSTALLED)
        installed = set(cursor.fetchall())
        for table, name in installed - set(declared):
            cursor.execute(f"DROP TRIGGER {name} ON {table}")
        for table, name in set(declared) - installed:
            one = declared[table, name]
            cursor.execute(
                f"CREATE TRIGGER {name} AFTER {one.occasion} ON {table} "
                f"FOR EACH {one.level} {one.condition} EXECUTE FUNCTION {one.call}"
            )


_FUNCTION_EXISTS = "SELECT 1 FROM pg_proc WHERE proname = 'papers_note_apart'"
_INSTALLED = """
    SELECT tgrelid::regclass::text, tgname FROM pg_trigger
    WHERE tgname LIKE 'note\\_%' AND NOT tgisinternal
"""
