"""The one SQL statement that answers a search: matches, order, count and facets.

m        what matches. For words it is never limited: PostgreSQL would then walk the newest
         papers one by one in the hope of a match. Only in a lab of more papers than are counted,
         when a probe of the newest shows that the words are very common, is that the quick way,
         and done on purpose.
titled   matches in the title, so that an old paper named exactly so is not left out of
ranked   the newest matches, which are the ones that are ranked
page     one page in the asked order, after a key
newest   the newest matches, over which facets are counted
"""

# ruff: noqa: S608 (the text is made of constants; every value is a named parameter)

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Q

from papers.models import SearchDoc
from papers.search.results import COUNT_LIMIT
from papers.search.sql.conditions import Condition, Words
from papers.search.sql.page_keys import Key, at_micros

RANKED = 300
TITLED = 200
COUNTED = COUNT_LIMIT + 1
"""So many are read, and no more: in a lab of no more papers every count is exact."""

LATEST = 2_000
PROBED = 200
COMMON = 40
WALKED = 5_000
WALKED_MATCHES = 1_000

_COLUMNS = (
    "paper_id", "added_at", "year", "venue", "topics", "reviewers", "reviewed_at", "spread",
    "words",
)  # fmt: skip
_LIST = ", ".join(_COLUMNS)
_NEWEST = "ORDER BY added_at DESC, paper_id DESC"
_WEIGHTS = "'{0.1, 0.35, 0.6, 1.0}'"
# Votes count since the paper was last discussed: then its nomination closes.
_VOTED = """SELECT r.*, COALESCE(c.votes, 0) AS votes FROM {rows} r LEFT JOIN (
    SELECT n.paper_id, count(*) AS votes FROM papers_nomination n
    JOIN papers_vote v ON v.nomination_id = n.id WHERE n.closed_at IS NULL GROUP BY n.paper_id
  ) c USING (paper_id)"""
_KEY = ("key", "added_at", "paper_id")


