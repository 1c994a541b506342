"""A question as an agenda item: it gathers papers, which are discussed and voted on under it."""

from __future__ import annotations

import pytest
from django.test import Client

from papers.meetings.agenda.actions.items import (
    ItemFacts,
    OnAgendaAlready,
    add_item,
    assign_presenters,
    move_item,
    order_items,
)
from papers.meetings.agenda.actions.questions import NoQuestion, gather_paper
from papers.meetings.agenda.removals.actions import remove_item
from papers.meetings.queries.calendar import list_agenda
from papers.meetings.queries.paper_meetings import list_paper_meetings
from papers.meetings.session.actions.minutes import save_minutes
from papers.meetings.session.actions.running import (
    close_meeting,
    open_meeting,
    turn_to_item,
)
from papers.models import AgendaItem, Event, Lab, Meeting, Member, Nomination, Paper, VerdictVote
from tests import make
from tests.meetings.asked import AGENDA, url_of


@pytest.fixture
def question(soon: Meeting, item: AgendaItem, ada: Member) -> AgendaItem:
    """A discussion item below the paper that Ben presents."""
    facts = ItemFacts(title="Does depth help?", minutes=30)
    return add_item(meeting=soon, facts=facts, by=ada, at=make.NOW)


def gather(question: AgendaItem, paper: Paper, by: Member) -> AgendaItem:
    return gather_paper(question=question, paper=paper, by=by, at=make.NOW)


def test_a_question_gathers_papers_once_each(question: AgendaItem, ada: Member, lab: Lab):
    wide = make.paper("Wide")
    assert gather(question, wide, ada) == gather(question, wide, ada)
    gather(question, make.paper("Tall"), ada)
    lines = list_agenda(question.meeting, ada, lab)
    assert [line.title for line in lines] == ["Deep", "Does depth help?"]
    assert [paper.title for paper in lines[1].gathered] == ["Wide", "Tall"]
    assert sum(line.minutes for line in lines) == 50


def test_a_paper_of_the_agenda_moves_under_the_question_with_its_presenter(
    question: AgendaItem, item: AgendaItem, ben: Member, ada: Member, lab: Lab
):
    assert item.paper
    gather(question, item.paper, ada)
    [line] = list_agenda(question.meeting, ada, lab)
    assert line.presenter
    assert (line.presenter.id, [one.title for one in line.gathered]) == (ben.pk, ["Deep"])
    assert Event.objects.latest("pk").data["told"] == [ben.pk]
    other = add_item(meeting=question.meeting, facts=ItemFacts(title="B"), by=ada, at=make.NOW)
    with pytest.raises(OnAgendaAlready):
        gather(other, item.paper, ada)
    with pytest.raises(NoQuestion):
        gather(AgendaItem.objects.get(pk=item.pk), make.paper("Tall"), ada)


def test_papers_follow_their_question_in_the_order(
    question: AgendaItem, item: AgendaItem, ada: Member, soon: Meeting
):
    wide = gather(question, make.paper("Wide"), ada)
    last = add_item(meeting=soon, facts=ItemFacts(title="Last"), by=ada, at=make.NOW)
    move_item(item=question, step=-1, by=ada, at=make.NOW)
    assert list(soon.items.all()) == [question, wide, item, last]
    order_items(meeting=soon, order=[last.pk, wide.pk, item.pk], by=ada, at=make.NOW)
    assert list(soon.items.all()) == [last, item, question, wide]


def test_who_reviewed_one_of_its_papers_presents_the_question(
    question: AgendaItem, ada: Member, ben: Member, cy: Member
):
    wide = make.paper("Wide")
    make.review(wide, cy)
    gather(question, wide, ada)
    assert assign_presenters(meeting=question.meeting, by=ada, at=make.NOW) == 1
    question.refresh_from_db()
    assert question.presenter == cy
    assert question.reasons == [["presenter", f"{cy.name} reviewed one of its papers"]]


def test_a_question_is_one_item_of_the_course_and_discusses_all_its_papers(
    question: AgendaItem, item: AgendaItem, ada: Member, ben: Member, soon: Meeting, lab: Lab
):
    wide = make.paper("Wide")
    child = gather(question, wide, ada)
    nomination = Nomination.objects.create(paper=wide, by=ben, at=make.NOW)
    meeting = open_meeting(meeting=soon, by=ada, at=make.NOW)
    assert meeting.current == item
    meeting = turn_to_item(meeting=soon, item=None, by=ada, at=make.NOW)
    assert meeting.current == question
    VerdictVote.objects.create(item=child, member=ben, phase="after", verdict="try", at=make.NOW)
    save_minutes(meeting=soon, item=question, text="It does.", base="", by=ben, at=make.NOW)
    meeting = turn_to_item(meeting=soon, item=None, by=ada, at=make.NOW)
    assert meeting.current is None
    assert not Nomination.objects.open().filter(pk=nomination.pk).exists()
    assert Event.objects.filter(kind=Event.Kind.PAPER_DISCUSSED, paper=wide).exists()
    close_meeting(meeting=soon, by=ada, at=make.NOW)
    [told] = list_paper_meetings(wide, ben, lab).meetings
    assert "It does." in told.record_html
    assert told.tally.after == (("try", 1),)
    remove_item(item=question, by=ada, at=make.NOW)
    assert AgendaItem.objects.filter(pk=question.pk).exists()


def test_pages_show_papers_below_their_question(
    question: AgendaItem, as_ada: Client, as_ben: Client, soon: Meeting
):
    make.paper("Wide")
    url = f"/agenda-items/{question.pk}/papers/"
    assert as_ben.post(url, {"subject": "Wide"}).status_code == 404
    wrong = as_ada.post(url, {"subject": "Nothing like it"}, headers=AGENDA)
    assert wrong.status_code == 422
    assert f'id="gather-{question.pk}"' in wrong.content.decode()
    assert as_ada.post(url, {"subject": "Wide"}).status_code == 302
    child = question.gathered.get()
    assert child.minutes == 0
    for rest in ("", "room/", f"screen/?item={question.pk}"):
        assert "Wide" in as_ben.get(url_of(soon, rest)).content.decode(), rest
    assert "Wide" in as_ben.get("/meetings/").content.decode()
    as_ada.post(f"/agenda-items/{child.pk}/removal/")
    assert not question.gathered.exists()
