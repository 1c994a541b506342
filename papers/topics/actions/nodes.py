"""Writes of the topic tree: adding, renaming, describing, moving and ordering topics.

`path` and `depth` repeat the way from the root, so a change of place rewrites all that stands
below. One lock lets one change of the tree through at a time: two moves that each make sense
could otherwise tie the tree into a ring.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max, Value
from django.db.models.functions import Concat, Substr
from django.utils.text import slugify
from django.utils.translation import gettext as _

from papers.events import record
from papers.models import Event, Listing, Member, Topic, TopicAddress
from papers.search.index.actions import refresh
from papers.search.language.search_fields import WITHOUT_TOPIC
from papers.text import markdown
from papers.text.one_line import fold_name

LONGEST_PATH = 1000
LONGEST_SLUG = 60
RESERVED_SLUGS = frozenset({WITHOUT_TOPIC})
"""What no outermost topic is called in addresses: searches mean something else by it."""
_TREE_LOCK = 7_340_032  # any number that no other lock of the installation uses


class TopicExists(Exception):
    """The parent has a topic of this name already."""

    def __init__(self, topic: Topic) -> None:
        super().__init__(
            _("There's already a topic called “%(name)s” here.") % {"name": topic.name}
        )
        self.topic = topic


class TopicCycle(Exception):
    """A topic cannot stand below itself."""


class TopicTooDeep(Exception):
    """The way down to the topic would be longer than an address may be."""


def add_topic(
    *, name: str, by: Member, at: datetime, parent: Topic | None = None, description: str = ""
) -> Topic:
    """Add a topic as the last of its siblings. Raises TopicExists, TopicTooDeep."""
    with transaction.atomic():
        lock_tree()
        parent = _read_again(parent)
        _refuse_same_name(name, parent)
        topic = Topic(name=name, parent=parent, position=next_position(parent))
        _place(topic, parent)
        _describe(topic, description)
        topic.save()
        record(Event.Kind.TOPIC_ADDED, topic, by=by, at=at)
    return topic


def change_topic(*, topic: Topic, name: str, description: str, by: Member, at: datetime) -> Topic:
    """Rename and describe a topic; its address follows its name. Raises TopicExists."""
    with transaction.atomic():
        lock_tree()
        topic = Topic.objects.select_related("parent").get(pk=topic.pk)
        if data := write_words(topic, name, description):
            record(Event.Kind.TOPIC_CHANGED, topic, by=by, at=at, data=data)
    return topic


def write_words(topic: Topic, name: str, description: str) -> dict[str, Any]:
    """Name and describe it; what an event says of it, which is nothing when nothing is new.

    Part of the caller's transaction and lock, without an event. Raises like `change_topic`.
    """
    before, described = topic.name, topic.description
    if name != before:
        _refuse_same_name(name, topic.parent, but=topic)
        topic.name = name
        _replace(topic, topic.parent)
    if (name, description) == (before, described):
        return {}
    _describe(topic, description)
    topic.save()
    if name == before:
        return {"fields": ["description"]}
    _refresh_below(topic)
    fields = ["name"] if description == described else ["name", "description"]
    return {"fields": fields, "name": [before, name]}


def put_topic_under(topic: Topic, parent: Topic | None) -> bool:
    """Make it the last below this parent; False when it stands below it already.

    Part of the caller's transaction and lock, without an event. Raises TopicCycle, TopicExists,
    TopicTooDeep.
    """
    if topic.parent_id == (parent.pk if parent else None):
        return False
    if parent and f"{parent.path}/".startswith(f"{topic.path}/"):
        raise TopicCycle(_("A topic can't be inside itself."))
    _refuse_same_name(topic.name, parent)
    topic.position = next_position(parent)
    topic.parent = parent
    _replace(topic, parent)
    topic.save()
    _refresh_below(topic)
    return True


def set_order(parent: Topic | None, topics: Sequence[int]) -> bool:
    """Put these siblings (keys) first, in this order; the others keep theirs. Whether it is new.

    Part of the caller's transaction and lock, without an event.
    """
    rows = list(Topic.objects.filter(parent=parent))
    place = {pk: n for n, pk in enumerate(topics)}
    ordered = sorted(rows, key=lambda row: place.get(row.pk, len(place)))
    if ordered == rows:
        return False
    for n, row in enumerate(ordered):
        row.position = n
    Topic.objects.bulk_update(ordered, ["position"])
    return True


def rebuild_paths() -> None:
    """Make every path say again what slugs and parents say; part of the caller's transaction."""
    rows = {topic.pk: topic for topic in Topic.objects.all()}
    wrong = []
    for topic in sorted(rows.values(), key=lambda one: one.depth):
        parent = rows.get(topic.parent_id or 0)
        path = f"{parent.path}/{topic.slug}" if parent else topic.slug
        depth = parent.depth + 1 if parent else 0
        if (topic.path, topic.depth) != (path, depth):
            topic.path, topic.depth = path, depth
            wrong.append(topic)
    Topic.objects.bulk_update(wrong, ["path", "depth"])


