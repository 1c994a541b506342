"""Results of statements, which hold until a table changes that the statement names.

Counting a lab's papers for the catalogue reads all of them, and nearly all that a lab writes
(comments, drafts, votes, minutes) changes no such count. A result is cached under the statement,
its values, and the counts (`papers.models.change_counts.Apart`) of the tables that it names. One
that names a table without such a count is never cached, so whoever adds a table to a statement
loses speed, not truth. The counts were read before the result: it may be newer than they are,
never older.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pickle import dumps, loads
from typing import Any, NamedTuple

from papers.caching import cache_store
from papers.models.change_counts import Apart, map_apart

type Rows = list[tuple[Any, ...]]

_TABLE = re.compile(r"\bpapers_[a-z_]+")
_READS_WORDS = re.compile("@@|ts_rank")
"""What asks for the words of the index, not only for the column among others."""


class State(NamedTuple):
    """What the database counted: for the lab and one viewer, and apart for some tables.

    `since` is the server's start and `table` the number of the table of counts: a database that
    is set back to an earlier day counts anew.
    """

    changes: int
    since: datetime
    table: int
    apart: dict[int, int]


def read_cached(sql: str, values: object, state: State | None, read: Callable[[], Rows]) -> Rows:
    """The rows that `read` gives for this statement and its values, or those that it gave before.

    The statement must not look at the clock. Without a state (inside a transaction, or where the
    request itself may have written) the rows are always read.
    """
    counts = _find_counts(sql)
    if state is None or not counts:
        return read()
    counted = [state.apart.get(count, 0) for count in counts]
    key = cache_store.make_key(sql, values, state.since, state.table, counted)
    packed = cache_store.get_entry(key, bytes)
    if packed is not None:
        rows: Rows = loads(packed)  # noqa: S301 (packed below, in this process)
        return rows
    rows = read()
    cache_store.store_entry(key, dumps(rows, 5))
    return rows


@lru_cache(maxsize=512)
def _find_counts(sql: str) -> tuple[Apart, ...]:
    """The counts of the tables that a statement names; none where one of them has no count."""
    known, counts = map_apart(), set[Apart]()
    for table in _TABLE.findall(sql):
        if table not in known:
            return ()
        counts |= known[table]
    if not _READS_WORDS.search(sql):
        counts.discard(Apart.WORDS)
    return tuple(sorted(counts))
