"""Papers, topics, listings and imports: who may see or change which."""

from __future__ import annotations

from django.db.models import QuerySet

from papers.access.viewers import Viewer, can_add_papers, can_curate, can_read, get_member
from papers.models import (
    ImportItem,
    ImportJob,
    IssueFetch,
    Lab,
    Listing,
    Paper,
    PaperPair,
    Removal,
    Topic,
)
from papers.models.paper import PaperQuerySet
from papers.models.removal import RemovalQuerySet
from papers.models.topic import TopicQuerySet


def papers_visible_to(viewer: Viewer, lab: Lab) -> PaperQuerySet:
    """Every paper, for whoever may read."""
    return Paper.objects.all() if can_read(viewer, lab) else Paper.objects.none()


def papers_editable_by(viewer: Viewer) -> PaperQuerySet:
    """Curators mend every paper, members those that they added."""
    if can_curate(viewer):
        return Paper.objects.all()
    if can_add_papers(viewer):
        return Paper.objects.filter(added_by=get_member(viewer))
    return Paper.objects.none()


def papers_sortable_by(viewer: Viewer) -> PaperQuerySet:
    """Curators act on many papers at once; what they do not own is theirs to keep in order."""
    return Paper.objects.all() if can_curate(viewer) else Paper.objects.none()


def pairs_visible_to(viewer: Viewer) -> QuerySet[PaperPair]:
    """What members suggested as duplicates, and what was answered: for curators."""
    return PaperPair.objects.all() if can_curate(viewer) else PaperPair.objects.none()


def removals_visible_to(viewer: Viewer) -> RemovalQuerySet:
    """What was merged or deleted, for curators; never the journals, which nobody is shown."""
    rows: RemovalQuerySet = Removal.objects.defer("journal")
    return rows if can_curate(viewer) else rows.none()


def topics_visible_to(viewer: Viewer, lab: Lab) -> TopicQuerySet:
    """Every topic, for whoever may read."""
    return Topic.objects.all() if can_read(viewer, lab) else Topic.objects.none()


def listings_visible_to(viewer: Viewer, lab: Lab) -> QuerySet[Listing]:
    """Every listing, for whoever may read."""
    return Listing.objects.all() if can_read(viewer, lab) else Listing.objects.none()


def imports_visible_to(viewer: Viewer) -> QuerySet[ImportJob]:
    """One's own imports; curators see all."""
    if can_curate(viewer):
        return ImportJob.objects.all()
    return (
        ImportJob.objects.filter(by=get_member(viewer))
        if can_add_papers(viewer)
        else ImportJob.objects.none()
    )


def entries_splittable_by(viewer: Viewer) -> QuerySet[ImportItem]:
    """Entries that an import put to a paper that was there: curators and whoever imported them may
    make them papers of their own.
    """
    rows = ImportItem.objects.filter(is_joined=True, is_excluded=False)
    return rows.filter(job__in=imports_visible_to(viewer), job__state=ImportJob.State.APPLIED)


def issue_fetches_of(viewer: Viewer) -> QuerySet[IssueFetch]:
    """One's own fetches of issues: the repository may be private."""
    member = get_member(viewer)
    return IssueFetch.objects.filter(by=member) if member else IssueFetch.objects.none()
