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
from papers.caching.prepared import prepared
from papers.models import Lab, Listing, Topic
from papers.models.topic import is_below
from papers.people import People, Person
from papers.rows.queries import as_row_values, make_rows
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
    path: str, viewer: access.Viewer, lab: Lab, *, page: int = 1
) -> TopicPage | None:
    """The topic at this path; four queries.

    None where there is no such topic.
    """
    way = list_way(path)
    nodes, description, outcomes = read_around(path, way, viewer, lab)
    roots, by_path = nest(nodes), {node.path: node for node in nodes}
    node = by_path.get(path)
    if node is None:
        return None
    add_coverage([node], read_coverage(viewer, lab, node.id))
    for step in way:
        by_path[step].is_open = True
    node.is_current = True
    is_above = not node.own and node.papers > 0
    if is_above:
        rows = make_rows(_read_below(viewer, lab, node.id), viewer, lab)
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
        experts=_list_experts(path, viewer, lab),
        outcomes=outcomes,
        has_more=len(rows) > PAPERS_ON_A_PAGE and not is_above,
        is_above=is_above,
    )


def list_way(path: str) -> list[str]:
    steps = path.split("/")
    return ["/".join(steps[:n]) for n in range(1, len(steps) + 1)]


def read_around(
    path: str, way: list[str], viewer: access.Viewer, lab: Lab
) -> tuple[list[TopicNode], str, list[Outcome]]:
    """The outermost topics, the way down to this one with its siblings, and all below it;
    the topic's own description, and what came of experiments."""
    rows = _read_around(viewer, lab, path, way)
    nodes, description, outcomes = [], "", []
    columns: list[Any]
    for *columns, text, ended, listed in rows:
        node = TopicNode(*columns)
        node.own = listed
        nodes.append(node)
        description = description or text
        outcomes += [Outcome(**facts | {"text": plain(facts["text"])}) for facts in ended or []]
    return nodes, description, outcomes


def _build_around(
    viewer: access.Viewer, lab: Lab, path: str, way: str
) -> QuerySet[Any, tuple[Any, ...]]:
    around = Q(depth=0) | Q(parent__path__in=[way]) | is_below(path)
    text = Case(
        When(path=path, then="description_html"), default=Value(""), output_field=TextField()
    )
    ended = Case(When(path=path, then=_read_outcomes(path, viewer, lab)), default=None)
    listed = Case(When(path=path, then=_count_listed()), default=Value(0))
    topics = access.topics_visible_to(viewer, lab).filter(around)
    return topics.annotate(text=text, ended=ended, listed=listed).values_list(
        *COLUMNS, _has_below(), "text", "ended", "listed"
    )


# Planned for each topic: one plan for all would read all experiments and reviews.
_read_around = prepared(_build_around, is_planned_once=False)


def _count_listed() -> Subquery:
    """How many papers stand under the topic itself."""
    listed = Listing.objects.filter(topic=OuterRef("pk"), paper__archived_at__isnull=True)
    rows = listed.order_by().values("topic")
    return Subquery(rows.annotate(number=Count("pk")).values("number"))


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


@prepared
def _read_below(viewer: access.Viewer, lab: Lab, topic: int) -> QuerySet[Any, tuple[Any, ...]]:
    """Papers of subtopics, the latest reviewed first."""
    papers = access.papers_visible_to(viewer, lab).filter(search_doc__topics__contains=[topic])
    newest = papers.order_by("-search_doc__reviewed_at", "-search_doc__added_at", "-pk")
    return as_row_values(newest[:PAPERS_ON_A_PAGE], viewer, lab, ("search_doc__topics",))


def _fill_shelves(node: TopicNode, rows: list[PaperRow]) -> None:
    """Put the spines of the papers shown on the shelves of the topic and of those below."""
    for one in node.walk():
        shown = (row for row in reversed(rows) if row.spine and one.id in (row.extra[-1] or ()))
        one.spines = [row.spine for row in shown]


def _read_outcomes(path: str, viewer: access.Viewer, lab: Lab) -> ArraySubquery:
    """What came of experiments on the topic's papers, newest first; nothing for strangers."""
    below = Topic.objects.under(path).values("pk")
    rows = (
        access.experiments_visible_to(viewer, lab)
        .closed()
        .filter(Exists(Listing.objects.filter(paper=OuterRef("paper"), topic__in=below)))
        .order_by("-closed_at", "-pk")
    )
    facts = JSONObject(id="pk", title="title", state="state", text="outcome_html")
    return ArraySubquery(rows.values(json=facts)[:OUTCOMES])


def _list_experts(path: str, viewer: access.Viewer, lab: Lab) -> list[Expert]:
    """Those who reviewed most papers of the topic; members only see people."""
    if access.get_member(viewer) is None:
        return []
    people = People(viewer)
    rows = _read_experts(viewer, lab, path)
    return [Expert(people.get(*who), number) for *who, number in rows]


def _build_experts(viewer: access.Viewer, lab: Lab, path: str) -> QuerySet[Any, tuple[Any, ...]]:
    below = Topic.objects.under(path).values("pk")
    return (
        access.reviews_known_to(viewer, lab)
        .filter(Exists(Listing.objects.filter(paper=OuterRef("paper"), topic__in=below)))
        .order_by()
        .values_list("member", "member__name", "member__handle", "member__state")
        .annotate(number=Count("pk"))
        .order_by("-number", "member__name")[:EXPERTS]
    )


_read_experts = prepared(_build_experts, is_planned_once=False)
