"""Reads of the catalogue: papers, topics and listings."""

from __future__ import annotations

from papers import access
from papers.models import Lab, Topic

ROOT_TOPICS = 60
"""How many topics the side of a page shows at most."""


def list_root_topics(viewer: access.Viewer, lab: Lab) -> list[Topic]:
    """The outermost topics in curated order."""
    return list(access.topics_visible_to(viewer, lab).filter(parent=None)[:ROOT_TOPICS])
