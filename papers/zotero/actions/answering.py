"""Answers of curators to what a run could not decide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from papers.models import Listing, Member, ZoteroItem, ZoteroQuestion
from papers.records.actions.keeping import archive_paper
from papers.topics.actions.listings import unlist_paper
from papers.zotero.actions.linking import AlreadyLinked, add, link
from papers.zotero.actions.settling import take_facts
from papers.zotero.actions.syncing import queue_sync

Kind = ZoteroQuestion.Kind
OURS, THEIRS = "ours", "theirs"
"""Leave the lab as it is; do what Zotero says."""


class Answered(Exception):
    """Somebody answered it, or both sides agree by now."""


def answer_question(*, question: ZoteroQuestion, answer: str, by: Member, at: datetime) -> None:
    """Do what was chosen (OURS or THEIRS). Raises Answered, and AlreadyLinked."""
    with transaction.atomic():
        rows = ZoteroQuestion.objects.select_for_update(of=["self"])
        found = rows.select_related("item__library", "item__paper", "other").get(pk=question.pk)
        if found.answered_at:
            raise Answered
        found.answer, found.answered_by, found.answered_at = answer, by, at
        found.save(update_fields=["answer", "answered_by", "answered_at"])
        ACTS[Kind(found.kind), answer](found, by, at)
        queue_sync(pk=found.item.library_id)


def _keep_fact(question: ZoteroQuestion, by: Member, at: datetime) -> None:
    """What Zotero says was seen and not taken: from now on the change is on this side."""
    item = question.item
    item.base[question.name] = question.theirs
    item.save(update_fields=["base"])


def _take_fact(question: ZoteroQuestion, by: Member, at: datetime) -> None:
    if question.item.paper:
        take_facts(row=question.item, paper=question.item.paper, at=at, names=[question.name])


def _join(question: ZoteroQuestion, by: Member, at: datetime) -> None:
    """The item is the paper with the like title."""
    if question.other is None:
        raise AlreadyLinked
    link(row=question.item, paper=question.other, at=at)


def _add(question: ZoteroQuestion, by: Member, at: datetime) -> None:
    """The item is another work."""
    add(row=question.item, at=at)


def _archive(question: ZoteroQuestion, by: Member, at: datetime) -> None:
    if question.item.paper:
        archive_paper(paper=question.item.paper, by=by, at=at)


def _unlist(question: ZoteroQuestion, by: Member, at: datetime) -> None:
    for listing in _find_listing(question.item, question.name):
        unlist_paper(listing=listing, by=by, at=at)


def _find_listing(item: ZoteroItem, key: str) -> list[Listing]:
    topics = item.library.collections.filter(key=key).values("topic")
    return list(Listing.objects.filter(paper=item.paper, topic__in=topics))


def _leave(question: ZoteroQuestion, by: Member, at: datetime) -> None:
    """The paper stays as it is here."""


def _stay_listed(question: ZoteroQuestion, by: Member, at: datetime) -> None:
    """The place is this side's from now on, and goes back to Zotero when changes are sent."""
    item = question.item
    item.base_collections = [key for key in item.base_collections if key != question.name]
    item.save(update_fields=["base_collections"])


ACTS: dict[tuple[Kind, str], Callable[[ZoteroQuestion, Member, datetime], None]] = {
    (Kind.FACT, OURS): _keep_fact,
    (Kind.FACT, THEIRS): _take_fact,
    (Kind.SAME, OURS): _join,
    (Kind.SAME, THEIRS): _add,
    (Kind.GONE, OURS): _leave,
    (Kind.GONE, THEIRS): _archive,
    (Kind.TOPIC, OURS): _stay_listed,
    (Kind.TOPIC, THEIRS): _unlist,
}
