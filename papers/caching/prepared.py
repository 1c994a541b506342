"""Reads that are put into SQL once and planned by the server once.

Putting a statement with some subqueries together costs the ORM several times what PostgreSQL
needs to answer it, and planning costs more than running. A prepared read is built once per kind
of viewer, with stand-ins where its keys go; calls fill in the keys and send a prepared statement.
What comes back is what the queryset would have given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from copy import copy
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache, wraps
from operator import attrgetter
from typing import Any

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import QuerySet

from papers import access
from papers.caching.result_cache import State, read_cached
from papers.models import Lab, Member

type Key = int | str | datetime | date | Sequence[int] | Sequence[str]

_FIRST = 7_770_000_000_000_000
"""Stand-ins for keys are this number and those after it: no table reaches them."""

_FIRST_DAY = date(7770, 1, 1)

# As PostgreSQL's driver writes them; a list of one number stands for a list of any length.
_STAND_IN = re.compile(
    r"IN \('?(?P<many>7770000000000\d\d\d)'?\)"  # quoted: an empty list of texts
    r"|ARRAY\[(?P<array>7770000000000\d\d\d)\]"
    r"|IN \('key (?P<texts>\d)'\)"
    r"|\b(?P<one>7770000000000\d\d\d)\b"
    r"|'key (?P<text>\d)'"
    r"|'7770-01-01 00:00:0(?P<moment>\d)\+00:00'::timestamptz"
    r"|'7770-01-0(?P<day>\d)'::date"
)
_LAB_FIELDS = tuple(field.attname for field in Lab._meta.concrete_fields)
_get_settings = attrgetter(*_LAB_FIELDS)


class PreparedRead:
    """A queryset whose statement is kept; `run` gives its rows for some keys.

    The queryset is built with stand-ins where its keys go; `column__in=[number(place)]` takes a
    list of numbers, `column__in=[text(place)]` one of texts. With `is_planned_once=False` the
    server plans each call for its own keys: where one plan for all keys would read a whole table.
    """

    def __init__(
        self, build: Callable[[], QuerySet[Any, Any]], *, is_planned_once: bool = True
    ) -> None:
        self.is_planned_once = is_planned_once
        self.places: list[tuple[int, bool]] = []
        self.sql = ""
        self.rows = build()
        self.compiler = self.rows.query.get_compiler(connection=connection)
        try:
            sql, values = self.compiler.as_sql()
        except EmptyResultSet:
            return
        shown = self.compiler.select[: self.compiler.col_count]
        self.converters = self.compiler.get_converters([one for one, *_ in shown])
        whole = connection.ops.compose_sql(sql, values).replace("%", "%%")  # type: ignore[attr-defined]
        self.sql = _STAND_IN.sub(self._take_stand_in, whole)

    def _take_stand_in(self, found: re.Match[str]) -> str:
        kind = str(found.lastgroup)
        value = int(found[kind])
        place = value - _FIRST if value >= _FIRST else value - (kind == "day")
        self.places.append((place, kind in {"many", "array", "texts"}))
        forms = {"many": "= ANY(%s)", "array": "%s::bigint[]", "texts": "= ANY(%s::text[])"}
        return forms.get(kind, "%s")

    def run(self, *keys: Key, state: State | None = None) -> list[Any]:
        """The rows for these keys; one statement, none where access shows nothing, nor where
        the answer given before in this state still holds."""
        if not self.sql:
            return []
        values = [
            [keys[place]] if is_list and isinstance(keys[place], int | str) else keys[place]
            for place, is_list in self.places
        ]

        def fetch() -> list[tuple[Any, ...]]:
            with open_cursor(is_planned_once=self.is_planned_once) as cursor:
                cursor.execute(self.sql, values)
                found: list[tuple[Any, ...]] = cursor.fetchall()
            return found

        found = read_cached(self.sql, values, state, fetch)
        compiler = copy(self.compiler)
        compiler.connection = connections[connection.alias]
        compiler.get_converters = lambda _: self.converters
        compiler.execute_sql = lambda *_, **__: [found]
        rows = self.rows._chain()  # type: ignore[attr-defined]
        rows.query.get_compiler = lambda *_, **__: compiler
        return list(rows._iterable_class(rows))


def number(place: int) -> int:
    """What stands for the number, or the list of numbers, at this place among the keys."""
    return _FIRST + place


def text(place: int) -> str:
    """What stands for the text at this place among the keys."""
    return f"key {place}"


def moment(place: int) -> datetime:
    """What stands for the instant at this place among the keys."""
    return datetime.combine(_FIRST_DAY, time(second=place), UTC)


def day(place: int) -> date:
    """What stands for the day at this place among the keys."""
    return _FIRST_DAY + timedelta(days=place)


def _stand_in(kind: type, place: int) -> Key:
    makers: dict[type, Callable[[int], Key]] = {str: text, datetime: moment, date: day}
    return makers.get(kind, number)(place)


def prepared[Row](
    build: Callable[..., QuerySet[Any, Row]], *, is_planned_once: bool = True
) -> Callable[..., list[Row]]:
    """Make `build(viewer, lab, *keys, **shape)`, which gives a queryset, a prepared read of rows.

    It is called once for each kind of viewer (role, or stranger), settings of the lab and shape,
    with stand-ins for the member and for the keys: it must not look into them. For a list of keys
    it gets the stand-in of one, to be used as `column__in=[key]`.
    """

    @lru_cache(maxsize=64)
    def make(
        who: tuple[str, bool] | None,
        settings: tuple[Hashable, ...],
        kinds: tuple[type, ...],
        shape: tuple[tuple[str, Hashable], ...],
    ) -> PreparedRead:
        lab = Lab(**dict(zip(_LAB_FIELDS, settings, strict=True)))
        viewer = _make_stand_in(*who) if who else None
        keys = [_stand_in(kind, place) for place, kind in enumerate(kinds, start=1)]
        return PreparedRead(
            lambda: build(viewer, lab, *keys, **dict(shape)), is_planned_once=is_planned_once
        )

    @wraps(build)
    def read(
        viewer: access.Viewer,
        lab: Lab,
        *keys: Key,
        state: State | None = None,
        **shape: Hashable,
    ) -> list[Row]:
        member = access.get_member(viewer)
        who = (member.role, member.is_superuser) if member else None
        one = make(who, _get_settings(lab), tuple(map(_get_kind, keys)), tuple(shape.items()))
        return one.run(member.pk if member else 0, *keys, state=state)

    return read


def _get_kind(key: Key) -> type:
    """The key's type; of a list the type of what it holds."""
    if isinstance(key, str) or not isinstance(key, Sequence):
        return type(key)
    return type(key[0]) if key else int


