"""The meetings' pages: with and without JavaScript, right and wrong input, who may not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from papers.meetings.agenda.actions.ballots import vote_for_paper
from papers.meetings.agenda.actions.items import ItemFacts, add_item
from papers.meetings.series.actions.rota import request_swap
from papers.meetings.session.actions.minutes import save_minutes
from papers.meetings.session.actions.running import cast_verdict, open_meeting
from papers.models import (
    Absence,
    AgendaItem,
    Claim,
    Experiment,
    Lab,
    Meeting,
    MeetingSeries,
    Member,
    Nomination,
    Paper,
    PresenterSwap,
    VerdictVote,
)
from tests import make

HTMX = {"HX-Request": "true"}
AGENDA, BALLOTS, ROOM = (HTMX | {"HX-Target": name} for name in ("agenda", "ballots", "room"))
FACTS = {"day": "2027-01-14", "time": "14:00", "minutes": "60", "lead": "ben"}
RULE = {
    "weekday": "3", "time": "14:00", "every_weeks": "1", "minutes": "60",
    "starts_on": "2027-01-01", "skipped": "2027-01-14\n",
}  # fmt: skip


@pytest.fixture
def soon(lab: Lab, ada: Member) -> Meeting:
    """A meeting that is ahead whenever this runs."""
    at = make.NOW + timedelta(days=3)
    return Meeting.objects.create(day=at.date(), starts_at=at, created_at=make.NOW, lead=ada)


@pytest.fixture
def item(soon: Meeting, ben: Member) -> AgendaItem:
    return soon.items.create(paper=make.paper("Deep"), presenter=ben)


def url_of(meeting: Meeting, rest: str = "") -> str:
    return f"{meeting.get_absolute_url()}{rest}"


# --- The list ------------------------------------------------------------------------------------


def test_an_empty_list_offers_the_first_act_to_curators_alone(as_ada: Client, as_ben: Client):
    assert "Set up recurring meeting" in as_ada.get("/meetings/").content.decode()
    assert "Set up recurring meeting" not in as_ben.get("/meetings/").content.decode()


def test_the_list_shows_the_next_meeting_with_its_agenda(as_cy: Client, item: AgendaItem):
    text = as_cy.get("/meetings/").content.decode()
    assert "Deep" in text
    assert "Ben Member" in text


def fill(by: Member, rows: range) -> None:
    for number in rows:
        at = make.NOW + timedelta(days=number - 20)
        meeting = Meeting.objects.create(day=at.date(), starts_at=at, created_at=at, lead=by)
        member, paper = make.member(), make.paper()
        review = make.review(paper, member, verdict=["adopt", "skip"][number % 2])
        make.experiment(
            paper=paper, review=review, state="refuted", outcome="No", closed_at=make.NOW
        )
        item = meeting.items.create(paper=paper, presenter=member)
        vote_for_paper(paper=make.paper(), by=member, at=at)
        swapped = meeting.items.create(title=f"Point {number}", presenter=member)
        request_swap(item=swapped, to=by, by=member, at=at)
        VerdictVote.objects.create(item=item, member=member, phase="before", verdict="try", at=at)
        day = at.date()
        Absence.objects.create(member=member, first_on=day, last_on=day, noted_at=at)


def test_the_list_costs_the_same_for_2_and_for_50_meetings(
    as_ada: Client, ada: Member, django_assert_max_num_queries: Any
):
    counts = []
    for rows in (range(2), range(2, 50)):
        fill(ada, rows)
        with django_assert_max_num_queries(8) as queries:
            assert as_ada.get("/meetings/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_meeting_and_its_room_cost_the_same_for_2_and_for_50_items(
    as_ada: Client, ada: Member, soon: Meeting, django_assert_max_num_queries: Any
):
    counts = []
    make.lab(independent_reviews=True)
    for rows in (range(2), range(2, 50)):
        fill(ada, rows) if not rows.start else None
        for _ in rows:
            soon.items.create(paper=make.paper(), presenter=ada)
        for page in ("", "room/"):
            with django_assert_max_num_queries(10) as queries:
                assert as_ada.get(url_of(soon, page)).status_code == 200
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_one_click_votes_and_the_next_takes_it_back(as_ben: Client, lab: Lab):
    paper = make.paper("Deep")
    answer = as_ben.post(f"/papers/{paper.pk}/nomination/", headers=BALLOTS)
    assert answer.content.decode().strip().startswith('<section class="section" id="ballots"')
    assert 'name="withdraw"' in answer.content.decode()
    as_ben.post(f"/papers/{paper.pk}/nomination/", {"withdraw": "1"}, headers=BALLOTS)
    assert not Nomination.objects.open().exists()


def test_voting_without_javascript_leads_back(as_ben: Client, lab: Lab):
    paper = make.paper("Deep")
    answer = as_ben.post(f"/papers/{paper.pk}/nomination/")
    assert answer["Location"] == paper.get_absolute_url()
    answer = as_ben.post(f"/papers/{paper.pk}/nomination/?next=/meetings/%23ballots")
    assert answer["Location"] == "/meetings/#ballots"
    answer = as_ben.post(f"/papers/{paper.pk}/nomination/?next=//evil.example/")
    assert answer["Location"] == paper.get_absolute_url()


def test_the_papers_button_is_answered_with_the_button(as_ben: Client, lab: Lab):
    paper = make.paper()
    headers = HTMX | {"HX-Target": "nomination"}
    text = as_ben.post(f"/papers/{paper.pk}/nomination/", headers=headers).content.decode()
    assert "Nominated" in text
    assert "<html" not in text


def test_readers_do_not_vote(as_rea: Client, lab: Lab):
    assert as_rea.post(f"/papers/{make.paper().pk}/nomination/").status_code == 403
    assert as_rea.get("/meetings/").status_code == 200


@pytest.mark.parametrize("name", ["Deep Learning", "#{pk}", "deep   learning."])
def test_a_paper_is_nominated_by_its_name(as_ben: Client, lab: Lab, name: str):
    paper = make.paper("Deep learning")
    subject = name.replace("{pk}", str(paper.pk))
    assert as_ben.post("/meetings/nominations/", {"subject": subject}).status_code == 302
    assert Nomination.objects.get().paper == paper


@pytest.mark.parametrize("subject", ["", "No such paper", "#99999999", "9" * 30])
def test_a_name_that_no_paper_has_is_refused_and_kept(as_ben: Client, lab: Lab, subject: str):
    answer = as_ben.post("/meetings/nominations/", {"subject": subject}, headers=BALLOTS)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert subject in answer.content.decode()


def test_a_name_that_two_papers_have_offers_both(as_ben: Client, lab: Lab):
    papers = [make.paper("Deep learning") for _ in range(2)]
    answer = as_ben.post("/meetings/nominations/", {"subject": "Deep learning"})
    assert answer.status_code == 422
    for paper in papers:
        assert f"/papers/{paper.pk}/nomination/" in answer.content.decode()


def test_the_beginning_of_a_title_names_a_paper(as_ben: Client, lab: Lab):
    make.paper("How Does Batch Normalization Help? The Norm of a Layer")
    meant = make.paper("Layer Normalization")
    make.index()
    assert as_ben.post("/meetings/nominations/", {"subject": "Layer Norm"}).status_code == 302
    assert Nomination.objects.get().paper == meant


def test_the_only_hit_of_a_search_is_offered_and_not_taken(as_ben: Client, lab: Lab):
    paper = make.paper("How Does Batch Normalization Help Optimization?")
    make.index()
    answer = as_ben.post("/meetings/nominations/", {"subject": "batch normalization"})
    assert answer.status_code == 422
    assert not Nomination.objects.exists()
    assert f"/papers/{paper.pk}/nomination/" in answer.content.decode()


def test_the_only_hit_is_offered_for_an_agenda_as_well(as_ada: Client, soon: Meeting):
    paper = make.paper("How Does Batch Normalization Help Optimization?")
    make.index()
    answer = as_ada.post(url_of(soon, "items/"), {"subject": "batch normalization"})
    assert answer.status_code == 422
    assert f'value="paper:{paper.pk}"' in answer.content.decode()
    assert not soon.items.exists()


def test_an_absence_that_ends_before_it_begins_is_refused(as_ben: Client, lab: Lab):
    days = {"first_on": "2026-12-09", "last_on": "2026-12-01"}
    assert as_ben.post("/meetings/absences/", days).status_code == 422
    assert not Absence.objects.exists()


def test_one_notes_and_removes_ones_own_absence(as_ben: Client, as_cy: Client, ben: Member):
    as_ben.post("/meetings/absences/", {"first_on": "2026-12-01", "last_on": "2026-12-09"})
    absence = Absence.objects.get(member=ben)
    assert as_cy.post(f"/meetings/absences/{absence.pk}/removal/").status_code == 404
    as_ben.post(f"/meetings/absences/{absence.pk}/removal/")
    assert not Absence.objects.exists()


# --- Planning ------------------------------------------------------------------------------------


def test_a_curator_plans_a_meeting(as_ada: Client, ben: Member, lab: Lab):
    answer = as_ada.post("/meetings/new/", FACTS)
    assert answer["Location"] == "/meetings/2027-01-14/"
    assert Meeting.objects.get().lead == ben


@pytest.mark.parametrize(
    "wrong", [{"day": "2027-02-30"}, {"time": "25:00"}, {"minutes": "0"}, {"link": "javascript:1"}]
)
def test_a_wrong_meeting_is_refused_with_all_that_was_typed(as_ada: Client, ben: Member, wrong):
    answer = as_ada.post("/meetings/new/", FACTS | {"place": "Room 7"} | wrong)
    assert answer.status_code == 422
    assert "Room 7" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_a_taken_day_is_refused(as_ada: Client, ben: Member):
    as_ada.post("/meetings/new/", FACTS)
    answer = as_ada.post("/meetings/new/", FACTS | {"time": "16:00"})
    assert answer.status_code == 422
    assert "Edit that one" in answer.content.decode()


def test_members_do_not_plan(as_ben: Client, soon: Meeting):
    assert as_ben.get("/meetings/new/").status_code == 403
    assert as_ben.post("/meetings/series/", RULE).status_code == 403
    for rest in ("edit/", "cancellation/", "filling/", "presenters/", "mailing/", "items/",
                 "order/", "course/"):  # fmt: skip
        assert as_ben.post(url_of(soon, rest)).status_code == 404, rest


def test_a_lead_changes_her_own_meeting(as_ben: Client, soon: Meeting, ben: Member):
    Meeting.objects.update(lead=ben)
    assert as_ben.get(url_of(soon, "edit/")).status_code == 200
    assert (
        as_ben.post(url_of(soon, "items/"), {"subject": "Plans", "as_point": "1"}).status_code
        == 302
    )
    assert soon.items.get().title == "Plans"


def test_a_series_is_set_up_changed_and_ended(as_ada: Client, lab: Lab):
    answer = as_ada.post("/meetings/series/", RULE)
    assert answer["Location"] == "/meetings/2027-01-07/"
    series = MeetingSeries.objects.get()
    assert as_ada.get("/meetings/series/")["Location"] == f"/meetings/series/{series.pk}/"
    assert "2027-01-14" in as_ada.get(f"/meetings/series/{series.pk}/").content.decode()
    as_ada.post(f"/meetings/series/{series.pk}/", RULE | {"time": "15:00"})
    assert {meeting.starts_at.hour for meeting in Meeting.objects.all()} == {15}
    as_ada.post(f"/meetings/series/{series.pk}/", RULE | {"end": "1"})
    assert not Meeting.objects.exists()


def test_a_skipped_day_that_is_none_is_named(as_ada: Client, lab: Lab):
    answer = as_ada.post("/meetings/series/", RULE | {"skipped": "2027-01-14\nChristmas"})
    assert answer.status_code == 422
    assert "“Christmas” isn&#x27;t a date" in answer.content.decode()


def test_a_cancelled_meeting_says_so_and_comes_back(as_ada: Client, soon: Meeting):
    as_ada.post(url_of(soon, "cancellation/"))
    assert "Restore" in as_ada.get(url_of(soon)).content.decode()
    as_ada.post(url_of(soon, "cancellation/"), {"undo": "1"})
    assert Meeting.objects.scheduled().exists()


@pytest.mark.unknown_addresses
def test_a_day_that_is_none_has_no_page(as_ada: Client, lab: Lab):
    assert as_ada.get("/meetings/2026-02-30/").status_code == 404
    assert as_ada.get("/meetings/2026-02-20/").status_code == 404


# --- The agenda ----------------------------------------------------------------------------------


def test_filling_answers_with_the_agenda_and_its_reasons(
    as_ada: Client, soon: Meeting, ben: Member
):
    make.review(make.paper("Deep"), ben, verdict="try")
    answer = as_ada.post(url_of(soon, "filling/"), headers=AGENDA)
    text = answer.content.decode()
    assert text.strip().startswith('<section class="section" id="agenda"')
    assert "1 new review" in text
    assert as_ada.post(url_of(soon, "filling/")).status_code == 302


def test_filling_from_nothing_says_why(as_ada: Client, soon: Meeting):
    text = as_ada.post(url_of(soon, "filling/"), headers=AGENDA).content.decode()
    assert "Nothing to suggest" in text


def test_a_paper_is_added_by_name_and_once(as_ada: Client, soon: Meeting):
    paper = make.paper("Deep")
    as_ada.post(url_of(soon, "items/"), {"subject": "Deep"})
    assert soon.items.get().paper == paper
    answer = as_ada.post(url_of(soon, "items/"), {"subject": "Deep"}, headers=AGENDA)
    assert answer.status_code == 422
    assert "already on the agenda" in answer.content.decode()
    answer = as_ada.post(url_of(soon, "items/"), {"subject": "Nothing like it"}, headers=AGENDA)
    assert answer.status_code == 422


def test_a_suggestion_is_added_with_one_click(as_ada: Client, soon: Meeting):
    paper, tried = make.paper(), make.experiment()
    as_ada.post(url_of(soon, "items/"), {"add": f"paper:{paper.pk}"}, headers=AGENDA)
    as_ada.post(url_of(soon, "items/"), {"add": f"experiment:{tried.pk}"})
    assert [(one.paper, one.experiment) for one in soon.items.all()] == [
        (paper, None),
        (None, tried),
    ]
    assert as_ada.post(url_of(soon, "items/"), {"add": "paper:999999"}).status_code == 404


def test_items_move_by_buttons_and_by_dragging(as_ada: Client, soon: Meeting):
    a, b = (soon.items.create(title=title, position=n) for n, title in enumerate("ab"))
    as_ada.post(f"/agenda-items/{b.pk}/place/", {"step": "up"}, headers=AGENDA)
    assert list(soon.items.all()) == [b, a]
    as_ada.post(url_of(soon, "order/"), {"item": [a.pk, b.pk]}, headers=AGENDA)
    assert list(soon.items.all()) == [a, b]


def test_minutes_and_presenter_of_an_item_are_changed(as_ada: Client, item: AgendaItem, cy: Member):
    url = f"/agenda-items/{item.pk}/"
    as_ada.post(url, {"minutes": "35", "presenter": "cy"}, headers=AGENDA)
    item.refresh_from_db()
    assert (item.minutes, item.presenter) == (35, cy)
    answer = as_ada.post(url, {"minutes": "none", "presenter": "cy"}, headers=AGENDA)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()


def test_an_item_is_taken_off_and_taking_it_off_again_is_no_error(as_ada: Client, item: AgendaItem):
    for _ in range(2):
        assert as_ada.post(f"/agenda-items/{item.pk}/removal/").status_code == 302
    assert not AgendaItem.objects.exists()


def test_a_presenter_asks_and_the_other_accepts(
    as_ben: Client, as_cy: Client, item: AgendaItem, cy: Member
):
    assert as_cy.post(f"/agenda-items/{item.pk}/swap/", {"to": "ben"}).status_code == 404
    as_ben.post(f"/agenda-items/{item.pk}/swap/", {"to": "cy"})
    swap = PresenterSwap.objects.get()
    assert "Swap requests" in as_cy.get("/meetings/").content.decode()
    assert as_ben.post(f"/meetings/swaps/{swap.pk}/", {"answer": "yes"}).status_code == 404
    as_cy.post(f"/meetings/swaps/{swap.pk}/", {"answer": "yes"})
    item.refresh_from_db()
    assert item.presenter == cy


def test_disagreement_is_not_told_to_whom_the_reviews_are_closed(
    as_ada: Client, as_ben: Client, soon: Meeting, ben: Member
):
    paper = make.paper("Deep")
    facts = ItemFacts(
        paper=paper, reasons=[("votes", "3 votes"), ("disagreement", "two reviewers disagree")]
    )
    add_item(meeting=soon, facts=facts, by=ben, at=make.NOW)
    make.lab(independent_reviews=True)
    make.claim(paper, ben)
    assert "two reviewers disagree" in as_ada.get(url_of(soon)).content.decode()
    text = as_ben.get(url_of(soon)).content.decode()
    assert "3 votes" in text
    assert "disagree" not in text


# --- The room ------------------------------------------------------------------------------------


@pytest.fixture
def open_item(item: AgendaItem, ada: Member) -> AgendaItem:
    open_meeting(meeting=item.meeting, by=ada, at=make.NOW)
    return item


def test_the_room_follows_the_meeting(as_ada: Client, as_cy: Client, item: AgendaItem):
    room = url_of(item.meeting, "room/")
    assert "Starting soon" in as_cy.get(room).content.decode()
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
