"""The agenda's email: seen before it goes, sent again only as a change that says what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from django.test import Client

from papers.meetings.agenda.actions.items import (
    ItemFacts,
    add_item,
    change_item,
    move_item,
)
from papers.meetings.agenda.actions.questions import gather_paper
from papers.meetings.agenda.removals.actions import remove_item
from papers.meetings.mailing.actions import AgendaDiffers, send_agenda
from papers.meetings.mailing.queries import list_changes, preview_letter
from papers.meetings.series.actions.planning import MeetingFacts, change_meeting
from papers.models import Lab, Mail, Meeting, Member
from tests import make


def add(meeting: Meeting, by: Member, **facts: object):
    return add_item(meeting=meeting, facts=ItemFacts(**facts), by=by, at=make.NOW)  # type: ignore[arg-type]


def test_a_preview_shows_what_goes_out_and_to_whom(
    meeting: Meeting, ada: Member, ben: Member, as_ada: Client, as_ben: Client
):
    add(meeting, ada, paper=make.paper("Deep"), presenter=ben)
    url = f"{meeting.get_absolute_url()}mailing/"
    page = as_ada.get(url).content.decode()
    for words in ("Reading group, Thursday 26 November", "Deep", "Send to 2 members", ben.name):
        assert words in page
    assert not Mail.objects.exists()
    assert as_ben.get(url).status_code == 404
    seen = page.split('name="seen" value="')[1].split('"')[0]
    add(meeting, ada, title="Plans")
    answer = as_ada.post(url, {"seen": seen})
    assert answer.status_code == 409
    assert "changed since this preview" in answer.content.decode()
    seen = answer.content.decode().split('name="seen" value="')[1].split('"')[0]
    assert as_ada.post(url, {"seen": seen}).status_code == 302
    assert Mail.objects.filter(subject="Reading group, Thursday 26 November").count() == 2
    assert "Everyone already has this agenda" in as_ada.get(url).content.decode()
    assert "no changes since" in as_ada.get(meeting.get_absolute_url()).content.decode()


def test_a_second_email_goes_out_only_after_a_change_and_says_what_changed(
    meeting: Meeting, ada: Member, ben: Member, cy: Member, lab: Lab, as_ada: Client
):
    deep = add(meeting, ada, paper=make.paper("Deep"), presenter=ben)
    wide, tall = (add(meeting, ada, paper=make.paper(title)) for title in ("Wide", "Tall"))
    send_agenda(meeting=meeting, by=ada, at=make.NOW)
    meeting.refresh_from_db()
    assert list_changes(meeting) == []
    assert send_agenda(meeting=meeting, by=ada, at=make.NOW) == 0
    change_item(item=deep, minutes=30, presenter=cy, by=ada, at=make.NOW)
    remove_item(item=wide, by=ada, at=make.NOW)
    add(meeting, ada, title="Plans", presenter=ben)
    move_item(item=tall, step=-1, by=ada, at=make.NOW)
    facts = MeetingFacts(day=meeting.day, time=time(15), place="Room 7", lead=ada)
    change_meeting(meeting=meeting, facts=facts, by=ada, at=make.NOW)
    meeting.refresh_from_db()
    letter = preview_letter(meeting, ada, lab)
    assert sorted(letter.changes) == sorted([
        "Now on Thursday 26 November, 15:00 (was Thursday 26 November, 14:00)",
        "Place: Room 7",
        "“Deep”: 30 min (was 20)",
        f"“Deep”: {cy.name} presents instead of {ben.name}",
        f"Added: “Plans”, presented by {ben.name}",
        "Removed: “Wide”",
        "New order of the items",
    ])  # fmt: skip
    page = as_ada.get(meeting.get_absolute_url()).content.decode()
    assert "7 changes since" in page
    assert "Email changes" in page
    assert send_agenda(meeting=meeting, by=ada, at=make.NOW, seen=letter.seen) == 3
    changed = Mail.objects.filter(subject="Changed: Reading group, Thursday 26 November")
    assert changed.count() == 3
    for mail in changed:
        assert "What changed" in mail.text
        assert all(change in mail.text for change in letter.changes)
        assert "Room 7" in mail.html
    assert send_agenda(meeting=meeting, by=ada, at=make.NOW) == 0


def test_a_paper_that_moves_under_a_question_is_a_change(meeting: Meeting, ada: Member, lab: Lab):
    deep = add(meeting, ada, paper=make.paper("Deep"))
    question = add(meeting, ada, title="Does depth help?", minutes=10)
    send_agenda(meeting=meeting, by=ada, at=make.NOW)
    gather_paper(question=question, paper=deep.paper, by=ada, at=make.NOW)
    meeting.refresh_from_db()
    assert preview_letter(meeting, ada, lab).changes == ["“Deep” is discussed with other papers"]


def test_changes_do_not_name_what_is_closed_to_their_reader(
    meeting: Meeting, ada: Member, ben: Member
):
    lab = make.lab(independent_reviews=True)
    paper = make.paper()
    review = make.review(paper, ada)
    make.claim(paper, ben)
    add(meeting, ada, title="Plans")
    send_agenda(meeting=meeting, by=ada, at=make.NOW)
    add(meeting, ada, experiment=make.experiment("Secret idea", review=review, paper=paper))
    meeting.refresh_from_db()
    assert preview_letter(meeting, ben, lab).changes == ["Added: “An experiment”"]
    send_agenda(meeting=meeting, by=ada, at=make.NOW)
    assert "Secret idea" not in Mail.objects.filter(to=ben.email).latest("pk").text
    assert "Secret idea" in Mail.objects.filter(to=ada.email).latest("pk").text


def test_what_was_looked_at_is_what_is_sent(meeting: Meeting, ada: Member, lab: Lab):
    seen = preview_letter(meeting, ada, lab).seen
    facts = MeetingFacts(day=meeting.day, time=time(15), lead=ada)
    moved = change_meeting(meeting=meeting, facts=replace(facts), by=ada, at=make.NOW)
    with pytest.raises(AgendaDiffers):
        send_agenda(meeting=moved, by=ada, at=make.NOW, seen=seen)
    assert not Mail.objects.exists()
