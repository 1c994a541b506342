"""What was merged, deleted or archived, as the curators' page lists it; and where it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from papers import access
from papers.models import Lab, Removal
from papers.models.paper import PaperQuerySet
from papers.people import Person, make_person


@dataclass(frozen=True, slots=True)
class RemovalLine:
    """One merge or deletion."""

    removal: Removal
    by: Person | None
    target: str
    target_url: str
    can_be_undone: bool


def list_removals(viewer: access.Viewer) -> QuerySet[Removal]:
    """The newest first."""
    rows = access.removals_visible_to(viewer).select_related("by", "undone_by", "paper", "topic")
    return rows.order_by("-at", "-pk")


def make_line(removal: Removal, at: datetime) -> RemovalLine:
    """A removal as its page shows it."""
    target = removal.paper or removal.topic
    return RemovalLine(
        removal,
        make_person(removal.by) if removal.by else None,
        str(target) if target else "",
        target.get_absolute_url() if target else "",
        removal.can_be_undone(at),
    )


def list_archived(viewer: access.Viewer, lab: Lab) -> PaperQuerySet:
    """Papers that lists leave out, by title."""
    papers = access.papers_visible_to(viewer, lab).filter(archived_at__isnull=False)
    return papers.order_by("title", "pk")


def find_successor(pk: int, viewer: access.Viewer, lab: Lab) -> Removal | None:
    """The merge that put the paper of this key into another one that this viewer may see."""
    merges = Removal.objects.defer("journal").current().mergers()
    visible = access.papers_visible_to(viewer, lab)
    return merges.filter(gone=pk, paper__in=visible).select_related("paper").first()
