"""One topic's page: its papers in order, coverage, outcomes, and who knows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from papers import access
from papers.caching.prepared import open_cursor, prepared
from papers.caching.result_cache import State, read_cached
from papers.models import Lab, Listing, SearchDoc
from papers.models.topic import is_below
from papers.people import People, Person
from papers.rows.queries import as_row_values, list_rows, make_rows
from papers.rows.row_html import PaperRow
from papers.text.markdown import plain
from papers.topics.queries.tree import (
    COLUMNS,
    TopicNode,
    _has_below,
    _prune,
    add_coverage,
    nest,
    read_coverage,
)

PAPERS_ON_A_PAGE = 50

EXPERTS = 8

OUTCOMES = 8
"""Ended experiments on a topic's page."""


@dataclass(frozen=True, slots=True)
class Expert:
    """Someone who knows a topic, by the papers of it that she reviewed."""

    person: Person
    papers: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """An experiment on the topic's papers that has ended."""

    id: int
    title: str
    state: str
    text: str


@dataclass(frozen=True, slots=True)
class TopicPage:
    """All that a topic's page shows; `nav` is the index beside it with the way here opened.

    A topic without papers of its own shows those of its subtopics (`is_above`).
    """

    node: TopicNode
    crumbs: list[TopicNode]
    nav: list[TopicNode]
    description_html: str
    rows: list[PaperRow]
    number: int
    experts: list[Expert]
    outcomes: list[Outcome]
    has_more: bool
    is_above: bool = False

    @property
    def first(self) -> int:
        """The place of the first paper shown, counted from 1."""
        return (self.number - 1) * PAPERS_ON_A_PAGE + 1

    @property
    def place(self) -> str:
        """`1 to 50 of 137`."""
        return _("%(first)s to %(last)s of %(total)s") % {
            "first": self.first,
            "last": self.first + len(self.rows) - 1,
            "total": self.node.own,
        }


def get_topic_page(
    path: str, viewer: access.Viewer, lab: Lab, *, page: int = 1, state: State | None = None
) -> TopicPage | None:
    """The topic at this path; four queries, one where the others were answered in this state.

    None where there is no such topic.
    """
    way = list_way(path)
    nodes, description, outcomes, below = read_around(path, way, viewer, lab, state)
    roots, by_path = nest(nodes), {node.path: node for node in nodes}
    node = by_path.get(path)
    if node is None:
        return None
    add_coverage([node], read_coverage(viewer, lab, node.id, state=state))
    for step in way:
        by_path[step].is_open = True
    node.is_current = True
    is_above = not node.own and node.papers > 0
    if is_above:
        rows = list_rows(below, viewer, lab, columns=["search_doc__topics"])
    else:
        rows = _list_listed(node, viewer, lab, page)
    _fill_shelves(node, rows)
    return TopicPage(
        node=node,
        crumbs=[by_path[step] for step in way[:-1]],
        nav=_prune(roots, way),
        description_html=description,
        rows=rows[:PAPERS_ON_A_PAGE],
        number=page,
        experts=_list_experts(node.id, viewer, state),
        outcomes=outcomes,
        has_more=len(rows) > PAPERS_ON_A_PAGE and not is_above,
        is_above=is_above,
    )


def list_way(path: str) -> list[str]:
    steps = path.split("/")
    return ["/".join(steps[:n]) for n in range(1, len(steps) + 1)]


def read_around(
    path: str, way: list[str], viewer: access.Viewer, lab: Lab, state: State | None
) -> tuple[list[TopicNode], str, list[Outcome], list[int]]:
    """The outermost topics, the way down to this one with its siblings, and all below it;
    the topic's own description, what came of experiments, and its papers last reviewed."""
    rows = _read_around(viewer, lab, path, way, state=state)
    nodes, description, outcomes = [], "", []
    columns: list[Any]
    below: list[int] = []
    for *columns, text, ended, listed, reviewed in rows:
        node = TopicNode(*columns)
        node.own = listed
        nodes.append(node)
        description = description or text
        outcomes += [Outcome(**facts | {"text": plain(facts["text"])}) for facts in ended or []]
        below = below or reviewed or []
    return nodes, description, outcomes, below


