"""The room of a meeting: verdicts, minutes, what is agreed on, and its end."""

from __future__ import annotations

import pytest
from django.test import Client

from papers.meetings.session.actions.minutes import save_minutes
from papers.meetings.session.actions.running import cast_verdict, open_meeting
from papers.models import (
    AgendaItem,
    Claim,
    Experiment,
    Lab,
    Meeting,
    Member,
    Paper,
    VerdictVote,
)
from tests import make
from tests.meetings.asked import HTMX, ROOM, url_of


@pytest.fixture
def open_item(item: AgendaItem, ada: Member) -> AgendaItem:
    open_meeting(meeting=item.meeting, by=ada, at=make.NOW)
    return item


def test_the_room_follows_the_meeting(as_ada: Client, as_cy: Client, item: AgendaItem):
    room = url_of(item.meeting, "room/")
    assert "Not started yet" in as_cy.get(room).content.decode()
    answer = as_ada.post(url_of(item.meeting, "course/"), {"act": "open"})
    assert answer["Location"] == room
    text = as_cy.get(room, headers=ROOM).content.decode()
    assert text.strip().startswith('<div id="room"')
    assert "Deep" in text


def test_a_room_in_which_nothing_changed_answers_nothing(as_cy: Client, open_item: AgendaItem):
    room = url_of(open_item.meeting, "room/")
    text = as_cy.get(room, headers=ROOM).content.decode()
    seen = text.split("?seen=")[1].split('"')[0]
    assert as_cy.get(f"{room}?seen={seen}", headers=ROOM).status_code == 204
    VerdictVote.objects.create(
        item=open_item, member=open_item.presenter, phase="before", verdict="try", at=make.NOW
    )
    assert as_cy.get(f"{room}?seen={seen}", headers=ROOM).status_code == 200


def test_verdicts_are_hidden_until_the_lead_shows_them(
    as_ada: Client, as_ben: Client, as_cy: Client, open_item: AgendaItem
):
    url = f"/agenda-items/{open_item.pk}/verdict/"
    as_ben.post(url, {"before": "adopt"}, headers=ROOM)
    room = url_of(open_item.meeting, "room/")
    assert "verdict-adopt" not in as_cy.get(room).content.decode()
    assert "1 vote, hidden until revealed" in as_cy.get(room).content.decode()
    showing = f"/agenda-items/{open_item.pk}/showing/"
    assert as_cy.post(showing, {"phase": "before"}).status_code == 404
    as_ada.post(showing, {"phase": "before"}, headers=ROOM)
    assert "verdict-adopt" in as_cy.get(room).content.decode()
    assert as_cy.post(url, {"before": "skip"}, headers=ROOM).status_code == 409


def test_a_verdict_that_is_none_is_refused(as_ben: Client, as_rea: Client, open_item: AgendaItem):
    url = f"/agenda-items/{open_item.pk}/verdict/"
    assert as_ben.post(url, {"before": "perhaps"}).status_code == 400
    assert as_ben.post(url, {"during": "adopt"}).status_code == 400
    assert as_rea.post(url, {"before": "adopt"}).status_code == 404


def test_two_people_save_minutes_and_see_what_stands(
    as_ben: Client, as_cy: Client, open_item: AgendaItem
):
    url, key = url_of(open_item.meeting, "minutes/"), open_item.pk
    as_ben.post(url, {"item": key, "text": "We try it", "base": ""})
    as_cy.post(url, {"item": key, "text": "We try it\r\nSoon", "base": "We try it"})
    headers = HTMX | {"HX-Target": f"saved-{key}"}
    answer = as_ben.post(
        url, {"item": key, "text": "Ben:\nWe try it", "base": "We try it"}, headers=headers
    )
    open_item.refresh_from_db()
    assert open_item.record == "Ben:\nWe try it\nSoon"
    assert "merged with others" in answer.content.decode()
    answer = as_ben.post(
        url, {"item": key, "text": "Ben:\nWe adopt it", "base": "Ben:\nWe skip it"}, headers=headers
    )
    assert answer.status_code == 409
    assert "Someone edited the same lines" in answer.content.decode()
    open_item.refresh_from_db()
    assert "adopt" not in open_item.record


