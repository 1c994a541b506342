"""Planning meetings: single ones, and those of a series some weeks ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from papers import access
from papers.events import record
from papers.meetings.series.queries import read_lead_turns
from papers.meetings.series.recurrence import Rule, list_days, make_start
from papers.meetings.series.rotation import rank
from papers.models import Event, Lab, Meeting, MeetingSeries, Member
from papers.moments import say_weekday

AHEAD = 4
"""Meetings of a series that stand in the calendar."""


MOST = 9
"""Meetings on one day at most."""


class DayTaken(Exception):
    """There is a meeting on that day already, and nobody said that this is another one."""


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """When and where a meeting is; day and time as the lab's clocks show them."""

    day: date
    time: time
    minutes: int = 60
    title: str = ""
    place: str = ""
    link: str = ""
    lead: Member | None = None
    is_another: bool = False
    """Meet on that day though there is a meeting already."""


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """The rule of a regular meeting, as its form gives it."""

    weekday: int
    time: time
    starts_on: date
    minutes: int = 60
    every_weeks: int = 1
    title: str = ""
    place: str = ""
    link: str = ""
    rotates_lead: bool = False
    skipped: tuple[date, ...] = ()


def plan_meeting(*, facts: MeetingFacts, by: Member, at: datetime) -> Meeting:
    """Put one meeting into the calendar; a cancelled one of that day comes back instead.

    Planning the same meeting twice is planning it once. Raises DayTaken.
    """
    lab = access.get_lab()
    with transaction.atomic():
        lock_calendar()
        that_day = list(Meeting.objects.filter(day=facts.day))
        starts_at = make_start(facts.day, facts.time, lab.zone)
        standing = [one for one in that_day if not one.cancelled_at]
        for one in standing:
            if one.starts_at == starts_at and (one.title == facts.title or not facts.is_another):
                return one
        _check_day(facts, len(standing))
        cancelled = [one for one in that_day if one.cancelled_at]
        meeting = cancelled[0] if cancelled else Meeting(created_by=by, created_at=at)
        _write(meeting, facts, lab)
        meeting.cancelled_at = None
        meeting.save()
        record(Event.Kind.MEETING_PLANNED, meeting, by=by, at=at)
    return meeting


def change_meeting(*, meeting: Meeting, facts: MeetingFacts, by: Member, at: datetime) -> Meeting:
    """Move a meeting or mend its facts. Raises DayTaken."""
    lab = access.get_lab()
    with transaction.atomic():
        lock_calendar()
        meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if meeting.day != facts.day:
            _check_day(facts, Meeting.objects.scheduled().filter(day=facts.day).count())
        _write(meeting, facts, lab)
        meeting.save()
        record(Event.Kind.MEETING_CHANGED, meeting, by=by, at=at)
    return meeting


def cancel_meeting(*, meeting: Meeting, by: Member, at: datetime) -> None:
    """Call a meeting off; its agenda stays, and it can be brought back."""
    with transaction.atomic():
        standing = Meeting.objects.scheduled().filter(pk=meeting.pk, held_at__isnull=True)
        if standing.update(cancelled_at=at):
            record(Event.Kind.MEETING_CHANGED, meeting, by=by, at=at, data={"act": "cancelled"})


def restore_meeting(*, meeting: Meeting, by: Member, at: datetime) -> None:
    """Undo the cancelling."""
    with transaction.atomic():
        if Meeting.objects.filter(pk=meeting.pk, cancelled_at__isnull=False).update(
            cancelled_at=None
        ):
            record(Event.Kind.MEETING_CHANGED, meeting, by=by, at=at, data={"act": "restored"})


def start_series(*, facts: SeriesFacts, by: Member, at: datetime) -> MeetingSeries:
    """Meet regularly from now on; the next meetings are planned at once.

    The same rule sent twice gives the same series.
    """
    with transaction.atomic():
        lock_calendar()
        values = {**asdict(facts), "skipped": list(facts.skipped)}
        same = MeetingSeries.objects.filter(ended_at__isnull=True, **values).first()
        if same:
            return same
        series = MeetingSeries.objects.create(created_by=by, created_at=at, **values)
        record(Event.Kind.SERIES_CHANGED, by=by, at=at)
        _materialise(series, by, at, AHEAD)
    return series


def change_series(
    *, series: MeetingSeries, facts: SeriesFacts, by: Member, at: datetime, is_over: bool = False
) -> MeetingSeries:
    """Change the rule, or end it. Coming meetings follow, unless they have an agenda already
    and the new rule has no day for them: those stay where they are, for somebody to decide."""
    with transaction.atomic():
        lock_calendar()
        series = MeetingSeries.objects.select_for_update().get(pk=series.pk)
        before = _make_rule(series), series.time
        for name, value in asdict(facts).items():
            setattr(series, name, list(value) if name == "skipped" else value)
        series.ended_at = at if is_over else None
        series.save()
        record(Event.Kind.SERIES_CHANGED, by=by, at=at)
        _follow(series, before[1], at)
        if not is_over:
            _materialise(series, by, at, AHEAD)
    return series


