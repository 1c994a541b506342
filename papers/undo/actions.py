"""Undoing one act: the event says which, its room's action brings back what was there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from papers.accounts.actions.departures import LastCurator
from papers.accounts.actions.invitations import restore_invitation
from papers.api.webhooks.actions.endpoints import EndpointRefused, return_endpoint
from papers.claims.actions.claims import ClaimRefused, retake_claim
from papers.curation.actions.lab import (
    return_administrator,
    return_questions,
    return_role,
    return_state,
)
from papers.digest.chat.actions import RoomKnown, return_webhook
from papers.discussion.actions import restore_comment
from papers.importing.intake.actions.jobs import request_apply
from papers.importing.intake.applying.actions.locking import NotInPreview
from papers.importing.intake.undoing.actions.undo_imports import reopen_import
from papers.lab_changes.actions import NotReturned, return_lab
from papers.meetings.agenda.removals.actions import NotPutBack, restore_item
from papers.meetings.series.actions.rota import restore_absence
from papers.models import (
    Claim,
    Comment,
    Event,
    ImportJob,
    Invitation,
    Member,
    Paper,
    Removal,
    RemovedListing,
    Review,
)
from papers.models.event import REMOVALS
from papers.outgoing import AddressRefused
from papers.records.actions.keeping import unarchive_paper
from papers.records.actions.undoing import UndoRefused, undo_removal
from papers.records.joining.patience import Busy
from papers.reviews.actions.publishing import restore_review
from papers.topics.actions.listings import relist_paper
from papers.topics.actions.nodes import TopicCycle, TopicExists, TopicTooDeep
from papers.topics.placing.actions import TreeChanged, return_topic

Kind = Event.Kind
TOPICS = (TopicCycle, TopicExists, TopicTooDeep)
REFUSALS = (
    NotReturned, LastCurator, EndpointRefused, RoomKnown, AddressRefused, UndoRefused, Busy,
)  # fmt: skip


class NotUndone(Exception):
    """It can't be brought back any more; the text says why."""


def undo(*, event: Event, by: Member, at: datetime) -> str:
    """Bring back what this act took away, and say what stays as it is now. Raises NotUndone."""
    try:
        return ACTS[Kind(event.kind)](event, by, at) or ""
    except (ClaimRefused, NotInPreview, NotPutBack, TreeChanged, *TOPICS, *REFUSALS) as reason:
        raise NotUndone(str(reason)) from reason


def _retake(event: Event, by: Member, at: datetime) -> None:
    claims = Claim.objects.filter(paper=event.paper_id, member=event.member_id)
    retake_claim(claim=claims.get(ended_at=event.at), by=by, at=at)


def _undo_topic(event: Event, by: Member, at: datetime) -> None:
    if event.data.get("change") == "unlisted":
        relist_paper(removed=RemovedListing.objects.get(event=event), by=by, at=at)
    else:
        return_topic(event=event, by=by, at=at)


def _import(event: Event, by: Member, at: datetime) -> None:
    job = reopen_import(job=ImportJob.objects.get(events=event))
    request_apply(job=job, by=by, at=at, with_meetings=bool(job.plan.get("with_meetings")))


def _return_member(event: Event, by: Member, at: datetime) -> None:
    change = next((RIGHTS[name] for name in RIGHTS if name in event.data), None)
    if change:
        change(event=event, by=by, at=at)
    else:
        _restore_invitation(event, by, at)


def _restore_invitation(event: Event, by: Member, at: datetime) -> None:
    rows = Invitation.objects.filter(member=event.member_id, revoked_at=event.at)
    if not restore_invitation(invitation=rows.get(), by=by, at=at):
        raise NotUndone(_("There's a newer invitation, or this one has expired."))


def _return_setting(event: Event, by: Member, at: datetime) -> None:
    subject = event.data.get("act", "").partition("-")[0]
    SETTINGS.get(subject, return_lab)(event=event, by=by, at=at)


def _restore_comment(event: Event, by: Member, at: datetime) -> None:
    restore_comment(comment=Comment.objects.get(events=event), by=by, at=at)


def _restore_review(event: Event, by: Member, at: datetime) -> None:
    restore_review(review=Review.objects.get(events=event), by=by, at=at)


def _unarchive(event: Event, by: Member, at: datetime) -> None:
    unarchive_paper(paper=Paper.objects.get(events=event), by=by, at=at)


def _return_removed(event: Event, by: Member, at: datetime) -> str:
    removal = Removal.objects.get(pk=event.data["removal"])
    return undo_removal(removal=removal, by=by, at=at).say_left()


def _restore_item(event: Event, by: Member, at: datetime) -> None:
    restore_item(event=event, by=by, at=at)


def _restore_absence(event: Event, by: Member, at: datetime) -> None:
    restore_absence(event=event, by=by, at=at)


RIGHTS = {"administrator": return_administrator, "role": return_role, "state": return_state}
"""How what a member may do returns, by what the act changed."""

SETTINGS = {
    "channel": return_webhook, "questions": return_questions, "webhook": return_endpoint,
}  # fmt: skip
"""How settings beside the lab's own row return, by the first word of the act."""

ACTS: dict[Kind, Callable[[Event, Member, datetime], str | None]] = {
    Kind.CLAIM_RELEASED: _retake,
    Kind.TOPIC_CHANGED: _undo_topic,
    Kind.IMPORT_UNDONE: _import,
    Kind.MEMBER_CHANGED: _return_member,
    Kind.LAB_CHANGED: _return_setting,
    Kind.COMMENT_DELETED: _restore_comment,
    Kind.REVIEW_DELETED: _restore_review,
    Kind.PAPER_ARCHIVED: _unarchive,
    Kind.MEETING_CHANGED: _restore_item,
    Kind.ROTA_CHANGED: _restore_absence,
    **dict.fromkeys(REMOVALS, _return_removed),
}
