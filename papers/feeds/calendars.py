"""Meetings, presentations and due days as iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from papers import access
from papers.models import AgendaItem, Claim, Lab, Meeting, Member
from papers.text.formulas import to_letters
from papers.text.one_line import make_line

if TYPE_CHECKING:
    from icalendar import Event

KEPT = timedelta(days=180)
"""Past meetings stay in a calendar for so long."""


def write_meetings(member: Member, lab: Lab, at: datetime) -> bytes:
    """Every meeting that is not long past; a cancelled one says so, which takes it off."""
    return _write(f"{lab.name}: meetings", [_make_meeting(one, at) for one in _list(member, at)])


def write_own(member: Member, lab: Lab, at: datetime) -> bytes:
    """The member's presentations and due days."""
    items = [
        _make_turn(item, meeting, at)
        for meeting in _list(member, at)
        if meeting.cancelled_at is None
        for item in meeting.items.all()
        if item.presenter_id == member.pk
    ]
    leases = access.claims_visible_to(member).open().leased().filter(member=member)
    due = [_make_due_day(claim, at) for claim in leases.select_related("paper")]
    return _write(f"{lab.name}: mine", [*items, *due])


def write_meeting(meeting: Meeting, lab: Lab, at: datetime) -> bytes:
    """One meeting as a file."""
    prefetch_related_objects([meeting], _read_items())
    return _write(lab.name, [_make_meeting(meeting, at)])


def _list(member: Member, at: datetime) -> Iterable[Meeting]:
    rows = access.meetings_visible_to(member).filter(starts_at__gte=at - KEPT)
    return rows.prefetch_related(_read_items()).order_by("starts_at", "pk")


def _read_items() -> Prefetch[str]:
    items = AgendaItem.objects.select_related("paper", "presenter")
    return Prefetch("items", queryset=items)


def _write(name: str, events: Iterable[Event]) -> bytes:
    from icalendar import Calendar  # loads 2 MB, as in `_start`

    calendar = Calendar()
    calendar.add("prodid", "-//reviewapp//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", make_line(name))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _start(uid: str, summary: str, url: str, at: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{uid}@{settings.SITE.hostname}")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("summary", summary)
    event.add("url", f"{settings.SITE_URL}{url}")
    return event


def _make_meeting(meeting: Meeting, at: datetime) -> Event:
    """An instant in UTC: right in every zone, on both sides of a change of clocks."""
    event = _start(f"meeting-{meeting.pk}", meeting.name, meeting.get_absolute_url(), at)
    starts_at = meeting.starts_at.astimezone(UTC)
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + timedelta(minutes=meeting.minutes))
    event.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
    if place := meeting.place or meeting.link:
        event.add("location", place)
    lines = [_say_item(item) for item in meeting.items.all()]
    if meeting.link:
        lines.append(meeting.link)
    if lines:
        event.add("description", "\n".join(lines))
    return event


def _name_item(item: AgendaItem) -> str:
    """Papers by title; other items by their own, since an experiment may be closed to somebody."""
    return str(item.paper) if item.paper else to_letters(item.title) or _("An experiment")


def _say_item(item: AgendaItem) -> str:
    """One line of the agenda."""
    title = _name_item(item)
    if item.question_id:
        return f"- {title}"
    who = f" ({item.presenter})" if item.presenter else ""
    return _("%(n)s min: %(title)s") % {"n": item.minutes, "title": f"{title}{who}"}


def _make_turn(item: AgendaItem, meeting: Meeting, at: datetime) -> Event:
    title = _name_item(item)
    event = _start(
        f"turn-{item.pk}",
        _("You're presenting: %(title)s") % {"title": title},
        meeting.get_absolute_url(),
        at,
    )
    starts_at = meeting.starts_at.astimezone(UTC)
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + timedelta(minutes=meeting.minutes))
    return event


def _make_due_day(claim: Claim, at: datetime) -> Event:
    """A whole day; DTEND is the day after, as the standard counts."""
    assert claim.due_on is not None  # noqa: S101  leases only
    title = _("Review due: %(title)s") % {"title": to_letters(claim.paper.title)}
    event = _start(f"claim-{claim.pk}", title, claim.paper.get_absolute_url(), at)
    event.add("dtstart", claim.due_on)
    event.add("dtend", claim.due_on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event
