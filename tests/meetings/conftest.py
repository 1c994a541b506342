"""Meetings for the tests of this room."""

from __future__ import annotations

from datetime import date, time

import pytest

from papers.meetings.series.actions.planning import MeetingFacts, plan_meeting
from papers.models import Lab, Meeting, Member
from tests import make


@pytest.fixture
def meeting(lab: Lab, ada: Member) -> Meeting:
    """Next Thursday at two, an hour long, led by the curator."""
    facts = MeetingFacts(day=date(2026, 11, 26), time=time(14), lead=ada)
    return plan_meeting(facts=facts, by=ada, at=make.NOW)