def lock_tree() -> None:
    """One change of the tree at a time; part of the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TREE_LOCK])


def _read_again(topic: Topic | None) -> Topic | None:
    """The topic as it stands now that nobody else changes the tree."""
    return Topic.objects.get(pk=topic.pk) if topic else None


def _refuse_same_name(name: str, parent: Topic | None, but: Topic | None = None) -> None:
    for other in Topic.objects.filter(parent=parent):
        if fold_name(other.name) == fold_name(name) and other != but:
            raise TopicExists(other)


def next_position(parent: Topic | None) -> int:
    last = Topic.objects.filter(parent=parent).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _place(topic: Topic, parent: Topic | None) -> None:
    topic.slug = _find_slug(topic, parent)
    topic.path = f"{parent.path}/{topic.slug}" if parent else topic.slug
    topic.depth = parent.depth + 1 if parent else 0
    if len(topic.path) > LONGEST_PATH:
        raise TopicTooDeep(_("Too many levels."))


def _find_slug(topic: Topic, parent: Topic | None) -> str:
    """A free slug; letters of every script stay, so that an address can be read."""
    slug = slugify(topic.name, allow_unicode=True)[:LONGEST_SLUG].strip("-_") or "topic"
    siblings = Topic.objects.filter(parent=parent).exclude(pk=topic.pk)
    taken = {one.lower() for one in siblings.values_list("slug", flat=True)}
    if parent is None:
        taken |= RESERVED_SLUGS
    names = (slug if n == 1 else f"{slug}-{n}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name.lower() not in taken)


def _replace(topic: Topic, parent: Topic | None) -> None:
    """Give the topic its new path, and all below it theirs, in one statement."""
    path, depth = topic.path, topic.depth
    _place(topic, parent)
    below = Topic.objects.filter(path__startswith=f"{path}/")
    longest = max((len(one) for one in below.values_list("path", flat=True)), default=0)
    if longest + len(topic.path) - len(path) > LONGEST_PATH:
        raise TopicTooDeep(_("Too many levels: its subtopics don't fit there."))
    if path and path != topic.path:
        TopicAddress.objects.update_or_create(path=path, defaults={"topic": topic})
        TopicAddress.objects.filter(path=topic.path).delete()
    below.update(
        path=Concat(Value(topic.path), Substr("path", len(path) + 1)),
        depth=F("depth") + topic.depth - depth,
    )


def _describe(topic: Topic, description: str) -> None:
    topic.description = description
    topic.description_html = markdown.render(description)
    topic.renderer = markdown.RENDERER_VERSION


def _refresh_below(topic: Topic) -> None:
    """Papers are found by the names of their topics."""
    listed = Listing.objects.filter(topic__in=Topic.objects.under(topic.path))
    refresh(list(listed.values_list("paper", flat=True).distinct()))
