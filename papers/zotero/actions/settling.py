"""Settling linked items: what changed there comes in, what only a person can decide is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from papers.catalogue.actions.papers import PaperFacts, change_paper
from papers.lookups.actions.filling import read_facts
from papers.models import (
    Event,
    Listing,
    Paper,
    ZoteroChange,
    ZoteroItem,
    ZoteroLibrary,
    ZoteroQuestion,
)
from papers.topics.actions.listings import list_paper
from papers.zotero.service.zotero_values import FACTS, Item, Outcome, is_same, reconcile

FACT, GONE, TOPIC = (
    ZoteroQuestion.Kind.FACT, ZoteroQuestion.Kind.GONE, ZoteroQuestion.Kind.TOPIC,
)  # fmt: skip
SETTLED = "settled"
"""The answer to a question that both sides answered themselves."""


def settle_items(*, library: ZoteroLibrary, at: datetime) -> None:
    """Every linked item of the library."""
    topics = read_topics(library)
    listed = read_listed(library)
    rows = library.items.filter(paper__isnull=False).select_related("paper")
    for row in rows.prefetch_related("questions").iterator(chunk_size=500):
        if row.paper is None:
            continue
        if row.is_gone:
            _ask_about_gone(row, row.paper, at)
        else:
            paper = _settle_facts(row, row.paper, at)
            _settle_collections(row, paper, topics, listed.get(paper.pk, set()), at)


def read_topics(library: ZoteroLibrary) -> dict[str, int]:
    """Topics by key of their collection; none stands for two collections."""
    rows = library.collections.filter(topic__isnull=False).values_list("topic_id", "key")
    return {key: topic for topic, key in dict(rows).items() if topic}


def read_listed(library: ZoteroLibrary) -> dict[int, set[int]]:
    """Topics of each linked paper."""
    listed: dict[int, set[int]] = {}
    rows = Listing.objects.filter(paper__zotero_items__library=library)
    for paper, topic in rows.values_list("paper_id", "topic_id"):
        listed.setdefault(paper, set()).add(topic)
    return listed


def read_ours(paper: Paper) -> dict[str, Any]:
    """The shared facts as they stand here."""
    return {name: getattr(paper, name) for name in FACTS}


def note_change(
    row: ZoteroItem, name: str, before: Any, after: Any, at: datetime, *, is_from_zotero: bool
) -> None:
    """A line of the log."""
    ZoteroChange.objects.create(
        item=row, name=name, before=before, after=after, at=at, is_from_zotero=is_from_zotero
    )


def _settle_facts(row: ZoteroItem, paper: Paper, at: datetime) -> Paper:
    """The paper as it stands then."""
    theirs = Item.from_json(row.remote).facts
    outcome = reconcile(row.base, read_ours(paper), theirs)
    if outcome.take:
        paper, outcome = take_facts(row=row, paper=paper, at=at)
    ours = read_ours(paper)
    equal = {name: theirs[name] for name in FACTS if is_same(ours[name], theirs[name])}
    if any(row.base.get(name, equal) != value for name, value in equal.items()):
        row.base |= equal
        row.save(update_fields=["base"])
    questions = {one.name: one for one in row.questions.all() if one.kind == FACT}
    _settle_questions(row, questions, outcome.ask, ours, theirs, at)
    return paper


def take_facts(
    *, row: ZoteroItem, paper: Paper, at: datetime, names: Iterable[str] = ()
) -> tuple[Paper, Outcome]:
    """Bring facts that changed there to the paper, and `names` in any case; what it is then.

    The paper is read again under its lock: whoever changes it meanwhile is not overwritten.
    """
    with transaction.atomic():
        paper = Paper.objects.select_for_update(no_key=True).get(pk=paper.pk)
        theirs, ours = Item.from_json(row.remote).facts, read_ours(paper)
        outcome = reconcile(row.base, ours, theirs)
        taken = [name for name in FACTS if name in outcome.take or name in names]
        new = {name: theirs[name] for name in taken}
        facts = PaperFacts(**{**read_facts(paper), **new})
        paper = change_paper(
            paper=paper, facts=facts, by=None, at=at, kind=Event.Kind.PAPER_FILLED,
            data={"service": "Zotero"},
        )  # fmt: skip
        for name in taken:
            note_change(row, name, ours[name], theirs[name], at, is_from_zotero=True)
        row.base |= new
        row.save(update_fields=["base"])
    return paper, outcome


def _settle_questions(
    row: ZoteroItem,
    questions: dict[str, ZoteroQuestion],
    names: Iterable[str],
    ours: dict[str, Any],
    theirs: dict[str, Any],
    at: datetime,
) -> None:
    """Questions about these facts, and no others, are open; they show what both sides say now."""
    wanted = set(names)
    is_open = {name: one for name, one in questions.items() if one.answered_at is None}
    for name, question in is_open.items():
        if name not in wanted:
            question.answer, question.answered_at = SETTLED, at
            question.save(update_fields=["answer", "answered_at"])
        elif (question.ours, question.theirs) != (ours[name], theirs[name]):
            question.ours, question.theirs = ours[name], theirs[name]
            question.save(update_fields=["ours", "theirs"])
    for name in sorted(wanted - set(is_open)):
        ZoteroQuestion.objects.create(
            item=row, kind=FACT, name=name, ours=ours[name], theirs=theirs[name], asked_at=at
        )


def _settle_collections(
    row: ZoteroItem, paper: Paper, topics: dict[str, int], listed: set[int], at: datetime
) -> None:
    """New places there are places here; those taken away there are asked about."""
    theirs = {key for key in Item.from_json(row.remote).collections if key in topics}
    base = {key for key in row.base_collections if key in topics}
    here = {key for key, topic in topics.items() if topic in listed}
    for key in sorted(theirs - base - here):
        topic = row.library.collections.select_related("topic").get(key=key).topic
        if topic:
            list_paper(paper=paper, topic=topic, by=row.library.connected_by, at=at)
            listed.add(topic.pk)
    is_open = {one.name for one in row.questions.all() if one.kind == TOPIC and not one.answered_at}
    for key in sorted((base - theirs) & here - is_open):
        ZoteroQuestion.objects.create(item=row, kind=TOPIC, name=key, asked_at=at)
    agreed = sorted((base & (theirs | here)) | (theirs - base))
    if agreed != sorted(row.base_collections):
        row.base_collections = agreed
        row.save(update_fields=["base_collections"])


def _ask_about_gone(row: ZoteroItem, paper: Paper, at: datetime) -> None:
    if any(one.kind == GONE for one in row.questions.all()):
        return
    if paper.archived_at is None:
        ZoteroQuestion.objects.create(item=row, kind=GONE, asked_at=at)
