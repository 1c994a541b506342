"""Two meetings on one day: planned on purpose, each with its address, agenda and course."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.test import Client

from papers.api.queries import describe_meeting
from papers.digest.agendas.queries import find_next_meeting
from papers.meetings.agenda.actions.bulk_planning import DatedPaper, add_dated_papers
from papers.meetings.queries.paper_meetings import list_paper_meetings
from papers.meetings.series.actions.planning import (
    DayTaken,
    MeetingFacts,
    cancel_meeting,
    change_meeting,
    plan_meeting,
)
from papers.models import Lab, Meeting, Member
from tests import make
from tests.meetings.asked import FACTS

THEORY = MeetingFacts(day=date(2026, 11, 26), time=time(16), title="Theory", is_another=True)


@pytest.fixture
def second(meeting: Meeting, ada: Member) -> Meeting:
    return plan_meeting(facts=THEORY, by=ada, at=make.NOW)


def test_a_second_meeting_has_its_own_address(meeting: Meeting, second: Meeting, ada: Member):
    assert second.get_absolute_url() == "/meetings/2026-11-26-2/"
    assert meeting.get_absolute_url() == "/meetings/2026-11-26/"
    assert plan_meeting(facts=THEORY, by=ada, at=make.NOW) == second
    assert Meeting.objects.count() == 2


def test_a_meeting_that_moves_gets_the_first_free_number(
    meeting: Meeting, second: Meeting, ada: Member
):
    facts = replace(THEORY, is_another=False)
    moved = replace(facts, day=date(2026, 11, 27))
    assert (
        str(change_meeting(meeting=second, facts=moved, by=ada, at=make.NOW).slot) == "2026-11-27"
    )
    with pytest.raises(DayTaken, match="already a meeting on Thursday 26 November"):
        change_meeting(meeting=second, facts=facts, by=ada, at=make.NOW)
    change_meeting(meeting=second, facts=THEORY, by=ada, at=make.NOW)
    assert str(Meeting.objects.get(pk=second.pk).slot) == "2026-11-26-2"


def test_a_cancelled_second_meeting_comes_back_and_leaves_the_first(
    meeting: Meeting, second: Meeting, ada: Member
):
    cancel_meeting(meeting=second, by=ada, at=make.NOW)
    again = plan_meeting(facts=replace(THEORY, time=time(17)), by=ada, at=make.NOW)
    assert (again.pk, again.cancelled_at) == (second.pk, None)
    assert not Meeting.objects.get(pk=meeting.pk).cancelled_at


def test_the_form_asks_before_a_second_meeting_is_planned(as_ada: Client, ben: Member):
    as_ada.post("/meetings/new/", FACTS)
    answer = as_ada.post("/meetings/new/", FACTS | {"time": "16:00"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "already a meeting on Thursday 14 January" in page
    assert 'type="checkbox" name="is_another"' in page
    answer = as_ada.post("/meetings/new/", FACTS | {"time": "16:00", "is_another": "on"})
    assert answer["Location"] == "/meetings/2027-01-14-2/"
    assert "16:00" in as_ada.get("/meetings/2027-01-14-2/").content.decode()
    assert as_ada.get("/meetings/2027-01-14-3/").status_code == 404


def test_pages_lead_to_each_of_the_two(
    meeting: Meeting, second: Meeting, as_ben: Client, ada: Member, lab: Lab
):
    paper = make.paper("Deep")
    second.items.create(paper=paper, discussed_at=make.NOW)
    page = as_ben.get("/meetings/").content.decode()
    assert 'href="/meetings/2026-11-26/"' in page
    assert 'href="/meetings/2026-11-26-2/"' in page
    assert list_paper_meetings(paper, ada, lab).meetings[0].url == second.get_absolute_url()
    assert describe_meeting(second)["number"] == 2
    meeting.held_at = make.NOW
    meeting.save()
    coming = find_next_meeting(ada, lab, make.NOW)
    assert coming
    assert coming.url == second.get_absolute_url()
    assert "Theory" in as_ben.get("/").content.decode()
    for rest in ("", "room/", "screen/"):
        assert as_ben.get(f"{second.get_absolute_url()}{rest}").status_code == 200


def test_a_schedule_fills_the_first_meeting_of_a_day(
    meeting: Meeting, second: Meeting, ada: Member
):
    agenda = [DatedPaper(meeting.day, make.paper("Deep").pk)]
    made = add_dated_papers(agenda=agenda, by=ada, at=make.NOW)
    assert (len(made.meetings), meeting.items.count(), second.items.count()) == (0, 1, 0)


def test_the_calendar_has_both(meeting: Meeting, second: Meeting, as_ada: Client):
    text = as_ada.get("/calendar/meetings.ics").content.decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert second.starts_at - meeting.starts_at == timedelta(hours=2)