@dataclass
class Statement:
    """Builds the SQL text; every value is named, so that parts may stand in any order."""

    condition: Condition
    visible: Q
    sort: str
    limit: int
    after: Key | None = None
    facets: str = ""
    only_newest: bool = False
    values: dict[str, Any] = field(default_factory=dict)

    def build(self) -> str:
        """The SQL; its values stand in `values` afterwards."""
        parts = [*self._matches(), *self._ranked(), self._page()]
        if self.facets:
            cut = f"{_NEWEST} LIMIT {COUNTED}" if self._words else ""  # else m is cut already
            parts.append(f"newest AS {'MATERIALIZED' if cut else ''} (SELECT * FROM m {cut})")
        order = ", ".join(f"page.{name} {self._direction}" for name in _KEY)
        ranked = "(SELECT count(*) FROM ranked)" if self.sort == "best" else "NULL::bigint"
        # The facets stand in the first row only: to read them in every row costs more than to find.
        return f"""WITH {", ".join(parts)}
SELECT page.paper_id, page.key, page.added_at, total.number, total.ranked, total.is_cut,
  CASE WHEN row_number() OVER (ORDER BY {order}) = 1 THEN total.facets END
FROM (SELECT (SELECT count(*) FROM m), {ranked}, {self._is_cut()}, {self.facets or "NULL::json"})
  total (number, ranked, is_cut, facets)
LEFT JOIN page ON true ORDER BY {order}"""

    def build_keys(self) -> str:
        """The SQL for the keys of all that matches, newest first, as many as the limit says."""
        rows = self._rows(self.condition.whole)
        return f"SELECT m.paper_id FROM ({rows}) m {_NEWEST} LIMIT {self.limit}"

    def value(self, value: Any, cast: str = "") -> str:
        """A place for a value."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f"%({name})s{cast}"

    @property
    def _direction(self) -> str:
        return "ASC" if self.sort == "old" else "DESC"

    @property
    def _words(self) -> Words | None:
        return self.condition.words

    @property
    def _may_walk(self) -> bool:
        """Only where the newest papers tell how common a match is: words without filters."""
        alone = not self.condition.filters and not self.visible
        return self._words is not None and alone and self.sort in {"best", "new"}

    def _matches(self) -> list[str]:
        if self.only_newest:
            newest = self._walk(LATEST, LATEST) if self._may_walk else self._among_newest()
            return [f"m AS MATERIALIZED ({newest})"]
        if self._words is None:
            rows = f"{self._rows(self.condition.filters)} {_NEWEST} LIMIT {COUNTED}"
            return [f"m AS MATERIALIZED ({rows})"]
        if not self._may_walk:
            return [f"m AS MATERIALIZED ({self._rows(self.condition.whole)})"]
        return [self._probe(), self._walk_or_match()]

    def _probe(self) -> str:
        return f"""probe AS MATERIALIZED (
  SELECT count(*) FILTER (WHERE {self._has(self._words)}) >= {COMMON}
    AND EXISTS (SELECT FROM papers_searchdoc OFFSET {COUNT_LIMIT}) AS is_common
  FROM (SELECT {_LIST} FROM papers_searchdoc {_NEWEST} LIMIT {PROBED}) d)"""

    def _walk_or_match(self) -> str:
        return f"""m AS MATERIALIZED (
  SELECT {_LIST} FROM papers_searchdoc d
  WHERE NOT (SELECT is_common FROM probe) AND {self._has(self._words)}
  UNION ALL
  SELECT * FROM ({self._walk(WALKED, WALKED_MATCHES)}) w WHERE (SELECT is_common FROM probe))"""

    def _walk(self, walked: int, limit: int) -> str:
        # A search that was cut short goes on where the page before ended.
        start = f"WHERE {self._is_later()}" if self.only_newest else ""
        return f"""SELECT {_LIST} FROM (
    SELECT {_LIST} FROM papers_searchdoc {start} {_NEWEST} LIMIT {walked}) d
  WHERE {self._has(self._words)} LIMIT {limit}"""

    def _among_newest(self) -> str:
        newest = SearchDoc.objects.order_by("-added_at", "-pk").values("pk")[:LATEST]
        return self._rows(self.condition.whole & Q(pk__in=newest))

    def _ranked(self) -> list[str]:
        if self.sort != "best":
            return []
        titled = self._titled()
        sources = [f"(SELECT {_LIST} FROM m {_NEWEST} LIMIT {RANKED})"]
        if titled:
            sources.append(f"SELECT {_LIST} FROM titled")
        ranked = f"""ranked AS (
  SELECT paper_id, added_at, {self._rank()} AS key
  FROM (SELECT DISTINCT ON (paper_id) * FROM ({" UNION ALL ".join(sources)}) c) d)"""
        return [*titled, ranked]

    def _titled(self) -> list[str]:
        title = self.condition.title
        if not title:
            return []
        also = self.condition.filters & Q(words__matches=title)
        rows = self._rows(also & self.condition.matches(self._words))
        # OFFSET keeps PostgreSQL from walking the newest papers until enough titles match.
        return [
            f"""titled AS MATERIALIZED (SELECT * FROM ({rows} OFFSET 0) t
  WHERE (SELECT count(*) FROM m) > {RANKED} {_NEWEST} LIMIT {TITLED})"""
        ]

    def _rank(self) -> str:
        words = self._words
        if words is None:
            return "0"
        heard = self._cover(words.heard)
        if not self.condition.closed:
            return heard
        hidden = self.value(list(self.condition.closed), "::bigint[]")
        return (
            f"CASE WHEN paper_id = ANY({hidden}) THEN {self._cover(words.closed)} ELSE {heard} END"
        )

    def _cover(self, query: str) -> str:
        place = self.value(query, "::tsquery")
        return f"(ts_rank_cd({_WEIGHTS}, words, {place}, 1) * 1000000)::bigint"

    def _page(self) -> str:
        key, columns, source = self._order()
        sign = "<" if self._direction == "DESC" else ">"
        order = ", ".join(f"{column} {self._direction}" for column in columns)
        after = (
            f"WHERE ({', '.join(columns)}) {sign} {self._after(len(columns))}" if self.after else ""
        )
        return f"""page AS (
  SELECT paper_id, {key} AS key, added_at
  FROM {source} d {after} ORDER BY {order} LIMIT {self.limit + 1})"""

    def _order(self) -> tuple[str, list[str], str]:
        """What the key is, the columns of the order, and the rows that are ordered."""
        last = ["added_at", "paper_id"]
        match self.sort:
            case "best":
                return "key", ["key", *last], "ranked"
            case "year":
                return "year", ["year", *last], self._source()
            case "reviewed":
                key = "(extract(epoch FROM reviewed_at) * 1000000)::bigint"
                return key, ["reviewed_at", *last], self._source()
            case "disagreement":
                return self._spread(), [self._spread(), *last], self._source()
            case "votes":
                return "votes", ["votes", *last], f"({_VOTED.format(rows=self._source())})"
            case _:
                return "0", last, self._source()

    def _spread(self) -> str:
        if not self.condition.closed:
            return "spread"
        hidden = self.value(list(self.condition.closed), "::bigint[]")
        return f"(CASE WHEN paper_id = ANY({hidden}) THEN 0 ELSE spread END)"

    def _source(self) -> str:
        """Words were matched already; filters are walked in the order asked for. Of common words
        only the newest matches were: later pages walk on from where they begin."""
        if self.after and self.sort == "new" and self._may_walk and not self.only_newest:
            return f"""(SELECT * FROM m WHERE NOT (SELECT is_common FROM probe)
  UNION ALL SELECT * FROM (
    SELECT {_LIST} FROM papers_searchdoc d WHERE {self._is_later()} AND {self._has(self._words)}
    {_NEWEST} LIMIT {self.limit + 1}) w WHERE (SELECT is_common FROM probe))"""
        if self._words or self.only_newest or (self.sort == "new" and not self.after):
            return "m"
        return f"({self._rows(self.condition.filters)})"

    def _after(self, columns: int) -> str:
        assert self.after is not None  # noqa: S101
        added = self.value(at_micros(self.after.added), "::timestamptz")
        paper = self.value(self.after.paper, "::bigint")
        if columns == 2:
            return f"({added}, {paper})"
        if self.sort == "reviewed":
            return f"({self.value(at_micros(self.after.value), '::timestamptz')}, {added}, {paper})"
        return f"({self.value(self.after.value, '::bigint')}, {added}, {paper})"

    def _is_later(self) -> str:
        """The condition to come after the page before, where the newest come first."""
        if not (self.after and self.sort == "new"):
            return "true"
        return f"(added_at, paper_id) < {self._after(2)}"

    def _is_cut(self) -> str:
        """Whether the count is only of the newest papers."""
        if self.only_newest:
            return "true"
        if not (self._words and self._may_walk):
            return "false"
        return "(SELECT is_common FROM probe)"

    def _has(self, words: Words | None) -> str:
        """The condition on a row `d` to have these words."""
        if words is None:
            return "true"
        heard = f"d.words @@ {self.value(words.heard, '::tsquery')}"
        if not self.condition.closed:
            return heard
        hidden = f"d.paper_id = ANY({self.value(list(self.condition.closed), '::bigint[]')})"
        closed = f"d.words @@ {self.value(words.closed, '::tsquery')}"
        return f"(({heard} AND NOT {hidden}) OR ({hidden} AND {closed}))"

    def _rows(self, condition: Q) -> str:
        """Rows of the index under a Django condition, with its values renamed to ours."""
        rows = SearchDoc.objects.filter(self.visible, condition).order_by().values_list(*_COLUMNS)
        try:
            sql, values = rows.query.sql_with_params()
        except EmptyResultSet:
            return f"SELECT {_LIST} FROM papers_searchdoc WHERE false"
        left = iter(values)
        return re.sub("%[s%]", lambda sign: self._renamed(sign.group(), left), sql)

    def _renamed(self, sign: str, values: Iterator[Any]) -> str:
        return self.value(next(values)) if sign == "%s" else sign