def test_a_refused_text_is_kept_without_javascript_and_both_can_be_kept(
    as_ben: Client, meeting: Meeting, ada: Member
):
    url = url_of(meeting, "minutes/")
    save_minutes(meeting=meeting, text="Theirs", base="", by=ada, at=make.NOW)
    save_minutes(meeting=meeting, text="Changed", base="Theirs", by=ada, at=make.NOW)
    answer = as_ben.post(url, {"text": "Mine", "base": "Theirs"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine" in text
    assert "Changed" in text
    as_ben.post(url, {"text": "Mine", "base": "Theirs", "join": "1"})
    meeting.refresh_from_db()
    assert meeting.record == "Changed\nMine"


def test_ones_own_text_can_be_kept_over_the_other(as_ben: Client, meeting: Meeting, ada: Member):
    save_minutes(meeting=meeting, text="Theirs", base="", by=ada, at=make.NOW)
    values = {"text": "Mine", "base": "Old", "theirs": "Theirs", "over": "1"}
    as_ben.post(url_of(meeting, "minutes/"), values)
    meeting.refresh_from_db()
    assert meeting.record == "Mine"
    assert meeting.revisions.filter(text="Theirs").exists()


def test_a_text_of_the_minutes_is_saved_at_the_labs_time(as_ben: Client, open_item: AgendaItem):
    Lab.objects.update(time_zone="Asia/Tokyo")
    url, target = url_of(open_item.meeting, "minutes/"), f"saved-{open_item.pk}"
    sent = {"item": open_item.pk, "text": "Said.", "base": ""}
    answer = as_ben.post(url, sent, headers=HTMX | {"HX-Target": target})
    assert "Saved 9 p.m." in answer.text or "Saved 21:00" in answer.text


def test_minutes_that_are_too_long_are_refused_and_kept(as_ben: Client, meeting: Meeting):
    answer = as_ben.post(url_of(meeting, "minutes/"), {"text": "x" * 65537, "base": ""})
    assert answer.status_code == 422
    assert "x" * 65537 in answer.content.decode()


def test_what_is_agreed_on_becomes_an_experiment(as_ben: Client, open_item: AgendaItem, cy: Member):
    values = {"what": "Refit it", "kind": "experiment", "who": "cy", "item": open_item.pk}
    answer = as_ben.post(
        url_of(open_item.meeting, "actions/"), values, headers=HTMX | {"HX-Target": "agreed"}
    )
    assert answer.content.decode().strip().startswith('<div id="agreed"')
    assert Experiment.objects.get().owner == cy


def test_the_lead_gives_papers_to_others_and_members_take_them_themselves(
    as_ada: Client, as_ben: Client, open_item: AgendaItem, cy: Member, ben: Member
):
    url, paper = url_of(open_item.meeting, "actions/"), make.paper("Next one")
    values = {"what": "Next one", "kind": "claim", "who": "cy"}
    assert as_ben.post(url, values).status_code == 422
    assert as_ada.post(url, values).status_code == 302
    assert as_ben.post(url, values | {"who": ""}).status_code == 302
    assert set(Claim.objects.filter(paper=paper).values_list("member", flat=True)) == {
        cy.pk,
        ben.pk,
    }
    assert as_ben.post(url, {"what": "", "kind": "claim"}).status_code == 422


def test_a_closed_meeting_tells_what_came_of_it(
    as_ada: Client, as_cy: Client, open_item: AgendaItem, ada: Member, ben: Member
):
    for who, after in ((ada, "try"), (ben, "skip")):
        for phase, verdict in (("before", "skip"), ("after", after)):
            cast_verdict(item=open_item, phase=phase, verdict=verdict, by=who, at=make.NOW)
    answer = as_ada.post(url_of(open_item.meeting, "course/"), {"act": "close"})
    assert answer["Location"] == url_of(open_item.meeting)
    assert "1 of 2 changed their mind" in as_cy.get(url_of(open_item.meeting)).content.decode()


def test_the_lead_goes_on_and_back(as_ada: Client, open_item: AgendaItem):
    last = open_item.meeting.items.create(title="Plans", position=1)
    course = url_of(open_item.meeting, "course/")
    as_ada.post(course, {"act": "next"}, headers=ROOM)
    assert Meeting.objects.get().current == last
    as_ada.post(course, {"act": str(open_item.pk)}, headers=ROOM)
    assert Meeting.objects.get().current == open_item
    as_ada.post(course, {"act": "close"})
    as_ada.post(course, {"act": "reopen"})
    assert Meeting.objects.get().is_going_on


def test_a_closed_experiment_keeps_its_name_to_itself(
    as_ada: Client, as_ben: Client, soon: Meeting, ada: Member, ben: Member
):
    paper: Paper = make.paper()
    tried = make.experiment("Secret idea", paper=paper, review=make.review(paper, ada))
    soon.items.create(experiment=tried)
    make.lab(independent_reviews=True)
    make.claim(paper, ben)
    for page in ("/meetings/", url_of(soon), url_of(soon, "room/")):
        assert "Secret idea" in as_ada.get(page).content.decode(), page
        assert "Secret idea" not in as_ben.get(page).content.decode(), page
