"""What happened and who hears of it: events, notices, follows, saved searches."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import BigIntegerField, Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from papers.access.meeting_access import meetings_run_by
from papers.access.member_access import members_editable_by
from papers.access.review_access import (
    comments_open_to_all,
    comments_visible_to,
    experiments_open_to_all,
    experiments_visible_to,
)
from papers.access.viewers import Viewer, can_curate, can_read, get_member
from papers.models import (
    Absence,
    AgendaItem,
    Claim,
    Event,
    Follow,
    Invitation,
    Lab,
    Member,
    Notification,
    Removal,
    RemovedListing,
    SavedSearch,
)
from papers.models.event import CURATORS_ACTS, REMOVALS, EventQuerySet


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


def events_open_to_all(lab: Lab) -> EventQuerySet:
    """What every member may know just now, and thus a program that reads along.

    An event of a review that is closed to somebody stays, as for members: its words do not.
    """
    return Event.objects.of_undeleted_reviews().filter(
        Q(comment__isnull=True) | Q(comment__in=comments_open_to_all(lab)),
        Q(experiment__isnull=True) | Q(experiment__in=experiments_open_to_all(lab)),
    )


UNDO_FOR = timedelta(days=30)
"""How long what took something away can be taken back."""


def events_undoable_by(viewer: Viewer, at: datetime) -> EventQuerySet:
    """One's own acts of the last 30 days that took something away, if it is still away; curators
    undo each other's in topics, imports, invitations and archived papers, their merges and
    deletions, and what they set for the lab or about the rights of members whom they may change.

    The row says by the time whether this act is the one that took it away.
    """
    member, kinds = get_member(viewer), Event.Kind
    if member is None:
        return Event.objects.none()
    same = {"paper": OuterRef("paper"), "member": OuterRef("member")}
    released = Claim.objects.filter(**same, ended_at=OuterRef("at"), ending=Claim.Ending.RELEASED)
    is_released = Exists(released) & ~Exists(Claim.objects.open().filter(**same))
    revoked = Invitation.objects.filter(
        member=OuterRef("member"), revoked_at=OuterRef("at"), expires_at__gt=at
    )
    own = Q(by=member) & (
        (Q(kind=kinds.CLAIM_RELEASED) & is_released)
        | Q(kind=kinds.COMMENT_DELETED, comment__deleted_at=F("at"))
        | Q(kind=kinds.REVIEW_DELETED, review__deleted_at=F("at"), review__member=member)
        | Q(kind=kinds.IMPORT_UNDONE, job__undone_at=F("at"))
        | _is_off_the_agenda(member)
        | (Q(kind=kinds.ROTA_CHANGED, data__has_key="absence") & ~Q(_still_has(Absence, "absence")))
    )
    curators = (
        _is_of_topic()
        | (
            Q(kind=kinds.TOPIC_CHANGED)
            & Exists(RemovedListing.objects.filter(event=OuterRef("pk")))
        )
        | Q(kind=kinds.IMPORT_UNDONE, job__undone_at=F("at"))
        | Q(kind=kinds.PAPER_ARCHIVED, paper__archived_at=F("at"))
        | (Q(kind=kinds.MEMBER_CHANGED, data__invitation="revoked") & Exists(revoked))
        | _is_removal()
        | _is_setting(member)
    )
    rows = Event.objects.filter(at__gt=at - UNDO_FOR)
    return rows.filter(own | curators) if can_curate(member) else rows.filter(own)


def events_explainable_by(viewer: Viewer, at: datetime) -> EventQuerySet:
    """A curator's own acts of the last 30 days in the curators' log that have no reason yet."""
    member = get_member(viewer)
    if member is None or not can_curate(member):
        return Event.objects.none()
    rows = Event.objects.filter(by=member, at__gt=at - UNDO_FOR, kind__in=CURATORS_ACTS)
    return rows.exclude(data__has_key="reason")


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


def _is_setting(member: Member) -> Q:
    """Changes of the lab's settings, of webhooks and of what members may do that nobody undid yet;
    what is itself an undo is changed back by hand."""
    kinds = Event.Kind
    undone = Event.objects.annotate(
        undoes=Cast(KeyTextTransform("undoes", "data"), BigIntegerField())
    ).filter(kind=OuterRef("kind"), undoes=OuterRef("pk"))
    rights = ["role", "state", *(["administrator"] if member.is_superuser else [])]
    account = Q(
        kind=kinds.MEMBER_CHANGED, data__has_any_keys=rights, member__closed_at=None,
        member__in=members_editable_by(member),
    )  # fmt: skip
    lab = Q(kind=kinds.LAB_CHANGED, data__has_key="changes")
    webhook = Q(kind=kinds.LAB_CHANGED, former_webhook__isnull=False)
    return webhook | ((account | lab) & ~Q(data__has_key="undoes") & ~Q(Exists(undone)))


def _is_of_topic() -> Q:
    """New names and places of topics that nobody undid, changed once more, or merged another topic
    into."""
    placed = Q(data__change="moved") | Q(data__has_key="name")
    changes = Event.objects.filter(
        (Q(kind=Event.Kind.TOPIC_CHANGED) & placed) | Q(kind=Event.Kind.TOPIC_MERGED)
    )
    later = changes.filter(topic=OuterRef("topic"), pk__gt=OuterRef("pk"))
    changed = Q(kind=Event.Kind.TOPIC_CHANGED, data__has_any_keys=["from", "name"])
    return changed & ~Q(data__has_key="undoes") & ~Q(Exists(later))


def _is_removal() -> Q:
    """Merges and deletions of papers and topics that nobody undid; an archive brings none of them
    along."""
    key = Cast(KeyTextTransform("removal", OuterRef("data")), BigIntegerField())
    standing = Removal.objects.current().exclude(journal=[])
    return Q(kind__in=REMOVALS) & Q(Exists(standing.filter(pk=key)))


def _is_off_the_agenda(member: Member) -> Q:
    """Removals of agenda items of meetings that are ahead."""
    removed = Q(kind=Event.Kind.MEETING_CHANGED, data__act="removed", data__has_key="rows")
    ahead = meetings_run_by(member).filter(held_at__isnull=True, cancelled_at__isnull=True)
    return removed & Q(meeting__in=ahead) & ~Q(_still_has(AgendaItem, "item"))


def _still_has(model: type[Model], name: str) -> Exists:
    """Whether the row that an event names by its key is there (again)."""
    key = Cast(KeyTextTransform(name, OuterRef("data")), BigIntegerField())
    return Exists(model._default_manager.filter(pk=key))
