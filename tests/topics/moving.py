"""Another place for a topic, as its page gives it."""

from __future__ import annotations

from datetime import datetime

from papers.models import Member, Topic
from papers.topics.placing.actions import edit_topic


def move_topic(*, topic: Topic, parent: Topic | None, by: Member, at: datetime) -> Topic:
    """With the name and description that it has by now."""
    now = Topic.objects.get(pk=topic.pk)
    words = {"name": now.name, "description": now.description}
    return edit_topic(topic=topic, parent=parent, by=by, at=at, **words)
