"""Reads of files: those of a paper, and how much room all of them take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Sum

from papers import access
from papers.models import File, Lab, Member, Paper
from papers.models.file import FileQuerySet


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
