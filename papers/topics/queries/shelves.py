"""The reads behind the shelves of topics: the words of what was reviewed under each."""

from __future__ import annotations

from collections import defaultdict

from papers import access
from papers.models import Lab
from papers.rows.spine_svg import Spine
from papers.text.sections import SECTIONS
from papers.topics.queries.tree import TopicNode
from papers.topics.shelf_svg import group_spines

NEWEST = 600
"""Reviews that are drawn on all shelves together, so that a page costs the same at any size."""


def fill_shelves(roots: list[TopicNode], viewer: access.Viewer, lab: Lab) -> None:
    """Put the spines of reviewed papers on the shelf of each topic above them; one query."""
    words = (f"{one.key}_words" for one in SECTIONS)
    keys = [root.id for root in roots]
    newest = access.reviews_visible_to(viewer, lab).order_by("-published_at", "-pk")
    newest = newest.filter(paper__search_doc__topics__overlap=keys)
    found = newest.values_list("paper", "paper__search_doc__topics", *words)[:NEWEST]
    rows = list(reversed(found))
    spines = group_spines((paper, tuple(counts)) for paper, _, *counts in rows)
    topics = {paper: above or () for paper, above, *_ in rows}
    shelves: dict[int, list[Spine]] = defaultdict(list)
    for paper, spine in spines.items():
        for topic in topics[paper]:
            shelves[topic].append(spine)
    for root in roots:
        for node in root.walk():
            node.spines = shelves.get(node.id, [])
