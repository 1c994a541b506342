"""Emailing an agenda: once, and again only to say what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from papers import access
from papers.events import record
from papers.languages import speak_to
from papers.mail import make_unsubscribe_url, send_mail
from papers.meetings.mailing.changes import Change, compare, sign
from papers.meetings.mailing.queries import (
    list_recipients,
    make_context,
    make_subject,
    read_names,
    read_state,
    say_changes,
)
from papers.meetings.queries.calendar import ItemLine, list_agenda
from papers.models import Event, Lab, Meeting, Member


class AgendaDiffers(Exception):
    """What was looked at is not what would be sent."""


def send_agenda(*, meeting: Meeting, by: Member, at: datetime, seen: str | None = None) -> int:
    """Mail the agenda to every active member who wants it; how many were written.

    Once it went out it is sent again only when something changed, and says what. `seen` is the
    state that a preview showed (`Letter.seen`). Raises AgendaDiffers.
    """
    lab = access.get_lab()
    with transaction.atomic():
        meeting = _lock(meeting)
        state = read_state(meeting)
        if seen is not None and seen != sign(state, meeting.sent_count):
            raise AgendaDiffers(_("The agenda has changed since this preview. Check it again."))
        changes = compare(meeting.sent_agenda, state)
        if meeting.sent_agenda and not changes:
            return 0
        written = _write_all(meeting, changes, lab)
        if written:
            meeting.sent_at, meeting.sent_agenda = at, state
            meeting.sent_count += 1
            meeting.save(update_fields=["sent_at", "sent_agenda", "sent_count"])
            record(Event.Kind.MEETING_CHANGED, meeting, by=by, at=at, data={"act": "sent"})
    return written


def choose_agenda_mail(*, member: Member, is_wanted: bool) -> bool:
    """Whether agendas come by mail; False when it is so already. A setting of one's own: no
    event tells of it."""
    others = Member.objects.filter(pk=member.pk).exclude(agenda_by_mail=is_wanted)
    return bool(others.update(agenda_by_mail=is_wanted))


def _write_all(meeting: Meeting, changes: Sequence[Change], lab: Lab) -> int:
    """To each what they may read; where reviews are not independent, that is the same for all."""
    written, shared = 0, None
    for member in list_recipients():
        items, names = shared or (
            list_agenda(meeting, member, lab), read_names(changes, member, lab) if changes else None
        )  # fmt: skip
        if not lab.independent_reviews:
            shared = items, names
        with speak_to(member):
            words = say_changes(changes, names, lab) if names else []
            written += _write(meeting, member, lab, items, words)
    return written


def _write(
    meeting: Meeting, member: Member, lab: Lab, items: Sequence[ItemLine], changes: Sequence[str]
) -> bool:
    key = f"agenda-{meeting.pk}-{meeting.sent_count + 1}-{member.pk}"
    leaving = make_unsubscribe_url(member, "agenda")
    mail = send_mail(
        member.email, make_subject(meeting, lab, changes), "meetings/mail/agenda",
        make_context(meeting, member, lab, items, changes), key=key, unsubscribe_url=leaving,
    )  # fmt: skip
    return mail is not None


def _lock(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(no_key=True, of=("self",)).get(pk=meeting.pk)
