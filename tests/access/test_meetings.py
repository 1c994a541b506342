"""Meetings: who sees, runs and joins them."""

from __future__ import annotations

import pytest

from papers import access
from papers.models import Absence, AgendaItem, Meeting, Member, PresenterSwap, VerdictVote
from tests.make import NOW


def plan(lead: Member | None = None, days: int = 0) -> Meeting:
    number = Meeting.objects.count()
    at = NOW.replace(day=1 + number)
    return Meeting.objects.create(day=at.date(), starts_at=at, created_at=NOW, lead=lead)


def put(meeting: Meeting, presenter: Member | None = None) -> AgendaItem:
    return meeting.items.create(title="A talk", presenter=presenter, minutes=10)


def test_meetings_are_for_members(rea: Member, dan: Member):
    meeting = plan()
    assert set(access.meetings_visible_to(rea)) == {meeting}
    for viewer in (dan, None):
        assert not access.meetings_visible_to(viewer).exists()


def test_a_lead_runs_her_own_meeting_and_curators_all(
    ada: Member, ben: Member, cy: Member, rea: Member
):
    his, hers = plan(ben), plan(rea)
    items = {meeting: put(meeting) for meeting in (his, hers)}
    for viewer, run in ((ada, {his, hers}), (ben, {his}), (cy, set()), (rea, set()), (None, set())):
        assert set(access.meetings_run_by(viewer)) == run
        assert {one for one in items if access.can_run_meeting(viewer, one)} == run
        assert set(access.agenda_items_run_by(viewer)) == {items[one] for one in run}


def test_who_votes_joins(ben: Member, rea: Member):
    item = put(plan())
    assert set(access.meetings_joined_by(ben)) == {item.meeting}
    assert set(access.agenda_items_joined_by(ben)) == {item}
    for viewer in (rea, None):
        assert not access.meetings_joined_by(viewer).exists()
        assert not access.agenda_items_joined_by(viewer).exists()


def test_a_turn_is_its_presenters(ada: Member, ben: Member, rea: Member):
    meeting = plan()
    turn = put(meeting, ben)
    put(meeting, rea)
    assert set(access.agenda_items_presented_by(ben)) == {turn}
    for viewer in (ada, rea, None):
        assert not access.agenda_items_presented_by(viewer).exists()


@pytest.mark.parametrize("shown", [set(), {"before"}, {"after"}])
def test_a_verdict_is_secret_until_its_round_is_shown(shown: set[str], ben: Member, cy: Member):
    item = put(plan())
    AgendaItem.objects.update(**{f"{phase}_shown_at": NOW for phase in shown})
    for phase in VerdictVote.Phase:
        VerdictVote.objects.create(item=item, member=ben, phase=phase, verdict="try", at=NOW)
    assert access.verdicts_visible_to(ben).count() == 2
    assert {one.phase for one in access.verdicts_visible_to(cy)} == shown
    assert not access.verdicts_visible_to(None).exists()


def test_ones_own_absence_and_the_curators_list(ada: Member, ben: Member, cy: Member):
    day = NOW.date()
    away = Absence.objects.create(member=ben, first_on=day, last_on=day, noted_at=NOW)
    for viewer, rows in ((ada, {away}), (ben, {away}), (cy, set()), (None, set())):
        assert set(access.absences_changeable_by(viewer)) == rows


def test_only_who_is_asked_answers_and_only_once(ben: Member, cy: Member):
    item = put(plan(), ben)
    asked = PresenterSwap.objects.create(item=item, asked_by=ben, to=cy, asked_at=NOW)
    assert set(access.swaps_answerable_by(cy)) == {asked}
    for viewer in (ben, None):
        assert not access.swaps_answerable_by(viewer).exists()
    PresenterSwap.objects.update(state=PresenterSwap.State.DECLINED, answered_at=NOW)
    assert not access.swaps_answerable_by(cy).exists()
