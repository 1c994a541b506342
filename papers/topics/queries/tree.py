"""Reads of the topic tree: its nodes, and how many papers of each are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
)
from django.utils.safestring import SafeString

from papers import access
from papers.caching.prepared import prepared
from papers.caching.result_cache import State
from papers.models import Lab, SearchDoc, Topic
from papers.models.search import NEVER
from papers.models.topic import TopicQuerySet
from papers.rows.spine_svg import Spine
from papers.search.sql.conditions import visible_docs
from papers.text import addresses
from papers.topics.shelf_svg import render_coverage, render_shelf

NODES_BESIDE_A_PAGE = 120
"""Topics in one list of the index at the side; the page of all topics has the rest."""

COLUMNS = ("pk", "name", "path", "depth", "parent")


@dataclass(slots=True)
class TopicNode:
    """A topic in the tree; papers are counted with all that stands below, each once.

    `reviewed` papers have a published review; `open` ones have neither review nor claim, as in
    the search `is:open`.
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
    spines: Sequence[Spine] = ()
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
    def share(self) -> int:
        """Percent of the papers that are reviewed; 1 rather than 0 once there is a review."""
        if not self.reviewed:
            return 0
        return max(1, self.reviewed * 100 // self.papers)

    @property
    def shelf_html(self) -> SafeString:
        """The shelf: the spines of its papers, on a board that shows the coverage."""
        return render_shelf(self.spines, self.papers, self.reviewed, self.open)

    @property
    def open_query(self) -> str:
        """The search that finds those nobody reads yet."""
        return f"topic:{self.path} is:open"

    @property
    def coverage_html(self) -> SafeString:
        """How many papers it has, how many are reviewed, and how many nobody reads yet."""
        figures = self.papers, self.reviewed, self.open
        return render_coverage(self.name, self.open_query, *figures)

    def walk(self) -> Iterator[TopicNode]:
        """The node and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def list_nav_topics(
    viewer: access.Viewer, lab: Lab, *, below: int | None = None, state: State | None = None
) -> list[TopicNode]:
    """One level of the index at the side, in curated order: the outermost topics, or those right
    below a topic; one query."""
    keys = [] if below is None else [below]
    return [TopicNode(*row) for row in _read_level(viewer, lab, *keys, state=state)]


@prepared
def _read_level(viewer: access.Viewer, lab: Lab, *below: int) -> QuerySet[Any, tuple[Any, ...]]:
    topics = access.topics_visible_to(viewer, lab).filter(parent=below[0] if below else None)
    return topics.values_list(*COLUMNS, _has_below())[:NODES_BESIDE_A_PAGE]


def list_topic_tree(
    viewer: access.Viewer, lab: Lab, *, state: State | None = None
) -> list[TopicNode]:
    """The whole tree with its coverage; two queries."""
    roots = nest(read_nodes(access.topics_visible_to(viewer, lab)))
    add_coverage(roots, _read_tree_coverage(viewer, lab, state=state))
    return roots


def count_unsorted(viewer: access.Viewer, lab: Lab) -> int:
    """Papers without a topic: those of the search `topic:none`."""
    visible = visible_docs(viewer, lab)
    return 0 if visible is None else SearchDoc.objects.filter(visible, topics=[]).count()


def list_topic_choices(
    viewer: access.Viewer, lab: Lab, *, outside: str = ""
) -> list[tuple[int, str]]:
    """Every topic as (key, name indented by its depth), in the order of the tree; one query.

    `outside` this path: neither the topic there nor what is below it.
    """
    roots = nest(read_nodes(access.topics_visible_to(viewer, lab)))
    nodes = (node for root in roots for node in root.walk())
    return [
        (node.id, "\u2003" * node.depth + node.name)
        for node in nodes
        if not outside or not f"{node.path}/".startswith(f"{outside}/")
    ]


def find_chosen_topics(viewer: access.Viewer, lab: Lab, keys: Iterable[int]) -> list[Topic]:
    """The topics of these keys that the viewer may see, in the order of the tree."""
    wanted = list(keys)
    if not wanted:
        return []
    return list(access.topics_visible_to(viewer, lab).filter(pk__in=wanted).order_by("path"))


def nest(nodes: Iterable[TopicNode]) -> list[TopicNode]:
    """Hang each node under its parent; the outermost are returned. Order stays."""
    nodes = list(nodes)
    by_key = {node.id: node for node in nodes}
    roots: list[TopicNode] = []
    for node in nodes:
        parent = by_key.get(node.parent) if node.parent is not None else None
        (parent.children if parent else roots).append(node)
    return roots


def read_nodes(topics: TopicQuerySet) -> list[TopicNode]:
    return [TopicNode(*row) for row in topics.values_list(*COLUMNS, _has_below())]


def _has_below() -> Exists:
    return Exists(Topic.objects.filter(parent=OuterRef("pk")))


def _prune(nodes: list[TopicNode], way: list[str]) -> list[TopicNode]:
    """A copy for the index: branches off the way are shut, so only their heads are named."""
    return [
        replace(node, papers=0, children=_prune(node.children, way) if node.path in way else [])
        for node in nodes
    ]


def add_coverage(roots: list[TopicNode], groups: Iterable[tuple[Any, ...]]) -> None:
    """Add up papers grouped by the set of topics under which they stand, of which there are few.

    The index names the topics above them too, so a paper under two sub-topics counts once above
    both.
    """
    nodes = {node.id: node for root in roots for node in root.walk()}
    for topics, is_reviewed, is_claimed, number in groups:
        for node in [nodes[pk] for pk in topics if pk in nodes]:
            node.papers += number
            node.reviewed += number * is_reviewed
            node.open += number * (not is_reviewed and not is_claimed)


@prepared
def read_coverage(viewer: access.Viewer, lab: Lab, topic: int) -> QuerySet[Any, tuple[Any, ...]]:
    """The groups of one topic's papers, for `add_coverage`."""
    return _group(Q(topics__contains=[topic]), viewer, lab)


@prepared
def _read_tree_coverage(viewer: access.Viewer, lab: Lab) -> QuerySet[Any, tuple[Any, ...]]:
    """The groups of all papers."""
    return _group(Q(), viewer, lab)


def _group(which: Q, viewer: access.Viewer, lab: Lab) -> QuerySet[Any, tuple[Any, ...]]:
    """From the search index, which holds topics and reviews of a paper in one row."""
    visible = visible_docs(viewer, lab)
    if visible is None:
        return SearchDoc.objects.none().values_list("topics", "pk", "pk", "pk")
    claims = access.claims_visible_to(viewer).open().leased().filter(paper=OuterRef("pk"))
    grouped: QuerySet[Any, tuple[Any, ...]] = (
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
