"""Which paper an item is: by its identifiers, else a new one; a like title is asked about."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from papers.catalogue.actions.papers import (
    PaperExists,
    PaperFacts,
    add_paper,
    change_paper,
    find_alike,
)
from papers.catalogue.recognition import list_new_links, recognise
from papers.lookups.actions.filling import list_free_identifiers, read_facts
from papers.models import Event, Identifier, Paper, ZoteroItem, ZoteroLibrary, ZoteroQuestion
from papers.zotero.service.zotero_values import Item

SAME = ZoteroQuestion.Kind.SAME


class AlreadyLinked(Exception):
    """Another item of the library is this paper."""

    def __init__(self) -> None:
        super().__init__(_("Another Zotero item is already linked to this paper."))


def link_new_items(*, library: ZoteroLibrary, at: datetime) -> None:
    """Find or make the papers of items that were read for the first time."""
    new = library.items.filter(linked_at=None, is_gone=False).exclude(questions__kind=SAME)
    for row in list(new):
        item = Item.from_json(row.remote)
        with transaction.atomic():
            paper = _find(item)
            if paper is not None:
                if not _is_linked(library, paper):
                    link(row=row, paper=paper, at=at)
            elif alike := find_alike(item.title):
                ZoteroQuestion.objects.create(item=row, kind=SAME, other=alike[0], asked_at=at)
            else:
                add(row=row, at=at)


def link(*, row: ZoteroItem, paper: Paper, at: datetime) -> None:
    """This item is that paper; identifiers and links that are new come along.

    Raises AlreadyLinked.
    """
    if _is_linked(row.library, paper):
        raise AlreadyLinked
    row.paper, row.linked_at = paper, at
    row.save(update_fields=["paper", "linked_at"])
    here = read_facts(paper)
    names = recognise("\n".join(Item.from_json(row.remote).names))
    identifiers = [*here["identifiers"], *list_free_identifiers(names, paper)]
    links = [*here["links"], *list_new_links(here["links"], names.links)]
    facts = PaperFacts(**{**here, "identifiers": identifiers, "links": links})
    change_paper(
        paper=paper, facts=facts, by=None, at=at, kind=Event.Kind.PAPER_FILLED,
        data={"service": "Zotero"},
    )  # fmt: skip


def add(*, row: ZoteroItem, at: datetime) -> Paper:
    """A new paper for this item."""
    item = Item.from_json(row.remote)
    names = recognise("\n".join(item.names))
    shared = item.facts
    facts = PaperFacts(**shared, identifiers=_leave_free(names.identifiers), links=names.links)
    try:
        paper = add_paper(facts=facts, by=row.library.connected_by, at=at, although_alike=True)
    except PaperExists as refusal:
        paper = refusal.paper
    row.paper, row.linked_at, row.base = paper, at, shared
    row.save(update_fields=["paper", "linked_at", "base"])
    return paper


def _leave_free(identifiers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [
        (kind, value)
        for kind, value in identifiers
        if not Identifier.objects.filter(kind=kind, value=value).exists()
    ]


def _find(item: Item) -> Paper | None:
    for kind, value in recognise("\n".join(item.names)).identifiers:
        found = Identifier.objects.filter(kind=kind, value=value).select_related("paper").first()
        if found:
            return found.paper
    return None


def _is_linked(library: ZoteroLibrary, paper: Paper) -> bool:
    return library.items.filter(paper=paper, is_gone=False).exists()
