"""How a result can be narrowed: topics, years, venues, states and reviewers, with counts."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_noop

from papers import access
from papers.search.language.query_tree import Query
from papers.search.language.search_fields import FIELDS, WITHOUT_TOPIC
from papers.search.results import COUNT_LIMIT, Count, Facet, FacetValue
from papers.text.series import get_series

TOPICS = 8
VALUES = 6
"""Of each other kind: what a reader takes in at a glance; the search box names the rest."""

_LABELS = {
    "is": gettext_noop("Status"),
    "topic": gettext_noop("Topic"),
    "year": gettext_noop("Year"),
    "venue": gettext_noop("Venue"),
    "reviewer": gettext_noop("Reviewer"),
}

# Over the newest matches (CTE `newest`); each row is field, value, label, number.
_STATES = """
  SELECT 'is', s.state, s.state, s.number FROM (
    SELECT count(*) FILTER (WHERE n.reviewed_at = 'epoch' AND c.paper_id IS NULL) AS open,
           count(c.paper_id) AS claimed,
           count(*) FILTER (WHERE n.reviewed_at > 'epoch') AS reviewed,
           count(*) FILTER (WHERE n.reviewed_at = 'epoch') AS unreviewed,
           count(*) FILTER (WHERE c.due_on < {today}) AS overdue,
           count(i.paper_id) AS discussed
    FROM newest n
    LEFT JOIN (SELECT paper_id, min(due_on) AS due_on FROM papers_claim
               WHERE ended_at IS NULL AND due_on IS NOT NULL
               GROUP BY paper_id) c ON c.paper_id = n.paper_id
    LEFT JOIN (SELECT DISTINCT paper_id FROM papers_agendaitem
               WHERE discussed_at IS NOT NULL) i ON i.paper_id = n.paper_id) t
  CROSS JOIN LATERAL (VALUES ('open', open), ('claimed', claimed), ('reviewed', reviewed),
    ('unreviewed', unreviewed), ('overdue', overdue), ('discussed', discussed)
  ) s (state, number) WHERE s.number > 0"""
_TOPICS = """
  SELECT 'topic', t.path, t.name, k.number FROM (
    SELECT topic, count(*) AS number FROM (SELECT unnest(topics) AS topic FROM newest) n
    GROUP BY topic
    ORDER BY number DESC, topic LIMIT {topics}) k JOIN papers_topic t ON t.id = k.topic"""
_WITHOUT_TOPIC = """
  SELECT 'topic', '{none}', '', count(*) FROM newest WHERE topics = '{{}}'
  HAVING count(*) > 0"""
_YEARS = """
  SELECT * FROM (SELECT 'year', year::text, year::text, count(*) FROM newest WHERE year > 0
  GROUP BY year ORDER BY year DESC LIMIT {limit}) y"""
_VENUES = """
  SELECT * FROM (SELECT 'venue', venue, venue, count(*) FROM newest WHERE venue <> ''
  GROUP BY venue ORDER BY count(*) DESC, venue LIMIT {limit}) v"""
_REVIEWERS = """
  SELECT 'reviewer', p.handle, p.name, k.number FROM (
    SELECT member, count(*) AS number FROM (SELECT unnest(reviewers) AS member FROM newest) n
    GROUP BY member
    ORDER BY number DESC, member LIMIT {limit}) k JOIN papers_member p ON p.id = k.member"""
_PUBLIC_STATES = """
  SELECT 'is', s.state, s.state, s.number FROM (
    SELECT count(*) FILTER (WHERE reviewed_at > 'epoch') AS reviewed,
           count(*) FILTER (WHERE reviewed_at = 'epoch') AS unreviewed FROM newest) t
  CROSS JOIN LATERAL (VALUES ('reviewed', reviewed), ('unreviewed', unreviewed)
  ) s (state, number) WHERE s.number > 0"""


def facets_sql(by: access.Viewer, today: str) -> str:
    """A JSON array of all facet rows; `today` is a place for a value. Strangers see no people,
    and so neither who claimed nor who reviewed."""
    if access.get_member(by):
        parts = [_STATES, _TOPICS, _WITHOUT_TOPIC, _YEARS, _VENUES, _REVIEWERS]
    else:
        parts = [_PUBLIC_STATES, _TOPICS, _WITHOUT_TOPIC, _YEARS, _VENUES]
    rows = "\n  UNION ALL".join(
        part.format(today=today, limit=VALUES, topics=TOPICS, none=WITHOUT_TOPIC) for part in parts
    )
    return f"""(SELECT json_agg(json_build_array(f.field, f.value, f.label, f.number))
 FROM ({rows}) f (field, value, label, number))"""  # noqa: S608


def make_facets(
    rows: Iterable[tuple[str, str, str, int]], query: Query, *, is_capped: bool
) -> tuple[Facet, ...]:
    """The facets in their fixed order, each value with the search that its link leads to."""
    by_field: dict[str, list[FacetValue]] = {name: [] for name in _LABELS}
    for field, value, label, number in rows:
        by_field[field].append(_make_value(field, value, label, number, query, is_capped))
    for field, values in by_field.items():
        values.sort(key=_place)
        _keep_chosen(field, values, query)
    return tuple(
        Facet(field, _LABELS[field], tuple(values)) for field, values in by_field.items() if values
    )


def _make_value(
    field: str, value: str, label: str, number: int, query: Query, is_capped: bool
) -> FacetValue:
    written = _find_written(field, value, query)
    chosen = bool(written)
    changed = (
        query.toggle(field, written or value)
        if chosen or field == "topic"
        else query.with_field(field, value)
    )
    count = Count(min(number, COUNT_LIMIT), is_capped or number > COUNT_LIMIT)
    return FacetValue(value, label, count, chosen, changed)


def _find_written(field: str, value: str, query: Query) -> str:
    """The value as the query has it: a series may be written in several ways. Empty: not there."""
    if query.has(field, value):
        return value
    said = query.values(field) if field == "venue" else []
    return next((one for one in said if get_series(one) == value), "")


def _place(value: FacetValue) -> tuple[int, str]:
    states = list(FIELDS["is"].choices)
    if value.value in states:
        return states.index(value.value), ""
    if value.value.isdecimal():
        return -int(value.value), ""
    return -value.count.number, value.label


def _keep_chosen(field: str, values: list[FacetValue], query: Query) -> None:
    """What is chosen stays in sight, so that it can be taken back even when nothing is found."""
    shown = {value.value for value in values}
    for chosen in query.values(field):
        name = get_series(chosen) if field == "venue" else chosen
        if chosen not in shown and name not in shown:
            without = query.without_field(field, chosen)
            values.insert(0, FacetValue(chosen, chosen, Count(0), True, without))
