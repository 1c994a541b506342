"""Which tables count their changes: what page validators (`papers.caching.validators`) rest on.

Each model says so itself, by one of three decorators. After every migration the triggers in the
database are made to agree; the functions that they call stand in migration 0016.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from django.apps import apps
from django.db import connections, models

_ANY = "INSERT OR UPDATE OR DELETE"
_LAB = ("note_change", "papers_note_change", "STATEMENT")
_OWN = ("note_own", "papers_note_own_change", "ROW")

_triggers: dict[type[models.Model], list[tuple[str, str, str, str]]] = {}
"""By model: the name of each trigger, its function, its level and when it fires."""


class Declare(Protocol):
    """A decorator of models."""

    def __call__[M: models.Model](self, model: type[M], /) -> type[M]: ...


def counts_changes(*columns: str) -> Declare:
    """Every change of the table, or of these columns, counts for the whole lab."""
    of = f" OF {', '.join(columns)}" if columns else ""
    return _declare((*_LAB, f"INSERT OR UPDATE{of} OR DELETE OR TRUNCATE"))


def counts_own_changes[M: models.Model](model: type[M]) -> type[M]:
    """A change counts for the row's `member` alone: nobody else is shown it."""
    return _declare((*_OWN, _ANY), (*_LAB, "TRUNCATE"))(model)


def counts_nothing[M: models.Model](model: type[M]) -> type[M]:
    """No page with a validator shows this table."""
    return _declare()(model)


def _declare(*triggers: tuple[str, str, str, str]) -> Declare:
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


def list_triggers() -> Iterator[tuple[str, str, str, str, str]]:
    """Table, name, function, level and occasion of every declared trigger.

    The tables between models (`ManyToManyField`) count as their model does.
    """
    for model, triggers in _triggers.items():
        between = [field.m2m_db_table() for field in model._meta.local_many_to_many]
        for table in (model._meta.db_table, *between):
            for name, function, level, occasion in triggers:
                plain = occasion if table == model._meta.db_table else f"{_ANY} OR TRUNCATE"
                yield table, name, function, level, plain


def sync_triggers(using: str = "default", **_: Any) -> None:
    """Create the triggers that are declared and missing, drop those that are not declared."""
    declared = {(table, name): rest for table, name, *rest in list_triggers()}
    with connections[using].cursor() as cursor:
        cursor.execute(_FUNCTION_EXISTS)
        if not cursor.fetchone():
            return  # The database is older than migration 0016.
        cursor.execute(_INSTALLED)
        installed = set(cursor.fetchall())
        for table, name in installed - set(declared):
            cursor.execute(f"DROP TRIGGER {name} ON {table}")
        for table, name in set(declared) - installed:
            function, level, occasion = declared[table, name]
            cursor.execute(
                f"CREATE TRIGGER {name} AFTER {occasion} ON {table} "
                f"FOR EACH {level} EXECUTE FUNCTION {function}()"
            )


_FUNCTION_EXISTS = "SELECT 1 FROM pg_proc WHERE proname = 'papers_note_change'"
_INSTALLED = """
    SELECT tgrelid::regclass::text, tgname FROM pg_trigger
    WHERE tgname IN ('note_change', 'note_own') AND NOT tgisinternal
"""
