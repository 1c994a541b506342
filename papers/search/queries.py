"""Finding papers: from a search as typed to the keys of papers, counts and facets.

One statement per search (`sql.statement`), bounded in time: what takes too long is looked for among
the newest papers only, and the page says so. Inside someone else's transaction there is no bound,
because a statement that is stopped would take the transaction down with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import OperationalError, connection
from psycopg.errors import QueryCanceled

from papers import access
from papers.caching.prepared import open_cursor
from papers.caching.result_cache import State, read_cached
from papers.models import Lab
from papers.search.facets import facets_sql, make_facets
from papers.search.language.parser import parse
from papers.search.language.query_tree import And, Node, Query, Word
from papers.search.language.remarks import Remark, Sentence, gettext_noop
from papers.search.results import COUNT_LIMIT, Count, Found
from papers.search.spelling import suggest
from papers.search.sql.conditions import Condition, make_condition, relax, visible_docs
from papers.search.sql.page_keys import Key, micros
from papers.search.sql.statement import Statement
from papers.text.tokens import is_stop_word

PAGE = 50
TIME_LIMIT = 800
"""Milliseconds after which a search looks among the newest papers only."""

WHOLE_LIMIT = 8_000
"""Milliseconds for finding all that answers, which nobody does while typing."""

# The planner takes reading a row's words for free and would rather read them all.
_BOUND = "SET LOCAL statement_timeout = {}; SET LOCAL jit = off; SET LOCAL enable_seqscan = off; "
_CUT_SHORT = Remark(
    Sentence(
        gettext_noop(
            "This search is slow, so only the newest 2,000 papers were searched. "
            "Try a rarer word or a filter."
        )
    )
)
_RELAXED = Remark(
    Sentence(gettext_noop("No exact matches. These papers match some of your words."))
)


@dataclass(frozen=True)
class SearchRequest:
    """Who asks, and for how much; with a state of the database, answers are kept."""

    by: access.Viewer
    lab: Lab
    today: date
    limit: int
    with_facets: bool
    state: State | None


def find_papers(
    search: Query | str,
    *,
    by: access.Viewer,
    lab: Lab,
    today: date,
    after: str = "",
    limit: int = PAGE,
    typing: bool = False,
    with_facets: bool = False,
    state: State | None = None,
) -> Found:
    """One page of papers that answer a search, as this viewer may see them.

    `search` is a text as typed or a query. `after` is `Found.after` of the page before; anything
    else is taken for the first page. With `typing` the last word may be unfinished. Best match
    comes first where there are words, else the newest; `sort:` says otherwise.
    """
    remarks: tuple[Remark, ...] = ()
    if isinstance(search, str):
        parsed = parse(search)
        search, remarks = parsed.query, parsed.remarks
    asked = SearchRequest(by, lab, today, limit, with_facets, state)
    started = _unfinished(search) if typing else search
    found = _find(started, Key.read(after), asked, shown=search)
    if not found.count.number:
        found = _rescue(found, asked, Key.read(after), shown=search)
    is_unfinished = found.is_unfinished or started != search
    remarks = (*remarks, *found.remarks)
    return replace(found, query=search, remarks=remarks, is_unfinished=is_unfinished)


class SearchTooLong(Exception):
    """All that answers could not be found in time."""


def list_matches(
    text: str, *, by: access.Viewer, lab: Lab, today: date, most: int, typing: bool = False
) -> tuple[list[int], tuple[Remark, ...]]:
    """The keys of all papers that answer a search, newest first, up to `most`, and what was not
    understood. Nothing is relaxed or mended. Raises SearchTooLong."""
    parsed = parse(text)
    query = _unfinished(parsed.query) if typing else parsed.query
    visible = visible_docs(by, lab)
    if visible is None:
        return [], ()
    condition = make_condition(query, by=by, lab=lab, today=today)
    statement = Statement(condition, visible, "new", most)
    limit = 0 if connection.in_atomic_block else WHOLE_LIMIT
    try:
        rows = _execute(statement.build_keys(), statement.values, limit=limit)
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        raise SearchTooLong from error
    return [row[0] for row in rows], (*parsed.remarks, *condition.remarks)


def _find(query: Query, after: Key | None, asked: SearchRequest, *, shown: Query) -> Found:
    """`shown` is the query as it stands in the box: the links of the facets are made from it."""
    visible = visible_docs(asked.by, asked.lab)
    if visible is None:
        return Found(query, [], Count(0))
    condition = make_condition(query, by=asked.by, lab=asked.lab, today=asked.today)
    sort = _get_sort(query, condition, asked.by)
    statement = Statement(condition, visible, sort, asked.limit, after)
    if asked.with_facets:
        statement.facets = facets_sql(asked.by, statement.value(asked.today, "::date"))
    rows, is_cut_short = _run(statement, asked.state)
    found = replace(_make_found(rows, shown, sort, asked.limit), query=query)
    if is_cut_short:
        return replace(found, is_cut_short=True, remarks=(*condition.remarks, _CUT_SHORT))
    return replace(found, remarks=condition.remarks)


def _get_sort(query: Query, condition: Condition, by: access.Viewer) -> str:
    """The order asked for, if it makes sense here; strangers do not see votes."""
    if query.sort in {"", "best"}:
        return "best" if condition.words else "new"
    return "new" if query.sort == "votes" and not access.get_member(by) else query.sort


def _run(statement: Statement, state: State | None) -> tuple[list[tuple[Any, ...]], bool]:
    sql = statement.build()
    is_bounded = statement.condition.reads_words and not connection.in_atomic_block
    limit = TIME_LIMIT if is_bounded else 0

    def read() -> list[tuple[Any, ...]]:
        return _execute(sql, statement.values, limit=limit)

    try:
        return read_cached(sql, statement.values, state, read), False
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
    statement.only_newest = True
    return _execute(statement.build(), statement.values), True


def _execute(sql: str, values: dict[str, Any], *, limit: int = 0) -> list[tuple[Any, ...]]:
    """Run a statement; with a limit of milliseconds, in one transaction with that setting."""
    if not limit:
        whole = connection.ops.compose_sql(sql, values)  # type: ignore[attr-defined]
        with open_cursor(is_learning=True) as cursor:
            cursor.execute(whole.replace("%", "%%"), ())
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
    with connection.cursor() as cursor:
        cursor.execute(_BOUND.format(limit) + sql, values)
        while cursor.description is None and cursor.nextset():
            pass
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _make_found(rows: list[tuple[Any, ...]], query: Query, sort: str, limit: int) -> Found:
    number, ranked, is_cut, facet_rows = rows[0][3:]
    page = [row for row in rows if row[0] is not None]
    count = Count(min(number, COUNT_LIMIT), number > COUNT_LIMIT or (is_cut and number > 0))
    after = ""
    if len(page) > limit:
        paper, key, added = page[limit - 1][:3]
        after = str(Key(key, micros(added), paper))
    return Found(
        query,
        [row[0] for row in page[:limit]],
        count,
        after,
        sort=sort,
        ranked=None if ranked is None or ranked == number else ranked,
        facets=make_facets(facet_rows or [], query, is_capped=count.is_capped),
    )


def _unfinished(query: Query) -> Query:
    """The query with its last word as the start of a word; "all" behind other words is whole."""
    parts: tuple[Node, ...] = query.root.parts if isinstance(query.root, And) else (query.root,)
    if not parts or not isinstance(parts[-1], Word):
        return query
    if len(parts) > 1 and is_stop_word(parts[-1].text.casefold()):
        return query
    last = replace(parts[-1], prefix=True)
    return replace(query, root=And((*parts[:-1], last)) if len(parts) > 1 else last)


def _rescue(found: Found, asked: SearchRequest, after: Key | None, *, shown: Query) -> Found:
    """Nothing was found: mend the spelling, take the last word for the start of one, and show
    what has some of the words."""
    mended = suggest(found.query)
    suggestion = mended.text if mended else ""
    for looser, is_relaxed in ((_unfinished(found.query), False), (relax(found.query), True)):
        if looser == found.query:
            continue
        again = _find(looser, after, asked, shown=looser if is_relaxed else shown)
        if again.count.number:
            remarks = (*found.remarks, _RELAXED) if is_relaxed else found.remarks
            return replace(
                again,
                suggestion=suggestion,
                is_relaxed=is_relaxed,
                is_unfinished=not is_relaxed,
                remarks=remarks,
            )
    return replace(found, suggestion=suggestion)
