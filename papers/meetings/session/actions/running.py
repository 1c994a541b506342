"""In the meeting: opening, going from item to item, verdicts, closing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from papers.events import record
from papers.models import AgendaItem, Event, Meeting, Member, Nomination, VerdictVote

Phase = VerdictVote.Phase


class NotGoingOn(Exception):
    """The meeting has not been opened, or is closed."""


class VerdictsShown(Exception):
    """The verdicts of this phase are shown: they stand."""


def open_meeting(*, meeting: Meeting, by: Member, at: datetime) -> Meeting:
    """Begin; the first item is up. Opening twice is opening once."""
    with transaction.atomic():
        meeting = _lock(meeting)
        if meeting.opened_at or meeting.is_over:
            return meeting
        meeting.opened_at = at
        _go_to(meeting, meeting.items.timed().filter(discussed_at=None).first(), at)
        meeting.save()
        record(Event.Kind.MEETING_CHANGED, meeting, by=by, at=at, data={"act": "opened"})
    return meeting


def turn_to_item(*, meeting: Meeting, item: AgendaItem | None, by: Member, at: datetime) -> Meeting:
    """Go on to an item (None: the next one that was not discussed); the one before it is done.

    Raises NotGoingOn.
    """
    with transaction.atomic():
        meeting = _lock(meeting)
        if not meeting.is_going_on:
            raise NotGoingOn(_("The meeting hasn't started. Start it first."))
        if item and item.pk == meeting.current_id:
            return meeting
        if meeting.current:
            _finish(meeting.current, by, at)
        _go_to(meeting, item or meeting.items.timed().filter(discussed_at=None).first(), at)
        meeting.save()
    return meeting


def mark_discussed(*, item: AgendaItem, by: Member, at: datetime) -> AgendaItem:
    """An item is done: the paper counts as discussed, and its votes are used up."""
    with transaction.atomic():
        return _finish(item, by, at)


def close_meeting(*, meeting: Meeting, by: Member, at: datetime) -> Meeting:
    """End the meeting; what was not reached keeps its votes. Closing twice is closing once."""
    with transaction.atomic():
        meeting = _lock(meeting)
        if not meeting.is_going_on:
            return meeting
        if meeting.current:
            _finish(meeting.current, by, at)
        meeting.held_at = at
        _go_to(meeting, None, at)
        meeting.save()
        meeting.items.filter(before_shown_at=None, paper__isnull=False).update(before_shown_at=at)
        meeting.items.filter(after_shown_at=None, paper__isnull=False).update(after_shown_at=at)
        record(Event.Kind.MEETING_HELD, meeting, by=by, at=at)
    return meeting


def reopen_meeting(*, meeting: Meeting, by: Member, at: datetime) -> Meeting:
    """The meeting goes on after all; verdicts that were shown stay shown."""
    with transaction.atomic():
        meeting = _lock(meeting)
        if meeting.held_at is None:
            return meeting
        meeting.held_at, meeting.opened_at = None, meeting.opened_at or at
        _go_to(meeting, meeting.items.timed().filter(discussed_at=None).first(), at)
        meeting.save()
        record(Event.Kind.MEETING_CHANGED, meeting, by=by, at=at, data={"act": "reopened"})
    return meeting


def cast_verdict(
    *, item: AgendaItem, phase: str, verdict: str, by: Member, at: datetime
) -> VerdictVote:
    """Say what one would do with the paper; until the verdicts are shown it can be changed.

    The item's row is locked, so that nobody changes a verdict while the lead shows them. Raises
    VerdictsShown.
    """
    with transaction.atomic():
        item = _lock_item(item)
        if item.get_shown_at(phase):
            raise VerdictsShown(_("These verdicts have been revealed and can't be changed."))
        cast, is_new = VerdictVote.objects.update_or_create(
            item=item, member=by, phase=phase, defaults={"verdict": verdict, "at": at}
        )
        if is_new:
            # Which verdict it was stays out of the event: it may be hidden.
            record(Event.Kind.VERDICT_GIVEN, item, by=by, at=at)
    return cast


def show_verdicts(*, item: AgendaItem, phase: str, by: Member, at: datetime) -> AgendaItem:
    """Open the verdicts of a phase to all; from then on they stand."""
    with transaction.atomic():
        item = _lock_item(item)
        if item.get_shown_at(phase) is None:
            name = "before_shown_at" if phase == Phase.BEFORE else "after_shown_at"
            setattr(item, name, at)
            item.save(update_fields=[name])
            record(
                Event.Kind.MEETING_CHANGED,
                item.meeting,
                by=by,
                at=at,
                data={"act": "verdicts shown"},
            )
    return item


def _finish(item: AgendaItem, by: Member, at: datetime) -> AgendaItem:
    item = _lock_item(item)
    if item.discussed_at:
        return item
    item.discussed_at = at
    item.save(update_fields=["discussed_at"])
    if item.paper_id:
        Nomination.objects.open().filter(paper=item.paper_id).update(closed_at=at)
        record(Event.Kind.PAPER_DISCUSSED, item, by=by, at=at)
    for one in item.gathered.all():
        _finish(one, by, at)
    return item


def _go_to(meeting: Meeting, item: AgendaItem | None, at: datetime) -> None:
    meeting.current, meeting.current_since = item, at if item else None


def _lock(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(no_key=True, of=("self",)).get(pk=meeting.pk)


def _lock_item(item: AgendaItem) -> AgendaItem:
    rows = AgendaItem.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("meeting").get(pk=item.pk)