def plan_series(
    *, series: MeetingSeries, by: Member | None, at: datetime, count: int = AHEAD
) -> list[Meeting]:
    """Make the next meetings of a series that are not there yet; twice is once.

    Holidays are skipped, and so are days that were moved or cancelled, or on which a meeting
    that is not of another running series takes the same time.
    """
    with transaction.atomic():
        lock_calendar()
        return _materialise(series, by, at, count)


def plan_coming_meetings(*, at: datetime) -> int:
    """Keep the calendar filled ahead, for a job that runs every day; how many were made."""
    series = MeetingSeries.objects.filter(ended_at__isnull=True)
    return sum(len(plan_series(series=one, by=None, at=at)) for one in series)


def _materialise(
    series: MeetingSeries, by: Member | None, at: datetime, ahead: int
) -> list[Meeting]:
    lab = access.get_lab()
    today = at.astimezone(lab.zone).date()
    others = Meeting.objects.filter(day__gte=today).exclude(
        series__in=MeetingSeries.objects.filter(ended_at=None).exclude(pk=series.pk)
    )
    taken = [(one.starts_at, one.ends_at) for one in others]
    known = set(series.meetings.values_list("series_on", flat=True))
    made = []
    for day in list_days(_make_rule(series), today, ahead):
        starts_at = make_start(day, series.time, lab.zone)
        ends_at = starts_at + timedelta(minutes=series.minutes)
        if day in known or starts_at <= at or _overlaps(starts_at, ends_at, taken):
            continue
        meeting = Meeting.objects.create(
            title=series.title, day=day, number=find_number(day), starts_at=starts_at,
            minutes=series.minutes,
            place=series.place, link=series.link, series=series, series_on=day,
            lead=_find_lead(series, lab, day), created_by=by, created_at=at,
        )  # fmt: skip
        record(Event.Kind.MEETING_PLANNED, meeting, by=by, at=at)
        made.append(meeting)
    return made


def find_number(day: date, besides: int = 0) -> int:
    """The lowest number that no meeting of the day has, `besides` one of them."""
    rows = Meeting.objects.filter(day=day).exclude(pk=besides)
    taken = set(rows.values_list("number", flat=True))
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


def _overlaps(
    starts_at: datetime, ends_at: datetime, taken: Sequence[tuple[datetime, datetime]]
) -> bool:
    return any(starts_at < end and start < ends_at for start, end in taken)


def _check_day(facts: MeetingFacts, standing: int) -> None:
    """A second meeting on a day is planned on purpose. Raises DayTaken."""
    day = {"day": say_weekday(facts.day)}
    if standing >= MOST:
        raise DayTaken(_("There are too many meetings on %(day)s. Choose another day.") % day)
    if standing and not facts.is_another:
        raise DayTaken(_("There's already a meeting on %(day)s.") % day)


def _find_lead(series: MeetingSeries, lab: Lab, day: date) -> Member | None:
    """Whoever led least within a year; without rotation whoever began the series."""
    if not series.rotates_lead:
        return series.created_by
    standings = rank(read_lead_turns(lab, day), day)
    return Member.objects.get(pk=standings[0].member) if standings else None


def _follow(series: MeetingSeries, old_time: time, at: datetime) -> None:
    """Bring the coming meetings of a series under its new rule."""
    lab, rule = access.get_lab(), _make_rule(series)
    ahead = series.meetings.scheduled().filter(starts_at__gt=at, opened_at__isnull=True)
    for meeting in ahead.prefetch_related("items"):
        if meeting.day != meeting.series_on:
            continue  # Somebody moved it on purpose.
        if series.ended_at or not rule.holds_on(meeting.day):
            if not meeting.items.all():
                meeting.delete()
            continue
        if meeting.starts_at == make_start(meeting.day, old_time, lab.zone):
            meeting.starts_at = make_start(meeting.day, series.time, lab.zone)
        for name in ("title", "minutes", "place", "link"):
            setattr(meeting, name, getattr(series, name))
        meeting.save()


def _make_rule(series: MeetingSeries) -> Rule:
    return Rule(series.weekday, series.starts_on, series.every_weeks, frozenset(series.skipped))


def _write(meeting: Meeting, facts: MeetingFacts, lab: Lab) -> None:
    if meeting.pk is None or meeting.day != facts.day:
        meeting.number = find_number(facts.day, meeting.pk or 0)
    meeting.day = facts.day
    meeting.starts_at = make_start(facts.day, facts.time, lab.zone)
    for name in ("minutes", "title", "place", "link", "lead"):
        setattr(meeting, name, getattr(facts, name))


def lock_calendar() -> None:
    """Meetings are planned one after the other; the lab's row stands for the calendar."""
    list(Lab.objects.select_for_update(no_key=True).filter(pk=1))