def _build_around(
    viewer: access.Viewer, lab: Lab, path: str, way: str
) -> QuerySet[Any, tuple[Any, ...]]:
    around = Q(depth=0) | Q(parent__path__in=[way]) | is_below(path)
    facts = {
        "text": Case(
            When(path=path, then="description_html"), default=Value(""), output_field=TextField()
        ),
        "ended": Case(When(path=path, then=_read_outcomes(viewer, lab)), default=None),
        "listed": Case(When(path=path, then=_count_listed()), default=Value(0)),
        "below": Case(When(path=path, then=_read_below()), default=None),
    }
    topics = access.topics_visible_to(viewer, lab).filter(around)
    return topics.annotate(**facts).values_list(*COLUMNS, _has_below(), *facts)


# Planned for each topic: one plan for all would read all experiments and reviews.
_read_around = prepared(_build_around, is_planned_once=False)


def _count_listed() -> Subquery:
    """How many papers stand under the topic itself; archived ones are not in the index."""
    papers = Exists(SearchDoc.objects.filter(pk=OuterRef("paper")))
    rows = Listing.objects.filter(papers, topic=OuterRef("pk")).order_by().values("topic")
    return Subquery(rows.annotate(number=Count("pk")).values("number"))


def _read_below() -> ArraySubquery:
    """Papers of the topic and of its subtopics, the latest reviewed first."""
    docs = SearchDoc.objects.filter(topics__contains=[OuterRef("pk")])
    newest = docs.order_by("-reviewed_at", "-added_at", "-pk").values("pk")
    return ArraySubquery(newest[:PAPERS_ON_A_PAGE])


def _list_listed(node: TopicNode, viewer: access.Viewer, lab: Lab, page: int) -> list[PaperRow]:
    """The papers of a page in curated order, and one more when there are more."""
    facts = _read_listed(viewer, lab, node.id, start=(page - 1) * PAPERS_ON_A_PAGE)
    return [replace(row, note_html=row.extra[2]) for row in make_rows(facts, viewer, lab)]


@prepared
def _read_listed(
    viewer: access.Viewer, lab: Lab, topic: int, *, start: int
) -> QuerySet[Any, tuple[Any, ...]]:
    papers = (
        access.papers_visible_to(viewer, lab)
        .unarchived()
        .filter(listings__topic=topic)
        .order_by("listings__position", "listings__pk")
    )
    columns = ("listings__pk", "listings__note", "listings__note_html", "search_doc__topics")
    return as_row_values(papers[start : start + PAPERS_ON_A_PAGE + 1], viewer, lab, columns)


def _fill_shelves(node: TopicNode, rows: list[PaperRow]) -> None:
    """Put the spines of the papers shown on the shelves of the topic and of those below."""
    for one in node.walk():
        shown = (row for row in reversed(rows) if row.spine and one.id in (row.extra[-1] or ()))
        one.spines = [row.spine for row in shown]


def _read_outcomes(viewer: access.Viewer, lab: Lab) -> ArraySubquery:
    """What came of experiments on the topic's papers, newest first; nothing for strangers."""
    docs = SearchDoc.objects.filter(
        pk=OuterRef("paper"), topics__contains=[OuterRef(OuterRef("pk"))]
    )
    ended = access.experiments_visible_to(viewer, lab).closed().filter(Exists(docs))
    rows = ended.order_by("-closed_at", "-pk")
    facts = JSONObject(id="pk", title="title", state="state", text="outcome_html")
    return ArraySubquery(rows.values(json=facts)[:OUTCOMES])


# From the index, as the catalogue's reviewers are: it has one row for each paper.
_EXPERTS = """
SELECT m.id, m.name, m.handle, m.state, k.number FROM (
  SELECT unnest(reviewers) AS member, count(*) AS number FROM papers_searchdoc
  WHERE topics @> ARRAY[%s::bigint] GROUP BY 1) k
JOIN papers_member m ON m.id = k.member ORDER BY k.number DESC, m.name LIMIT %s
"""


def _list_experts(topic: int, viewer: access.Viewer, state: State | None) -> list[Expert]:
    """Those who reviewed most papers of the topic; members only see people."""
    if access.get_member(viewer) is None:
        return []
    people = People(viewer)

    def read() -> list[tuple[Any, ...]]:
        with open_cursor() as cursor:
            cursor.execute(_EXPERTS, [topic, EXPERTS])
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    rows = read_cached(_EXPERTS, topic, state, read)
    return [Expert(people.get(*who), number) for *who, number in rows]
