"""Keeps the search index true: called in the transaction that changes a row.

Two statements per call, whatever the number of papers: one gathers all that can be searched of
them, one writes it. Drafts are never read here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db import connection, transaction
from procrastinate.contrib.django import app

from papers.caching.prepared import open_cursor
from papers.models import Paper
from papers.models.search import NEVER
from papers.search.index.lexemes import AFTER_REVIEWS, REVIEWS, TALK, Lexemes
from papers.text import tokens
from papers.text.sections import TAKEAWAY, TEXT_KEYS, TEXTS
from papers.text.series import read_series

BATCH = 500
STEP = 100

REFRESHING = "papers.refresh_index"
"""The job's name; papers.tasks binds it."""

VERDICT_STEPS = {"skip": 0, "watch": 1, "try": 2, "adopt": 3}

# Each subquery gives one JSON array per paper. Ancestors of a topic are found by the beginnings
# of its path, which is a unique index.
_TEXTS = ", ".join(f"r.{key}" for key in TEXT_KEYS)
_GATHER = f"""
SELECT p.id, p.title, p.authors, p.abstract, p.venue, p.year, p."group", p.note, p.added_at,
  (SELECT json_agg(i.value ORDER BY i.id) FROM papers_identifier i WHERE i.paper_id = p.id),
  (SELECT json_agg(DISTINCT jsonb_build_array(a.id, a.name))
     FROM papers_listing l JOIN papers_topic t ON t.id = l.topic_id
     CROSS JOIN LATERAL generate_series(1, cardinality(string_to_array(t.path, '/'))) n
     JOIN papers_topic a
       ON a.path = array_to_string((string_to_array(t.path, '/'))[1:n], '/')
    WHERE l.paper_id = p.id),
  (SELECT json_agg(l.note ORDER BY l.id) FROM papers_listing l
    WHERE l.paper_id = p.id AND l.note <> ''),
  (SELECT json_agg(json_build_array(r.member_id, r.published_at, r.verdict, {_TEXTS})
                   ORDER BY r.published_at, r.id)
     FROM papers_review r WHERE r.paper_id = p.id AND r.deleted_at IS NULL),
  (SELECT json_agg(json_build_array(e.review_id IS NOT NULL,
                                    concat_ws(E'\\n', e.title, e.hypothesis, e.plan, e.outcome))
                   ORDER BY e.id)
     FROM papers_experiment e LEFT JOIN papers_review r ON r.id = e.review_id
    WHERE e.paper_id = p.id AND r.deleted_at IS NULL),
  (SELECT json_agg(json_build_array(s.hidden, s.body) ORDER BY s.id) FROM (
     SELECT c.id, false AS hidden, c.body FROM papers_comment c
      WHERE c.paper_id = p.id AND c.deleted_at IS NULL
     UNION ALL
     SELECT c.id, true, c.body FROM papers_comment c JOIN papers_review r ON r.id = c.review_id
      WHERE r.paper_id = p.id AND r.deleted_at IS NULL AND c.deleted_at IS NULL
     UNION ALL
     SELECT c.id, e.review_id IS NOT NULL, c.body
       FROM papers_comment c JOIN papers_experiment e ON e.id = c.experiment_id
       LEFT JOIN papers_review r ON r.id = e.review_id
      WHERE e.paper_id = p.id AND r.deleted_at IS NULL AND c.deleted_at IS NULL) s),
  (SELECT max(r.published_at) FROM papers_review r
    WHERE r.paper_id = p.id AND r.deleted_at IS NULL)
FROM papers_paper p WHERE p.id = ANY(%s) AND p.archived_at IS NULL ORDER BY p.id
"""  # noqa: S608 (names of columns)

_COLUMNS = "paper_id, added_at, year, venue, topics, reviewers, reviewed_at, spread, words"
# One array for each column: a placeholder for each value costs more than writing the rows.
_ROWS = """
SELECT paper_id, added_at, year, venue, topics::bigint[], reviewers::bigint[], reviewed_at, spread,
  words::tsvector
FROM unnest(%s::bigint[], %s::timestamptz[], %s::smallint[], %s::text[], %s::text[], %s::text[],
            %s::timestamptz[], %s::smallint[], %s::text[])
  AS found (paper_id, added_at, year, venue, topics, reviewers, reviewed_at, spread, words)
"""
_CHANGES = ", ".join(f"{name} = EXCLUDED.{name}" for name in _COLUMNS.split(", ")[1:])
_WRITE = f"""
WITH met AS (
  INSERT INTO papers_searchword (word, papers) SELECT unnest(%s::text[]), 1
  ON CONFLICT DO NOTHING)
INSERT INTO papers_searchdoc ({_COLUMNS}) {_ROWS}
ON CONFLICT (paper_id) DO UPDATE SET {_CHANGES}
"""


@dataclass(frozen=True)
class Doc:
    """What stands in the index for one paper, and the words that may be suggested from it."""

    row: tuple[Any, ...]
    vocabulary: frozenset[str]


def refresh(papers: Iterable[int]) -> None:
    """Index these papers anew; a paper that is gone or archived has no row."""
    for batch in batched(sorted(set(papers)), BATCH):
        docs = list(make_docs(batch))
        if docs:
            _write(docs)


def refresh_soon(papers: Iterable[int]) -> bool:
    """Index a few papers now (True), many by a job that this transaction queues (False).

    The rows of the index stay locked until a transaction ends: for thousands of papers everybody
    who writes about one of them would wait.
    """
    keys = sorted(set(papers))
    if len(keys) <= BATCH:
        refresh(keys)
        return True
    app.configure_task(REFRESHING).defer(papers=[*keys])
    return False


