"""Meetings for the tests of this room."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from papers.meetings.series.actions.planning import MeetingFacts, plan_meeting
from papers.models import AgendaItem, Lab, Meeting, Member
from tests import make


@pytest.fixture
def meeting(lab: Lab, ada: Member) -> Meeting:
    """Next Thursday at two, an hour long, led by the curator."""
    facts = MeetingFacts(day=date(2026, 11, 26), time=time(14), lead=ada)
    return plan_meeting(facts=facts, by=ada, at=make.NOW)


@pytest.fixture
def soon(lab: Lab, ada: Member) -> Meeting:
    """A meeting that is ahead whenever this runs."""
    at = make.NOW + timedelta(days=3)
    return Meeting.objects.create(day=at.date(), starts_at=at, created_at=make.NOW, lead=ada)


@pytest.fixture
def item(soon: Meeting, ben: Member) -> AgendaItem:
    return soon.items.create(paper=make.paper("Deep"), presenter=ben)
