"""Absences, and asking somebody else to take a turn."""

from __future__ import annotations

import pytest

from papers.meetings.agenda.actions.items import change_item
from papers.meetings.series.actions.rota import (
    SwapTooLate,
    answer_swap,
    note_absence,
    remove_absence,
    request_swap,
)
from papers.meetings.series.queries import read_rota
from papers.meetings.session.actions.running import open_meeting
from papers.models import AgendaItem, Event, Meeting, Member, PresenterSwap
from tests import make


@pytest.fixture
def item(meeting: Meeting, ben: Member) -> AgendaItem:
    return meeting.items.create(paper=make.paper(), presenter=ben)


def test_an_absence_noted_twice_is_noted_once(ben: Member):
    days = {"first_on": make.day("2026-12-01"), "last_on": make.day("2026-12-09")}
    for _ in range(2):
        absence = note_absence(member=ben, by=ben, at=make.NOW, **days)
    assert Event.objects.count() == 1
    remove_absence(absence=absence, by=ben, at=make.NOW)
    assert Event.objects.count() == 2


def test_the_rota_knows_who_is_next_and_who_is_away(
    item: AgendaItem, ada: Member, ben: Member, cy: Member, dan: Member, rea: Member, meeting
):
    day = meeting.day
    note_absence(member=cy, first_on=day, last_on=day, by=cy, at=make.NOW)
    rota = read_rota(ada, make.lab(), day)
    assert [line.person.handle for line in rota.lines] == ["ada", "ben", "cy"]
    assert rota.lines[1].next_on == day
    assert rota.lines[2].turn.is_away
    assert rota.due == {ada.pk: "Ada Curator"}


def test_a_turn_that_was_not_reached_is_no_turn(item: AgendaItem, ada: Member, meeting: Meeting):
    open_meeting(meeting=meeting, by=ada, at=make.NOW)
    Meeting.objects.update(held_at=make.NOW)
    rota = read_rota(ada, make.lab(), meeting.day)
    assert {line.turn.load for line in rota.lines} == {0}


def test_a_turn_changes_hands_when_it_is_accepted(item: AgendaItem, ben: Member, cy: Member):
    swap = request_swap(item=item, to=cy, by=ben, at=make.NOW)
    item.refresh_from_db()
    assert item.presenter == ben
    for _ in range(2):
        answer_swap(swap=swap, accepts=True, by=cy, at=make.NOW)
    item.refresh_from_db()
    assert item.presenter == cy
    assert Event.objects.filter(kind=Event.Kind.ROTA_CHANGED).count() == 2


def test_two_turns_are_exchanged(item: AgendaItem, meeting: Meeting, ben: Member, cy: Member):
    given = meeting.items.create(paper=make.paper(), presenter=cy)
    swap = request_swap(item=item, to=cy, by=ben, at=make.NOW, given=given)
    answer_swap(swap=swap, accepts=True, by=cy, at=make.NOW)
    item.refresh_from_db()
    given.refresh_from_db()
    assert (item.presenter, given.presenter) == (cy, ben)


def test_declining_leaves_the_turn(item: AgendaItem, ben: Member, cy: Member):
    swap = request_swap(item=item, to=cy, by=ben, at=make.NOW)
    answer_swap(swap=swap, accepts=False, by=cy, at=make.NOW)
    item.refresh_from_db()
    assert item.presenter == ben


def test_asking_somebody_else_withdraws_the_first_question(
    item: AgendaItem, ada: Member, ben: Member, cy: Member
):
    request_swap(item=item, to=cy, by=ben, at=make.NOW)
    request_swap(item=item, to=ada, by=ben, at=make.NOW)
    assert [swap.state for swap in PresenterSwap.objects.all()] == ["withdrawn", "asked"]


def test_nobody_gives_away_the_turn_of_another(item: AgendaItem, ada: Member, cy: Member):
    with pytest.raises(SwapTooLate):
        request_swap(item=item, to=ada, by=cy, at=make.NOW)


def test_a_turn_that_changed_hands_meanwhile_cannot_be_taken(
    item: AgendaItem, ada: Member, ben: Member, cy: Member
):
    swap = request_swap(item=item, to=cy, by=ben, at=make.NOW)
    AgendaItem.objects.update(presenter=ada)
    with pytest.raises(SwapTooLate):
        answer_swap(swap=swap, accepts=True, by=cy, at=make.NOW)
    item.refresh_from_db()
    assert item.presenter == ada


def test_giving_an_item_another_presenter_withdraws_the_question(
    item: AgendaItem, ada: Member, ben: Member, cy: Member
):
    swap = request_swap(item=item, to=cy, by=ben, at=make.NOW)
    change_item(item=item, minutes=20, presenter=ada, by=ada, at=make.NOW)
    swap.refresh_from_db()
    assert swap.state == "withdrawn"
