"""Meetings that a schedule brings: days with papers and presenters, many at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from papers import access
from papers.meetings.agenda.packing import PAPER
from papers.meetings.series.actions.planning import lock_calendar
from papers.meetings.series.recurrence import make_start
from papers.models import AgendaItem, Meeting, MeetingSeries, Member

USUAL_TIME = time(12)
"""When a meeting begins of which only the day is known, in a lab without a series."""


@dataclass(frozen=True, slots=True)
class DatedPaper:
    """A paper on a day's agenda, who presents it, and what the day is about."""

    day: date
    paper: int
    presenter: int | None = None
    title: str = ""


@dataclass(slots=True)
class Planned:
    """The keys of meetings and agenda items that are new."""

    meetings: list[int] = field(default_factory=list)
    items: list[int] = field(default_factory=list)


def add_dated_papers(*, agenda: Sequence[DatedPaper], by: Member, at: datetime) -> Planned:
    """Put papers on the agendas of their days, in the order given, and make meetings where there
    are none. A day that is over gets a past meeting on which its papers were discussed.

    Part of the caller's transaction, without an event. A cancelled meeting stays as it is.
    """
    lock_calendar()
    meetings = _find_meetings({one.day for one in agenda})
    titles = {one.day: one.title for one in reversed(agenda) if one.title}
    days = sorted({one.day for one in agenda} - meetings.keys())
    new = _make_meetings({day: titles.get(day, "") for day in days}, by, at)
    meetings |= {one.day: one for one in new}
    rows = AgendaItem.objects.filter(meeting__in=meetings.values())
    here = set(rows.values_list("meeting", "paper"))
    last: dict[int, int] = {}
    for key, position in rows.order_by("position").values_list("meeting", "position"):
        last[key] = position + 1
    items: list[AgendaItem] = []
    for one in agenda:
        meeting = meetings[one.day]
        if meeting.cancelled_at or (meeting.pk, one.paper) in here:
            continue
        here.add((meeting.pk, one.paper))
        items.append(_make_item(meeting, one, last.get(meeting.pk, 0)))
        last[meeting.pk] = last.get(meeting.pk, 0) + 1
    AgendaItem.objects.bulk_create(items)
    return Planned([one.pk for one in new], [one.pk for one in items])


def _find_meetings(days: Collection[date]) -> dict[date, Meeting]:
    """The first meeting of each day; a cancelled one only where no other stands."""
    rows = Meeting.objects.filter(day__in=days)
    return {one.day: one for one in sorted(rows, key=lambda m: (not m.cancelled_at, -m.number))}


def _make_meetings(titles: Mapping[date, str], by: Member, at: datetime) -> list[Meeting]:
    zone = access.get_lab().zone
    series = MeetingSeries.objects.filter(ended_at=None).order_by("pk").first()
    meetings = []
    for day, title in titles.items():
        starts_at = make_start(day, series.time if series else USUAL_TIME, zone)
        meeting = Meeting(day=day, starts_at=starts_at, created_by=by, created_at=at)
        meeting.title = title
        meeting.minutes = series.minutes if series else meeting.minutes
        is_past = day < at.astimezone(zone).date()
        meeting.held_at = starts_at if is_past else None
        meetings.append(meeting)
    return Meeting.objects.bulk_create(meetings)


def _make_item(meeting: Meeting, one: DatedPaper, position: int) -> AgendaItem:
    """Verdicts of a meeting that is over are open to all, as its closing does."""
    over = meeting.held_at
    return AgendaItem(
        meeting=meeting,
        paper_id=one.paper,
        presenter_id=one.presenter,
        minutes=PAPER,
        position=position,
        discussed_at=over,
        before_shown_at=over,
        after_shown_at=over,
    )
