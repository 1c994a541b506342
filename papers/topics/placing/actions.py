"""Writes that put a topic before, behind or inside another one, name it, and undo both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from papers.events import record
from papers.models import Event, Member, Topic
from papers.topics.actions.nodes import lock_tree, put_topic_under, set_order, write_words


class Side(StrEnum):
    """Where a topic was dropped, seen from the topic that it was dropped on."""

    BEFORE = "before"
    AFTER = "after"
    INSIDE = "inside"


class TreeChanged(Exception):
    """The tree is not the one that was looked at."""

    def __init__(self) -> None:
        super().__init__(_("Someone changed these topics meanwhile. Nothing was moved."))


@dataclass(frozen=True, slots=True)
class Drop:
    """What was dropped where, and the parents (keys) that both had on the page."""

    target: int
    side: Side
    parent_seen: int | None
    target_parent_seen: int | None


def place_topic(*, topic: Topic, drop: Drop, by: Member, at: datetime) -> bool:
    """Put a topic with all below it there; False when it stands there already.

    Raises TreeChanged, and TopicCycle, TopicExists, TopicTooDeep of `topics.actions.nodes`.
    """
    with transaction.atomic():
        lock_tree()
        found = Topic.objects.select_related("parent").in_bulk([topic.pk, drop.target])
        mine, target = found.get(topic.pk), found.get(drop.target)
        if mine is None or target is None or _list_parents(mine, target) != _list_seen(drop):
            raise TreeChanged
        if mine == target:
            return False
        is_inside = drop.side == Side.INSIDE
        following = None if is_inside else _find_following(mine, target, drop.side)
        before = _find_next(mine)
        if not _put(mine, target if is_inside else target.parent, following):
            return False
        data = _say_move(mine, (drop.parent_seen, before))
        record(Event.Kind.TOPIC_CHANGED, mine, by=by, at=at, data=data)
    return True


def edit_topic(
    *,
    topic: Topic,
    name: str,
    description: str,
    parent: Topic | None,
    by: Member,
    at: datetime,
) -> Topic:
    """Name, description and place in one go: when one is refused, nothing is done.

    Raises TopicCycle, TopicExists, TopicTooDeep.
    """
    with transaction.atomic():
        lock_tree()
        topic = Topic.objects.select_related("parent").get(pk=topic.pk)
        place = topic.parent_id, _find_next(topic)
        is_moved = put_topic_under(topic, Topic.objects.get(pk=parent.pk) if parent else None)
        data = write_words(topic, name, description)
        if is_moved:
            data |= _say_move(topic, place)
        if data:
            record(Event.Kind.TOPIC_CHANGED, topic, by=by, at=at, data=data)
    return topic


def return_topic(*, event: Event, by: Member, at: datetime) -> None:
    """Undo `place_topic` or `edit_topic`: the topic has its name again and stands where it stood,
    as far as that place is still there.

    Raises the same.
    """
    with transaction.atomic():
        lock_tree()
        topic = Topic.objects.select_related("parent").get(events=event)
        data: dict[str, Any] = {"undoes": event.pk}
        if "name" in event.data:
            data |= write_words(topic, event.data["name"][0], topic.description)
        if "from" in event.data and _put_back(topic, *event.data["from"]):
            data["change"] = "moved"
        record(Event.Kind.TOPIC_CHANGED, topic, by=by, at=at, data=data)


def _put_back(topic: Topic, parent_key: int | None, following: int | None) -> bool:
    parent = Topic.objects.filter(pk=parent_key).first() if parent_key else None
    if parent_key and parent is None:
        raise TreeChanged
    return _put(topic, parent, following)


def _say_move(topic: Topic, before: tuple[int | None, int | None]) -> dict[str, Any]:
    """What an event says of a move: the names around the new place, and the place before (keys of
    the parent and of the sibling behind)."""
    keys = _list_siblings(topic)
    place = keys.index(topic.pk)
    parent = Topic.objects.filter(pk=topic.parent_id or 0).first()
    above = Topic.objects.filter(pk=keys[place - 1]).first() if place else None
    names = {"in": parent.name if parent else "", "below": above.name if above else ""}
    return {"change": "moved", "from": list(before), "place": names}


def _list_parents(topic: Topic, target: Topic) -> tuple[int | None, int | None]:
    return topic.parent_id, target.parent_id


def _list_seen(drop: Drop) -> tuple[int | None, int | None]:
    return drop.parent_seen, drop.target_parent_seen


def _put(topic: Topic, parent: Topic | None, following: int | None) -> bool:
    """Under the parent, before one of its topics (a key) or as the last; whether that is new."""
    is_moved = put_topic_under(topic, parent)
    keys = [key for key in _list_siblings(topic) if key != topic.pk]
    place = keys.index(following) if following in keys else len(keys)
    return set_order(parent, [*keys[:place], topic.pk, *keys[place:]]) or is_moved


def _list_siblings(topic: Topic) -> list[int]:
    return list(Topic.objects.filter(parent=topic.parent_id).values_list("pk", flat=True))


def _find_next(topic: Topic) -> int | None:
    """The key of the sibling behind it."""
    keys = _list_siblings(topic)
    return next(iter(keys[keys.index(topic.pk) + 1 :]), None)


def _find_following(topic: Topic, target: Topic, side: Side) -> int | None:
    """Before which topic it is to stand."""
    if side == Side.BEFORE:
        return target.pk
    behind = _find_next(target)
    return _find_next(topic) if behind == topic.pk else behind
