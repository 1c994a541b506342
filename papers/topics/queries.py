"""Reads of the topic tree: its nodes, how far each is read, one topic's page, who knows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
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
from papers.models import Lab, Listing, SearchDoc, Topic
from papers.models.search import NEVER
from papers.models.topic import TopicQuerySet
from papers.people import People, Person
from papers.rows.queries import PaperRow, list_rows
from papers.search.conditions import visible_docs
from papers.text import addresses

NODES_BESIDE_A_PAGE = 120
"""Topics in one list of the index at the side; the page of all topics has the rest."""

_COLUMNS = ("pk", "name", "path", "depth", "parent")

PAPERS_ON_A_PAGE = 50
EXPERTS = 8
OUTCOMES = 8
"""Ended experiments on a topic's page."""


@dataclass(slots=True)
class TopicNode:
    """A topic in the tree; papers are counted with all that stands below, each once.

    `reviewed` papers have a published review; `open` ones have neither review nor claim.
    `is_branch` says that topics stand below, even where they were not read.
    """

    id: int
    name: str
    path: str
    depth: int
    parent: int | None = None
    is_branch: bool = False
    children: list[TopicNode] = field(default_factory=list)
    papers: int = 0
    reviewed: int = 0
    open: int = 0
    own: int = 0
    is_open: bool = False
    is_current: bool = False

    @property
    def url(self) -> str:
        """The topic's page."""
        return addresses.topic(self.path)

    @property
    def query(self) -> str:
        """The search that finds its papers and those below."""
        return f"topic:{self.path}"

    @property
    def open_query(self) -> str:
        """The search that finds those nobody reads yet."""
        return f"topic:{self.path} is:open"

    @property
    def share(self) -> int:
        """Percent of the papers that are reviewed; 1 rather than 0 once there is a review."""
        if not self.reviewed:
            return 0
        return max(1, self.reviewed * 100 // self.papers)

    def walk(self) -> Iterator[TopicNode]:
        """The node and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


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
    """All that a topic's page shows; `nav` is the index beside it with the way here opened."""

    node: TopicNode
    crumbs: list[TopicNode]
    nav: list[TopicNode]
    description_html: str
    rows: list[PaperRow]
    number: int
    experts: list[Expert]
    outcomes: list[Outcome]
    has_more: bool

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


def list_nav_topics(
    viewer: access.Viewer, lab: Lab, *, below: int | None = None
) -> list[TopicNode]:
    """One level of the index at the side, in curated order: the outermost topics, or those right
    below a topic; one query."""
    keys = [] if below is None else [below]
    return [TopicNode(*row) for row in _read_level(viewer, lab, *keys)]


@prepared
def _read_level(viewer: access.Viewer, lab: Lab, *below: int) -> QuerySet[Any, tuple[Any, ...]]:
    topics = access.topics_visible_to(viewer, lab).filter(parent=below[0] if below else None)
    return topics.values_list(*_COLUMNS, _has_below())[:NODES_BESIDE_A_PAGE]


def list_topic_tree(viewer: access.Viewer, lab: Lab) -> list[TopicNode]:
    """The whole tree with its coverage; two queries."""
    roots = nest(_read_nodes(access.topics_visible_to(viewer, lab)))
    _count(roots, Q(), viewer, lab)
    return roots


def list_topic_choices(viewer: access.Viewer, lab: Lab) -> list[tuple[int, str]]:
    """Every topic as (key, name indented by its depth), in the order of the tree; one query."""
    roots = nest(_read_nodes(access.topics_visible_to(viewer, lab)))
    nodes = (node for root in roots for node in root.walk())
    return [(node.id, "\u2003" * node.depth + node.name) for node in nodes]


def get_topic_page(
    path: str, viewer: access.Viewer, lab: Lab, *, page: int = 1
) -> TopicPage | None:
    """The topic at this path; four queries. None where there is no such topic."""
    way = _list_way(path)
    nodes, description, outcomes = _read_around(path, way, viewer, lab)
    roots, by_path = nest(nodes), {node.path: node for node in nodes}
    node = by_path.get(path)
    if node is None:
        return None
    _count([node], Q(topics__contains=[node.id]), viewer, lab)
    for step in way:
        by_path[step].is_open = True
    node.is_current = True
    rows = _list_listed(node, viewer, lab, page)
    return TopicPage(
        node=node,
        crumbs=[by_path[step] for step in way[:-1]],
        nav=_prune(roots, way),
        description_html=description,
        rows=rows[:PAPERS_ON_A_PAGE],
        number=page,
        experts=_list_experts(path, viewer, lab),
        outcomes=outcomes,
        has_more=len(rows) > PAPERS_ON_A_PAGE,
    )


def nest(nodes: Iterable[TopicNode]) -> list[TopicNode]:
    """Hang each node under its parent; the outermost are returned. Order stays."""
    nodes = list(nodes)
    by_key = {node.id: node for node in nodes}
    roots: list[TopicNode] = []
    for node in nodes:
        parent = by_key.get(node.parent) if node.parent is not None else None
        (parent.children if parent else roots).append(node)
    return roots


def _read_nodes(topics: TopicQuerySet) -> list[TopicNode]:
    return [TopicNode(*row) for row in topics.values_list(*_COLUMNS, _has_below())]


def _has_below() -> Exists:
    return Exists(Topic.objects.filter(parent=OuterRef("pk")))


def _list_way(path: str) -> list[str]:
    steps = path.split("/")
    return ["/".join(steps[:n]) for n in range(1, len(steps) + 1)]


def _read_around(
    path: str, way: list[str], viewer: access.Viewer, lab: Lab
) -> tuple[list[TopicNode], str, list[Outcome]]:
    """The outermost topics, the way down to this one with its siblings, and all below it;
    the topic's own description, and what came of experiments."""
    around = Q(depth=0) | Q(parent__path__in=way) | Q(path__startswith=f"{path}/")
    rows = (
        access.topics_visible_to(viewer, lab)
        .filter(around)
        .annotate(
            text=Case(
                When(path=path, then="description_html"),
                default=Value(""),
                output_field=TextField(),
            ),
            ended=Case(When(path=path, then=_read_outcomes(path, viewer, lab)), default=None),
            listed=Case(When(path=path, then=_count_listed()), default=Value(0)),
        )
        .values_list(*_COLUMNS, _has_below(), "text", "ended", "listed")
    )
    nodes, description, outcomes = [], "", []
    columns: list[Any]
    for *columns, text, ended, listed in rows:
        node = TopicNode(*columns)
        node.own = listed
        nodes.append(node)
        description = description or text
        outcomes += [Outcome(**facts) for facts in ended or []]
    return nodes, description, outcomes


def _count_listed() -> Subquery:
    """How many papers stand under the topic itself."""
    rows = Listing.objects.filter(topic=OuterRef("pk")).order_by().values("topic")
    return Subquery(rows.annotate(number=Count("pk")).values("number"))


def _prune(nodes: list[TopicNode], way: list[str]) -> list[TopicNode]:
    """A copy for the index: branches off the way are shut, so only their heads are named."""
    return [
        replace(node, papers=0, children=_prune(node.children, way) if node.path in way else [])
        for node in nodes
    ]


def _count(roots: list[TopicNode], which: Q, viewer: access.Viewer, lab: Lab) -> None:
    """Fill in the coverage with one aggregate query.

    Papers are grouped by the set of topics under which they stand, of which there are few. The
    index names the topics above them too, so a paper under two sub-topics counts once above both.
    """
    nodes = {node.id: node for root in roots for node in root.walk()}
    for topics, is_reviewed, is_claimed, number in _group(which, viewer, lab):
        for node in [nodes[pk] for pk in topics if pk in nodes]:
            node.papers += number
            node.reviewed += number * is_reviewed
            node.open += number * (not is_reviewed and not is_claimed)


def _group(
    which: Q, viewer: access.Viewer, lab: Lab
) -> Iterable[tuple[list[int], bool, bool, int]]:
    """From the search index, which holds topics and reviews of a paper in one row."""
    visible = visible_docs(viewer, lab)
    if visible is None:
        return []
    claims = access.claims_visible_to(viewer).open().filter(paper=OuterRef("pk"))
    grouped: Iterable[tuple[list[int], bool, bool, int]] = (
        SearchDoc.objects.filter(visible, which)
        .exclude(topics=[])
        .order_by()
        .annotate(
            is_reviewed=ExpressionWrapper(Q(reviewed_at__gt=NEVER), BooleanField()),
            is_claimed=Exists(claims),
        )
        .values_list("topics", "is_reviewed", "is_claimed")
        .annotate(number=Count("pk"))
    )
    return grouped


def _list_listed(node: TopicNode, viewer: access.Viewer, lab: Lab, page: int) -> list[PaperRow]:
    """The papers of a page in curated order, and one more when there are more."""
    start = (page - 1) * PAPERS_ON_A_PAGE
    papers = (
        access.papers_visible_to(viewer, lab)
        .filter(listings__topic=node.id)
        .order_by("listings__position", "listings__pk")
    )
    columns = ("listings__pk", "listings__note", "listings__note_html")
    rows = list_rows(papers[start : start + PAPERS_ON_A_PAGE + 1], viewer, lab, columns=columns)
    return [replace(row, note_html=row.extra[2]) for row in rows]


def _read_outcomes(path: str, viewer: access.Viewer, lab: Lab) -> ArraySubquery:
    """What came of experiments on the topic's papers, newest first; nothing for strangers."""
    below = Topic.objects.under(path).values("pk")
    rows = (
        access.experiments_visible_to(viewer, lab)
        .closed()
        .filter(Exists(Listing.objects.filter(paper=OuterRef("paper"), topic__in=below)))
        .order_by("-closed_at", "-pk")
    )
    facts = JSONObject(id="pk", title="title", state="state", text="outcome")
    return ArraySubquery(rows.values(json=facts)[:OUTCOMES])


def _list_experts(path: str, viewer: access.Viewer, lab: Lab) -> list[Expert]:
    """Those who reviewed most papers of the topic; members only see people."""
    if access.get_member(viewer) is None:
        return []
    below = Topic.objects.under(path).values("pk")
    rows = (
        access.reviews_known_to(viewer, lab)
        .filter(Exists(Listing.objects.filter(paper=OuterRef("paper"), topic__in=below)))
        .order_by()
        .values_list("member", "member__name", "member__handle", "member__state")
        .annotate(number=Count("pk"))
        .order_by("-number", "member__name")[:EXPERTS]
    )
    people = People(viewer)
    return [Expert(people.get(*who), number) for *who, number in rows]