def _make_stand_in(role: str, is_superuser: bool) -> Member:
    state = Member.State.ACTIVE
    return Member(pk=number(0), role=role, is_superuser=is_superuser, state=state, is_active=True)


class _PreparedCursor(psycopg.Cursor[Any]):
    def execute(self, query: Any, params: Any = None, **_: Any) -> Any:
        return super().execute(query, params, prepare=True)


class _PlanningCursor(psycopg.Cursor[Any]):
    def execute(self, query: Any, params: Any = None, **_: Any) -> Any:
        return super().execute(query, params, prepare=False)


class _LearningCursor(psycopg.Cursor[Any]):
    """Prepares what it is asked again and again (`prepare_threshold` in the settings)."""


def open_cursor(*, is_learning: bool = False, is_planned_once: bool = True) -> Any:
    """A cursor whose statements are planned once; where statements are listed (tests), one that
    shows their values. The server binds: a value whose type is not plain needs a cast.

    A learning cursor plans once only what comes again and again, word for word.
    """
    if connection.queries_logged:
        return connection.cursor()
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    kind: type[psycopg.Cursor[Any]] = _PreparedCursor if is_planned_once else _PlanningCursor
    if is_learning:
        kind = _LearningCursor
    return connection._prepare_cursor(kind(connection.connection))  # type: ignore[attr-defined]
