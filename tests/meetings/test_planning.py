"""Planning: series, holidays, clocks, and doing it twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from papers.meetings.series.actions.planning import (
    DayTaken,
    MeetingFacts,
    SeriesFacts,
    cancel_meeting,
    change_meeting,
    change_series,
    plan_coming_meetings,
    plan_meeting,
    plan_series,
    restore_meeting,
    start_series,
)
from papers.models import Event, Lab, Meeting, Member
from tests import make

THURSDAYS = SeriesFacts(weekday=3, time=time(14), starts_on=date(2026, 11, 18), place="Room 2")


def test_planning_gives_a_meeting_at_the_labs_time(ada: Member):
    make.lab(time_zone="Europe/Berlin")
    facts = MeetingFacts(day=date(2026, 11, 26), time=time(14), lead=ada)
    meeting = plan_meeting(facts=facts, by=ada, at=make.NOW)
    assert meeting.starts_at == datetime(2026, 11, 26, 13, tzinfo=UTC)
    assert Event.objects.get().kind == Event.Kind.MEETING_PLANNED


def test_planning_the_same_meeting_twice_is_planning_it_once(meeting: Meeting, ada: Member):
    facts = MeetingFacts(day=meeting.day, time=time(14))
    assert plan_meeting(facts=facts, by=ada, at=make.NOW) == meeting
    assert Event.objects.count() == 1


def test_a_second_meeting_on_a_day_is_refused(meeting: Meeting, ada: Member):
    with pytest.raises(DayTaken, match="Thursday 26 November"):
        plan_meeting(facts=MeetingFacts(day=meeting.day, time=time(16)), by=ada, at=make.NOW)


def test_a_meeting_is_not_moved_onto_another(meeting: Meeting, ada: Member):
    facts = MeetingFacts(day=date(2026, 11, 27), time=time(9))
    other = plan_meeting(facts=facts, by=ada, at=make.NOW)
    with pytest.raises(DayTaken):
        change_meeting(meeting=other, facts=replace(facts, day=meeting.day), by=ada, at=make.NOW)


def test_a_cancelled_meeting_comes_back(meeting: Meeting, ada: Member):
    cancel_meeting(meeting=meeting, by=ada, at=make.NOW)
    cancel_meeting(meeting=meeting, by=ada, at=make.NOW)
    restore_meeting(meeting=meeting, by=ada, at=make.NOW)
    assert Meeting.objects.scheduled().count() == 1
    acts = Event.objects.filter(kind=Event.Kind.MEETING_CHANGED).values_list("data", flat=True)
    assert sorted(data["act"] for data in acts) == ["cancelled", "restored"]


def test_a_series_puts_its_next_meetings_into_the_calendar(ada: Member):
    start_series(facts=THURSDAYS, by=ada, at=make.NOW)
    days = [meeting.day for meeting in Meeting.objects.all()]
    assert days == [date(2026, 11, 19) + timedelta(weeks=n) for n in range(4)]
    assert {meeting.lead for meeting in Meeting.objects.all()} == {ada}


def test_a_series_sent_twice_is_one(ada: Member):
    one, two = (start_series(facts=THURSDAYS, by=ada, at=make.NOW) for _ in range(2))
    assert one == two
    assert Meeting.objects.count() == 4


def test_planning_a_series_again_changes_nothing(ada: Member):
    series = start_series(facts=THURSDAYS, by=ada, at=make.NOW)
    assert plan_series(series=series, by=ada, at=make.NOW) == []
    assert plan_coming_meetings(at=make.NOW + timedelta(hours=1)) == 0
    assert plan_coming_meetings(at=make.NOW + timedelta(weeks=2)) == 2


def test_a_job_that_was_away_for_months_plans_no_past_meetings(ada: Member):
    start_series(facts=THURSDAYS, by=ada, at=make.NOW)
    later = make.NOW + timedelta(weeks=30)
    assert plan_coming_meetings(at=later) == 4
    assert Meeting.objects.filter(starts_at__gt=later).count() == 4


def test_holidays_are_skipped(ada: Member):
    facts = replace(THURSDAYS, skipped=(date(2026, 11, 26),))
    start_series(facts=facts, by=ada, at=make.NOW)
    assert not Meeting.objects.filter(day=date(2026, 11, 26)).exists()
    assert Meeting.objects.count() == 4


def test_a_moved_meeting_is_not_made_again(ada: Member):
    series = start_series(facts=THURSDAYS, by=ada, at=make.NOW)
    first = Meeting.objects.get(day=date(2026, 11, 19))
    facts = MeetingFacts(day=date(2026, 11, 20), time=time(10))
    change_meeting(meeting=first, facts=facts, by=ada, at=make.NOW)
    assert plan_series(series=series, by=ada, at=make.NOW) == []
    assert Meeting.objects.count() == 4


def test_a_cancelled_meeting_is_not_made_again(ada: Member):
    series = start_series(facts=THURSDAYS, by=ada, at=make.NOW)
    cancel_meeting(meeting=Meeting.objects.all()[0], by=ada, at=make.NOW)
    assert plan_series(series=series, by=ada, at=make.NOW) == []


def test_meetings_stay_at_their_time_when_the_clocks_change(ada: Member):
    lab = make.lab(time_zone="America/New_York")
    start = datetime(2026, 10, 26, 12, tzinfo=UTC)
    facts = replace(THURSDAYS, starts_on=start.date())
    start_series(facts=facts, by=ada, at=start)
    local = [m.starts_at.astimezone(lab.zone).time() for m in Meeting.objects.all()]
    assert local == [time(14)] * 4
    assert len({meeting.starts_at.hour for meeting in Meeting.objects.all()}) == 2


def test_coming_meetings_follow_a_changed_rule(ada: Member):
    series = start_series(facts=THURSDAYS, by=ada, at=make.NOW)
    facts = replace(THURSDAYS, time=time(15, 30), minutes=90, skipped=(date(2026, 11, 26),))
    change_series(series=series, facts=facts, by=ada, at=make.NOW)
    meetings = Meeting.objects.all()
    assert {(m.starts_at.hour, m.minutes) for m in meetings} == {(15, 90)}
    assert [m.day.day for m in meetings] == [19, 3, 10, 17]


def test_a_meeting_with_an_agenda_stays_when_the_rule_leaves_it(ada: Member):
    series = start_series(facts=THURSDAYS, by=ada, at=make.NOW)
    first = Meeting.objects.all()[0]
    first.items.create(title="Plans")
    change_series(series=series, facts=replace(THURSDAYS, weekday=1), by=ada, at=make.NOW)
    assert first in Meeting.objects.all()
    assert [m.day.weekday() for m in Meeting.objects.exclude(pk=first.pk)] == [1, 1, 1, 1]


def test_ending_a_series_takes_its_empty_meetings_away(ada: Member):
    series = start_series(facts=THURSDAYS, by=ada, at=make.NOW)
    change_series(series=series, facts=THURSDAYS, by=ada, at=make.NOW, is_over=True)
    assert not Meeting.objects.exists()
    assert plan_coming_meetings(at=make.NOW) == 0


def test_the_lead_goes_round(ada: Member, ben: Member, cy: Member, rea: Member):
    Member.objects.update(joined_at=make.NOW - timedelta(days=400))
    facts = replace(THURSDAYS, rotates_lead=True)
    start_series(facts=facts, by=ada, at=make.NOW)
    leads = [meeting.lead for meeting in Meeting.objects.all()]
    assert set(leads) == {ada, ben, cy}
    assert len(leads) == 4


def test_two_series_meet_on_one_day_each_at_its_hour(ada: Member, lab: Lab):
    start_series(facts=THURSDAYS, by=ada, at=make.NOW)
    start_series(facts=replace(THURSDAYS, time=time(16), title="Theory"), by=ada, at=make.NOW)
    days = Meeting.objects.filter(day=date(2026, 11, 26)).values_list("title", "number")
    assert list(days) == [("", 1), ("Theory", 2)]
    assert Meeting.objects.count() == 8


def test_a_series_leaves_an_hour_that_another_meeting_has(ada: Member, lab: Lab):
    early = MeetingFacts(day=date(2026, 11, 19), time=time(9), title="Visitors")
    late = MeetingFacts(day=date(2026, 11, 26), time=time(14, 30), title="Visitors")
    for facts in (early, late):
        plan_meeting(facts=facts, by=ada, at=make.NOW)
    start_series(facts=THURSDAYS, by=ada, at=make.NOW)
    names = {(meeting.day.day, meeting.name) for meeting in Meeting.objects.all()[:3]}
    assert names == {(19, "Visitors"), (19, "Reading group"), (26, "Visitors")}
