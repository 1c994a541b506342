"""What leaves the lab: secret addresses, archives, and one review that its author shows outside."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from papers.access.review_access import list_closed_papers
from papers.access.viewers import Viewer, can_curate, get_member
from papers.models import ArchiveJob, BibliographyLink, Lab, Review
from papers.models.review import ReviewQuerySet


def bibliography_links_of(viewer: Viewer) -> QuerySet[BibliographyLink]:
    """One's own secret addresses; nobody else's business."""
    member = get_member(viewer)
    links = BibliographyLink.objects.all()
    return links.filter(by=member) if member else links.none()


def archives_visible_to(viewer: Viewer) -> QuerySet[ArchiveJob]:
    """Archives of the lab, for curators."""
    return ArchiveJob.objects.all() if can_curate(viewer) else ArchiveJob.objects.none()


def can_archive(viewer: Viewer, lab: Lab) -> bool:
    """Curators make and fetch archives, unless reviews are hidden from them just now: a file hides
    nothing.
    """
    return can_curate(viewer) and not list_closed_papers(viewer, lab)


def reviews_shared_at(token_hash: str) -> ReviewQuerySet:
    """The published review that its author shows at a secret address, for whoever has it."""
    return Review.objects.current().filter(outside_link__token_hash=token_hash)


def reviews_for_libraries(lab: Lab) -> ReviewQuerySet:
    """Published reviews that may go to a connected library, whose readers the lab does not know.

    Where reviews are independent, none of a paper that a member still reviews.
    """
    closed = list_closed_papers(AnonymousUser(), lab)
    return Review.objects.current().exclude(paper__in=closed)
