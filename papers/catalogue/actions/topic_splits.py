"""Splitting a topic: some of its papers move to a new one, with their notes; and back again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from papers.catalogue.actions.bulk_edits import BATCH, record_act, take_back
from papers.models import Event, Listing, Member, Topic
from papers.search.index.actions import refresh_soon
from papers.topics.actions.nodes import add_topic, lock_tree
from papers.topics.merging.actions import TopicIsGone, TopicNotEmpty, delete_topic


def split_topic(
    *,
    topic: Topic,
    papers: Collection[int],
    name: str,
    parent: Topic | None,
    by: Member,
    at: datetime,
) -> Event | None:
    """Move papers out of a topic into a new one below `parent`, in the order they stand in.

    Papers that aren't in the topic are left out. None, and no new topic, when none of them is. The
    event stands at the topic that was split and names the new one.
    Raises TopicExists, TopicTooDeep.
    """
    with transaction.atomic():
        lock_tree()
        rows = Listing.objects.filter(topic=topic, paper__in=list(papers)).order_by("paper_id")
        moved = list(rows.select_for_update())
        if not moved:
            return None
        new = add_topic(name=name, parent=parent, by=by, at=at)
        Listing.objects.filter(pk__in=[row.pk for row in moved]).update(topic=new)
        refresh_soon(row.paper_id for row in moved)
        data = {
            "papers": [row.paper_id for row in moved],
            "positions": [row.position for row in moved],
            "into": new.pk,
            "name": new.name,
        }
        return record_act("split", data, topic=topic, by=by, at=at)


def undo_split(*, event: Event, by: Member, at: datetime) -> Event:
    """Move the papers back that are still in the new topic, and delete it if nothing is left.

    Raises AlreadyUndone, and TopicIsGone where one of the two topics isn't there any more.
    """

    def move_back(event: Event) -> Collection[int]:
        lock_tree()
        new = Topic.objects.filter(pk=event.data["into"]).first()
        if new is None or event.topic is None:
            raise TopicIsGone
        return _move_back(event, event.topic, new)

    with transaction.atomic():
        undoing = take_back(event=event, undo=move_back, by=by, at=at)
        _delete_if_empty(event.data["into"], by, at)
    return undoing


def _move_back(event: Event, source: Topic, new: Topic) -> list[int]:
    positions = dict(zip(event.data["papers"], event.data["positions"], strict=True))
    there = Listing.objects.filter(topic=source).values("paper")
    rows = Listing.objects.filter(topic=new, paper__in=list(positions)).exclude(paper__in=there)
    back = list(rows.select_for_update().order_by("paper_id"))
    for row in back:
        row.topic, row.position = source, positions[row.paper_id]
    Listing.objects.bulk_update(back, ["topic", "position"], batch_size=BATCH)
    return [row.paper_id for row in back]


def _delete_if_empty(pk: int, by: Member, at: datetime) -> None:
    topic = Topic.objects.filter(pk=pk, description="").first()
    if topic is None:
        return
    try:
        delete_topic(topic=topic, by=by, at=at)
    except TopicNotEmpty:
        return
