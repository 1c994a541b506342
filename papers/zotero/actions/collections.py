"""Collections become topics, and follow when they are renamed there."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.db import transaction

from papers.models import Topic, ZoteroCollection, ZoteroLibrary
from papers.text.one_line import fold_name
from papers.topics.actions.nodes import TopicExists, TopicTooDeep, add_topic, change_topic
from papers.zotero.service.zotero_values import Collection


def put_collections(*, library: ZoteroLibrary, found: Iterable[Collection], at: datetime) -> None:
    """Topics for these collections, those around them first."""
    waiting = {one.key: one for one in found}
    while waiting:
        ready = [one for one in waiting.values() if one.parent not in waiting]
        for one in ready or list(waiting.values()):  # a ring, which Zotero does not make
            with transaction.atomic():
                _put(library, one, at)
            del waiting[one.key]


def forget_collections(*, library: ZoteroLibrary, keys: Iterable[str]) -> None:
    """Collections that were deleted there; their topics and listings stay."""
    library.collections.filter(key__in=list(keys)).delete()


def _put(library: ZoteroLibrary, found: Collection, at: datetime) -> None:
    row = library.collections.select_related("topic").filter(key=found.key).first()
    if row is None:
        row = ZoteroCollection(library=library, key=found.key, topic=_make(library, found, at))
    elif row.topic and row.name != found.name and row.topic.name == row.name:
        topic = row.topic
        with suppress(TopicExists, TopicTooDeep):
            change_topic(
                topic=topic, name=found.name, description=topic.description,
                by=library.connected_by, at=at,
            )  # fmt: skip
    row.name, row.parent_key = found.name, found.parent
    row.save()


def _make(library: ZoteroLibrary, found: Collection, at: datetime) -> Topic | None:
    """The topic of this name at this place; a new one if there is none."""
    around = library.collections.select_related("topic").filter(key=found.parent).first()
    parent = around.topic if around and around.topic else library.topic
    siblings = Topic.objects.filter(parent=parent)
    same = (one for one in siblings if fold_name(one.name) == fold_name(found.name))
    if topic := next(same, None):
        return topic
    try:
        return add_topic(name=found.name, parent=parent, by=library.connected_by, at=at)
    except TopicExists as refusal:
        return refusal.topic
    except TopicTooDeep:
        return parent
