"""The meetings' pages: with and without JavaScript, right and wrong input, who may not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from papers.meetings.agenda.actions.ballots import vote_for_paper
from papers.meetings.series.actions.rota import request_swap
from papers.models import (
    Absence,
    AgendaItem,
    Lab,
    Meeting,
    MeetingSeries,
    Member,
    Nomination,
    VerdictVote,
)
from tests import make
from tests.meetings.asked import BALLOTS, FACTS, HTMX, RULE, url_of

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
    assert "already a meeting on Thursday 14 January" in answer.content.decode()


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


# --- The room ------------------------------------------------------------------------------------
