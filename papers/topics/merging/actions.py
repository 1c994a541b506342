"""Merging two topics, and deleting an empty one; both can be undone for 30 days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max, Model, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from papers.events import record
from papers.journal import Journal, check_constraints
from papers.models import (
    BibliographyLink,
    Claim,
    Event,
    Follow,
    Listing,
    Member,
    Removal,
    Topic,
    TopicAddress,
    ZoteroCollection,
    ZoteroLibrary,
)
from papers.search.index.actions import refresh_soon
from papers.text.one_line import fold_name
from papers.topics.actions.nodes import TopicCycle, lock_tree, next_position
from papers.topics.merging.joined_listings import join_listing


class TopicNotEmpty(Exception):
    """Papers are listed under the topic, or topics stand below it."""

    def __init__(self) -> None:
        super().__init__(
            _("Only an empty topic can be deleted. Move its papers and subtopics, or merge it.")
        )


class TopicIsGone(Exception):
    """One of the topics was merged or deleted meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This topic has been merged or deleted already."))


@dataclass(slots=True)
class TopicJoin:
    """One topic on its way into another; the caller holds the lock of the tree."""

    kept: Topic
    gone: Topic
    journal: Journal = field(default_factory=Journal)


def merge_topics(*, kept: Topic, gone: Topic, by: Member, at: datetime) -> Removal:
    """Put everything of `gone` under `kept`: papers, subtopics (those of one name join), readers.

    Its address leads to `kept`. Merging twice is merging once. Raises TopicCycle, TopicIsGone.
    """
    with transaction.atomic():
        lock_tree()
        rows = Topic.objects.in_bulk([kept.pk, gone.pk])
        if gone.pk not in rows or kept.pk not in rows:
            return _find_same(kept.pk, gone.pk)
        join = TopicJoin(rows[kept.pk], rows[gone.pk])
        if f"{join.kept.path}/".startswith(f"{join.gone.path}/"):
            raise TopicCycle(_("A topic can't be merged into itself or one of its subtopics."))
        papers = _list_papers(join.gone)
        removal = Removal(kind=Removal.Kind.TOPIC_MERGED, gone=gone.pk, name=join.gone.name)
        join_topics(join)
        check_constraints()
        removal.topic, removal.into, removal.by, removal.at = join.kept, kept.pk, by, at
        removal.journal = join.journal.entries
        removal.save()
        data = {"removal": removal.pk, "name": removal.name}
        record(Event.Kind.TOPIC_MERGED, join.kept, by=by, at=at, data=data)
        refresh_soon(papers)
    return removal


def delete_topic(*, topic: Topic, by: Member, at: datetime) -> Removal:
    """Delete a topic without papers and subtopics. Twice is once. Raises TopicNotEmpty."""
    with transaction.atomic():
        lock_tree()
        found = Topic.objects.select_for_update().filter(pk=topic.pk).first()
        kind = Removal.Kind.TOPIC_DELETED
        if found is None:
            done = Removal.objects.current().filter(kind=kind, gone=topic.pk).first()
            if done is None:
                raise TopicIsGone
            return done
        if found.listings.exists() or found.children.exists():
            raise TopicNotEmpty
        journal = Journal()
        journal.remove_tree(found)
        removal = Removal(kind=kind, gone=topic.pk, name=found.name, by=by, at=at)
        removal.journal = journal.entries
        removal.save()
        data = {"removal": removal.pk, "name": removal.name}
        record(Event.Kind.TOPIC_DELETED, by=by, at=at, data=data)
    return removal


def join_topics(join: TopicJoin) -> None:
    """Join all that hangs on both, then take the one away; its address leads to the other."""
    for step in JOINS.values():
        step(join)
    path = join.gone.path
    join.journal.remove(Topic.objects.filter(pk=join.gone.pk))
    join.journal.remove(TopicAddress.objects.filter(path=path))
    join.journal.add(TopicAddress(path=path, topic=join.kept))


def _find_same(kept: int, gone: int) -> Removal:
    merges = Removal.objects.current().filter(kind=Removal.Kind.TOPIC_MERGED)
    done = merges.filter(gone=gone, topic=kept).first()
    if done is None:
        raise TopicIsGone
    return done


def _list_papers(topic: Topic) -> list[int]:
    """Papers under the topic or below it: they are found by the names of their topics."""
    listed = Listing.objects.filter(topic__in=Topic.objects.under(topic.path))
    return list(listed.values_list("paper", flat=True).distinct())


def _join_listings(join: TopicJoin) -> None:
    """Each paper once; those of the topic that goes come behind, the notes of both stay."""
    here = {one.paper_id: one for one in Listing.objects.filter(topic=join.kept)}
    for listing in Listing.objects.filter(topic=join.gone, paper__in=list(here)):
        join_listing(here[listing.paper_id], listing, journal=join.journal)
    last = Listing.objects.filter(topic=join.kept).aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    rows = Listing.objects.filter(topic=join.gone)
    join.journal.change(rows, topic=join.kept, position=F("position") + first)


def _join_children(join: TopicJoin) -> None:
    """Subtopics of one name join; the others move, with all below them."""
    named = {fold_name(one.name): one for one in Topic.objects.filter(parent=join.kept)}
    for child in Topic.objects.filter(parent=join.gone).order_by("position", "pk"):
        same = named.get(fold_name(child.name))
        if same is not None and same.pk != join.gone.pk:
            join_topics(TopicJoin(same, child, join.journal))
        else:
            _move_child(join, child)


def _move_child(join: TopicJoin, child: Topic) -> None:
    siblings = Topic.objects.filter(parent=join.kept)
    taken = {slug.lower() for slug in siblings.values_list("slug", flat=True)}
    names = (child.slug if n == 1 else f"{child.slug}-{n}" for n in range(1, len(taken) + 2))
    slug = next(name for name in names if name.lower() not in taken)
    path, depth = f"{join.kept.path}/{slug}", join.kept.depth + 1 - child.depth
    below = Topic.objects.filter(path__startswith=f"{child.path}/")
    rest = Substr("path", len(child.path) + 1)
    join.journal.change(below, path=Concat(Value(path), rest), depth=F("depth") + depth)
    join.journal.change(
        Topic.objects.filter(pk=child.pk),
        parent=join.kept,
        slug=slug,
        path=path,
        depth=join.kept.depth + 1,
        position=next_position(join.kept),
    )


def _join_follows(join: TopicJoin) -> None:
    followers = list(Follow.objects.filter(topic=join.kept).values_list("by", flat=True))
    join.journal.remove(Follow.objects.filter(topic=join.gone, by__in=followers))
    join.journal.change(Follow.objects.filter(topic=join.gone), topic=join.kept)


def _move(model: type[Model]) -> Callable[[TopicJoin], None]:
    def move(join: TopicJoin) -> None:
        join.journal.change(model._base_manager.filter(topic=join.gone), topic=join.kept)

    return move


JOINS: dict[tuple[type[Model], str], Callable[[TopicJoin], None]] = {
    (Topic, "parent"): _join_children,
    (TopicAddress, "topic"): _move(TopicAddress),
    (Listing, "topic"): _join_listings,
    (Claim, "topic"): _move(Claim),
    (Event, "topic"): _move(Event),
    (BibliographyLink, "topic"): _move(BibliographyLink),
    (Follow, "topic"): _join_follows,
    (Removal, "topic"): _move(Removal),
    (ZoteroLibrary, "topic"): _move(ZoteroLibrary),
    (ZoteroCollection, "topic"): _move(ZoteroCollection),
}
"""Every table that names a topic; a test refuses one that is missing."""
