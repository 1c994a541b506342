"""What happened and who hears of it: events, notices, follows, saved searches."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from papers.access.review_access import comments_visible_to, experiments_visible_to
from papers.access.viewers import Viewer, can_read, get_member
from papers.models import Event, Follow, Lab, Notification, SavedSearch
from papers.models.event import EventQuerySet


def events_visible_to(viewer: Viewer, lab: Lab) -> EventQuerySet:
    """What happened, less events about comments and experiments that are gone or closed to this
    member.

    An event of a hidden review stays: she may know that it was published. Strangers (public
    reading) learn of papers, topics and standing reviews only.
    """
    if not can_read(viewer, lab):
        return Event.objects.none()
    member = get_member(viewer)
    if member is None:
        public = [Event.Kind.PAPER_ADDED, Event.Kind.TOPIC_ADDED, Event.Kind.REVIEW_PUBLISHED]
        return Event.objects.filter(kind__in=public, review__deleted_at__isnull=True)
    if not lab.independent_reviews:
        return Event.objects.of_undeleted_reviews()
    return Event.objects.filter(
        Q(comment__isnull=True) | Q(comment__in=comments_visible_to(member, lab)),
        Q(experiment__isnull=True) | Q(experiment__in=experiments_visible_to(member, lab)),
    )


def follows_of(viewer: Viewer) -> QuerySet[Follow]:
    """What one follows; nobody else's business."""
    member = get_member(viewer)
    return Follow.objects.filter(by=member) if member else Follow.objects.none()


def saved_searches_of(viewer: Viewer) -> QuerySet[SavedSearch]:
    """Searches that one keeps; nobody else's business."""
    member = get_member(viewer)
    return SavedSearch.objects.filter(by=member) if member else SavedSearch.objects.none()


def notifications_of(viewer: Viewer, lab: Lab) -> QuerySet[Notification]:
    """One's own notices, less those of events that are gone or closed to one just now."""
    member = get_member(viewer)
    if member is None:
        return Notification.objects.none()
    seen = events_visible_to(member, lab).order_by()
    return Notification.objects.filter(member=member, event__in=seen)
