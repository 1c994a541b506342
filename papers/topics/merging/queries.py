"""Which topic an address meant before topics were renamed, moved or merged."""

from __future__ import annotations

from papers.models import Topic, TopicAddress
from papers.models.topic import TopicQuerySet

MOST_STEPS = 8
"""Renamings one above the other that an address is followed through."""


def find_moved(path: str, topics: TopicQuerySet) -> Topic | None:
    """The topic that had this address, or whose parents had; else the one of the same last name."""
    address = path
    for _step in range(MOST_STEPS):
        new = _follow(address)
        if new is None:
            break
        address = new
        if found := topics.filter(path=address).first():
            return found
    alike = topics.filter(slug=path.rsplit("/", 1)[-1])[:2]
    return alike[0] if len(alike) == 1 else None


def _follow(path: str) -> str | None:
    """The address with its longest known beginning put right."""
    steps = path.split("/")
    beginnings = ["/".join(steps[:n]) for n in range(1, len(steps) + 1)]
    rows = TopicAddress.objects.filter(path__in=beginnings).select_related("topic")
    found = max(rows, key=lambda row: len(row.path), default=None)
    return found.topic.path + path.removeprefix(found.path) if found else None
