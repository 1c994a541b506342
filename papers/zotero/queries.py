"""Reads of connected Zotero libraries: their state, open questions, and what went to and fro."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from papers.models import ZoteroChange, ZoteroLibrary, ZoteroQuestion
from papers.zotero.service.zotero_values import Item

NAMES = {
    "title": _("Title"), "authors": _("Authors"), "year": _("Year"), "venue": _("Venue"),
    "abstract": _("Abstract"),
}  # fmt: skip
SHOWN = 50
"""Questions and changes on a page; of questions the others follow as these are answered."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the page shows it: what stands here and there, and what is to be chosen."""

    row: ZoteroQuestion
    item: Item
    name: str
    ours: str
    theirs: str


def list_libraries() -> QuerySet[ZoteroLibrary]:
    """Connected libraries with the number of their papers and open questions."""
    is_open = Q(items__questions__isnull=False, items__questions__answered_at=None)
    return ZoteroLibrary.objects.annotate(
        papers=Count("items", filter=Q(items__paper__isnull=False), distinct=True),
        questions=Count("items__questions", filter=is_open, distinct=True),
    )


def list_questions(library: ZoteroLibrary) -> list[Asked]:
    """The oldest open questions."""
    rows = ZoteroQuestion.objects.filter(item__library=library, answered_at=None)
    collections = dict(library.collections.values_list("key", "name"))
    return [
        Asked(
            row,
            Item.from_json(row.item.remote),
            str(NAMES.get(row.name, collections.get(row.name, ""))),
            say(row.ours),
            say(row.theirs),
        )
        for row in rows.select_related("item__paper", "other")[:SHOWN]
    ]


def list_changes(library: ZoteroLibrary) -> Sequence[tuple[ZoteroChange, str, str, str]]:
    """The newest changes, each with the name of the fact and both values."""
    rows = ZoteroChange.objects.filter(item__library=library).select_related("item__paper")
    return [
        (row, str(NAMES.get(row.name, "")), say(row.before), say(row.after)) for row in rows[:SHOWN]
    ]


def say(value: Any) -> str:
    """A value in one line."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
