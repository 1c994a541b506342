"""Reads of files: those of a paper, and how much room all of them take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Func, Model, Sum, TextField
from django.db.models.functions import Cast

from papers import access
from papers.models import (
    CommentRevision,
    Event,
    File,
    Lab,
    Member,
    MinutesRevision,
    Paper,
    Removal,
    ReviewDraft,
    ReviewRevision,
    TextDraft,
)
from papers.models.file import FileKeys, FileQuerySet
from papers.text.sections import TEXT_KEYS


@dataclass(frozen=True, slots=True)
class Room:
    """How much room the files of the lab take."""

    count: int
    size: int
    quota: int

    @property
    def percent(self) -> int:
        """Of the quota, as a whole number."""
        return min(100, round(100 * self.size / self.quota)) if self.quota else 100


def find_dormant_keys() -> set[str]:
    """Keys in texts that nobody reads now and that may come back: drafts, earlier versions, and
    what was merged or deleted and can be undone.
    """
    written: list[tuple[type[Model], tuple[Any, ...]]] = [
        (ReviewDraft, (*TEXT_KEYS, Cast("items", TextField()))),
        (TextDraft, (Cast("fields", TextField()),)),
        (ReviewRevision, TEXT_KEYS),
        (CommentRevision, ("body",)),
        (MinutesRevision, ("text",)),
        (Removal, (Cast("journal", TextField()),)),
    ]
    found: set[str] = set()
    for model, columns in written:
        keys = Func(FileKeys(*columns), function="unnest", output_field=TextField())
        found.update(model._default_manager.order_by().values_list(keys, flat=True).distinct())
    return found


def find_former_logos(since: datetime) -> set[str]:
    """Keys of logos that were replaced or removed since then: an undo may bring them back."""
    changed = Event.objects.filter(kind=Event.Kind.LAB_CHANGED, at__gte=since)
    return set(changed.values_list("data__changes__logo_id__0", flat=True)) - {None}


def count_bytes() -> int:
    """The size of all files, deleted ones that can be restored included."""
    return File.objects.aggregate(size=Sum("size"))["size"] or 0


def measure_room() -> Room:
    """What the quota is and how much of it is used."""
    found = File.objects.aggregate(count=Count("pk"), size=Sum("size"))
    return Room(found["count"], found["size"] or 0, settings.FILES_QUOTA)


def list_largest(limit: int = 20) -> list[File]:
    """The files that take most room, for the curators."""
    return list(File.objects.select_related("by", "paper").order_by("-size", "pk")[:limit])


def list_files(paper: Paper, viewer: Member, lab: Lab) -> FileQuerySet:
    """PDFs and slides of a paper, newest first."""
    rows: FileQuerySet = access.files_visible_to(viewer, lab).filter(paper=paper)
    return rows.select_related("by")


def list_deleted(rows: FileQuerySet, at: datetime) -> list[File]:
    """Those of these files that were deleted in the last 30 days."""
    return list(rows.filter(deleted_at__gt=at - access.UNDO_FOR).select_related("by"))