def refresh_in_steps(papers: Iterable[int]) -> None:
    """Index these papers anew, few at a time in a transaction of their own; twice is once."""
    for batch in batched(sorted(set(papers)), STEP):
        with transaction.atomic():
            refresh(batch)


def make_docs(papers: Sequence[int]) -> Iterator[Doc]:
    """What the index should hold for these papers."""
    with open_cursor() as cursor:
        cursor.execute(_GATHER, [list(papers)])
        rows = cursor.fetchall()
    for row in rows:
        yield _make_doc(*row)


def find_drift(papers: Sequence[int]) -> list[int]:
    """The papers among these whose row is missing or is not what it should be."""
    wanted = {doc.row[0]: doc for doc in make_docs(papers)}
    if not wanted:
        return []
    same = " AND ".join(f"d.{name} = w.{name}" for name in _COLUMNS.split(", "))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT w.paper_id FROM ({_ROWS}) w "  # noqa: S608
            f"WHERE NOT EXISTS (SELECT FROM papers_searchdoc d WHERE {same})",
            _columns(wanted.values()),
        )
        return sorted(row[0] for row in cursor.fetchall())


def count_words() -> int:
    """Write anew how many papers have each word that may be suggested; returns the words."""
    counts: dict[str, int] = {}
    for batch in batched(Paper.objects.order_by("pk").values_list("pk", flat=True), BATCH):
        for doc in make_docs(batch):
            for word in doc.vocabulary:
                counts[word] = counts.get(word, 0) + 1
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM papers_searchword")
        cursor.execute(
            "INSERT INTO papers_searchword (word, papers) "
            "SELECT * FROM unnest(%s::text[], %s::int[])",
            [list(counts), list(counts.values())],
        )
    return len(counts)


_FORGET = """
DELETE FROM papers_searchword s USING unnest(%s::text[], %s::text[]) AS w (word, asked)
WHERE s.word = w.word AND NOT EXISTS (
  SELECT FROM papers_searchdoc d WHERE d.words @@ w.asked::tsquery AND d.paper_id <> %s)
"""


def forget_words(paper: int) -> None:
    """Suggest no word any more that only this paper has; called before the paper goes.

    A word that is written otherwise and has the same stem in another paper stays.
    """
    words = sorted(frozenset[str]().union(*(doc.vocabulary for doc in make_docs([paper]))))
    asked = [f"'{tokens.term(word)}' | 'b/{tokens.term(word)}'" for word in words]
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [words, asked, paper])


def _write(docs: Sequence[Doc]) -> None:
    # Sorted, so that two writers who meet the same new words cannot wait for each other.
    vocabulary = sorted(frozenset[str]().union(*(doc.vocabulary for doc in docs)))
    with open_cursor() as cursor:
        cursor.execute(_WRITE, [vocabulary, *_columns(docs)])


def _columns(docs: Iterable[Doc]) -> list[list[Any]]:
    return [list(column) for column in zip(*(doc.row for doc in docs), strict=True)]


def _make_doc(
    pk: int,
    title: str,
    authors: list[str],
    abstract: str,
    venue: str,
    year: int | None,
    group: str,
    note: str,
    added_at: Any,
    identifiers: list[str] | None,
    topics: list[tuple[int, str]] | None,
    listing_notes: list[str] | None,
    reviews: list[list[Any]] | None,
    experiments: list[tuple[bool, str]] | None,
    comments: list[tuple[bool, str]] | None,
    reviewed_at: Any,
) -> Doc:
    words = Lexemes()
    words.add(title, "A", "", "t/")
    for author in authors:
        words.add(author, "B", "", "a/")
    names = [name for _, name in topics or []]
    for text in (*names, group, note, str(year or ""), *(listing_notes or [])):
        words.add(text, "B", "")
    series = _add_venue(words, venue)
    words.add(abstract, "C", "b/")
    for value in identifiers or []:
        words.add_identifier(value)
    for review in reviews or []:
        _add_review(words, *review[3:])
    for hidden, text in (*(experiments or []), *(comments or [])):
        words.add(text, "D", AFTER_REVIEWS if hidden else TALK)
    row = (
        pk,
        added_at,
        year or 0,
        series,
        _array(topic for topic, _ in topics or []),
        _array(review[0] for review in reviews or []),
        reviewed_at or NEVER,
        _spread([review[2] for review in reviews or []]),
        words.print(),
    )
    return Doc(row, _vocabulary(words.met))


def _add_venue(words: Lexemes, venue: str) -> str:
    """File a venue as written and as the series that it is; returns the series."""
    words.add(venue, "B", "", "v/")
    series = read_series(venue)
    if series.is_known:
        words.add(series.name, "B", "", "v/")
        words.add_series(series.name)
    return series.name


def _add_review(words: Lexemes, *texts: str) -> None:
    for section, text in zip(TEXTS, texts, strict=True):
        weight = "C" if section is TAKEAWAY else "D"
        words.add(text, weight, REVIEWS, *([section.lexeme] if section.lexeme else []))


def _array(keys: Iterable[int]) -> str:
    """Numbers as PostgreSQL writes an array of them."""
    return "{" + ",".join(map(str, sorted(keys))) + "}"


def _spread(verdicts: list[str]) -> int:
    steps = [VERDICT_STEPS[verdict] for verdict in verdicts if verdict in VERDICT_STEPS]
    return max(steps) - min(steps) if steps else 0


def _vocabulary(met: Iterable[str]) -> frozenset[str]:
    """Words worth suggesting: of letters, three or more, not too common."""
    return frozenset(
        word
        for word in met
        if 3 <= len(word) < tokens.WORD_LIMIT and word.isalpha() and tokens.term(word)
    )
