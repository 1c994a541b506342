"""The digest: what a week says, to whom, and how it stays short."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils.html import strip_tags

from papers.digest.agendas.queries import find_next_meeting
from papers.digest.queries.issues import get_digest
from papers.digest.queries.week_papers import MOST_PAPERS
from papers.discussion.actions import add_comment
from papers.meetings.agenda.actions.ballots import vote_for_paper
from papers.models import Event, Experiment, Lab, Meeting, Member, Paper
from papers.text.weeks import Week
from papers.text.writing import join_imprint
from tests import make

WEEK = Week.parse("2026-W47")
NOW = make.NOW
AFTER = NOW + timedelta(days=30)


def add(lab: Lab, viewer: Member | None = None, week: Week = WEEK, now: datetime = AFTER):  # type: ignore[no-untyped-def]
    return get_digest(week, viewer, lab, now)


def test_a_quiet_week_says_so(lab: Lab, ben: Member) -> None:
    digest = add(lab, ben)
    assert digest.is_quiet
    assert digest.lead == ""


def test_the_week_is_told_in_one_sentence(lab: Lab, ben: Member, cy: Member) -> None:
    paper = make.paper()
    make.paper()
    make.review(paper, ben, takeaway="It works")
    make.experiment(state="confirmed", outcome="Yes", closed_at=NOW)
    lead = "2 new papers, 1 review, 1 experiment finished."
    assert add(lab, cy).lead == lead


def test_the_last_minute_of_sunday_counts_and_monday_does_not(lab: Lab, ben: Member) -> None:
    lab = make.lab(time_zone="Asia/Tokyo")
    make.paper("On time", added_at=datetime(2026, 11, 22, 14, 59, 59, tzinfo=UTC))
    make.paper("Too late", added_at=datetime(2026, 11, 22, 15, 0, tzinfo=UTC))
    assert [paper.title for paper in add(lab, ben).papers.items] == ["On time"]


def test_three_hundred_papers_are_a_few_and_the_number_of_the_rest(lab: Lab, ben: Member) -> None:
    for number in range(60):
        make.paper(f"Paper {number}")
    papers = add(lab, ben).papers
    assert len(papers.items) == MOST_PAPERS
    assert papers.more == 60 - MOST_PAPERS


def test_a_closed_review_is_known_and_not_shown(lab: Lab, ben: Member, cy: Member) -> None:
    lab = make.lab(independent_reviews=True)
    paper = make.paper()
    make.review(paper, ben, takeaway="Secret words", verdict="adopt")
    make.claim(paper, cy)
    review = add(lab, cy).reviews.items[0]
    assert (review.takeaway, review.verdict, review.is_readable) == ("", "", False)
    assert add(lab, ben).reviews.items[0].takeaway == "Secret words"


def test_strangers_read_papers_and_reviews_only(lab: Lab, ben: Member) -> None:
    lab = make.lab(public_reading=True)
    paper = make.paper()
    make.review(paper, ben, takeaway="Open words")
    add_comment(subject=paper, body="Inside", by=ben, at=NOW)
    make.experiment()
    make.claim(make.paper(), ben)
    digest = add(lab, None)
    assert (digest.papers.total, digest.reviews.total) == (2, 1)
    assert not any((digest.talks, digest.started, digest.claims, digest.next_meeting))


def test_an_experiment_that_began_to_run_and_one_that_ended_are_told_apart(
    lab: Lab, ben: Member
) -> None:
    early = NOW - timedelta(days=40)
    running = make.experiment("Runs", state="running", created_at=early, owner=ben)
    Event.objects.create(
        kind=Event.Kind.EXPERIMENT_MOVED,
        at=NOW,
        by=ben,
        experiment=running,
        data={"after": "running"},
    )
    make.experiment("Ended", created_at=early, state="refuted", outcome="No.", closed_at=NOW)
    make.experiment("Old idea", created_at=early)
    digest = add(lab, ben)
    assert [(one.title, one.state) for one in digest.started.items] == [("Runs", "running")]
    assert [(one.title, one.outcome) for one in digest.finished.items] == [("Ended", "No.")]


def test_a_week_of_last_year_does_not_change_when_the_experiment_ends(
    lab: Lab, ben: Member
) -> None:
    make.experiment("Idea", state="refuted", outcome="No.", closed_at=NOW + timedelta(days=20))
    assert [one.state for one in add(lab, ben).started.items] == ["idea"]


def test_discussions_name_their_people_once(lab: Lab, ben: Member, cy: Member) -> None:
    paper = make.paper("Talked about")
    for number in range(3):
        at = NOW + timedelta(minutes=number)
        add_comment(subject=paper, body=f"Point {number}", by=ben, at=at)
    add_comment(subject=paper, body="Counterpoint", by=cy, at=NOW)
    talk = add(lab, ben).talks.items[0]
    assert (talk.comments, talk.people) == (4, "Ben Member, Cy Member")


def test_what_waited_then_waits_in_the_issue_although_it_was_read_since(
    lab: Lab, ben: Member
) -> None:
    paper = make.paper("Waited", added_at=NOW - timedelta(days=30))
    make.index()
    make.claim(paper, ben, claimed_at=NOW + timedelta(days=20))
    assert [one.title for one in add(lab, ben).waiting.items] == ["Waited"]
    later = Week.parse("2026-W51")
    assert not add(lab, ben, later).waiting


def test_claims_are_due_or_overdue_as_of_the_end_of_the_week(lab: Lab, ben: Member) -> None:
    early = NOW - timedelta(days=20)
    make.claim(make.paper("Late"), ben, claimed_at=early, due_on=make.day("2026-11-20"))
    make.claim(make.paper("Soon"), ben, claimed_at=early, due_on=make.day("2026-11-25"))
    make.claim(make.paper("Far"), ben, claimed_at=early, due_on=make.day("2026-12-20"))
    claims = add(lab, ben).claims.items
    assert [(one.title, one.is_overdue) for one in claims] == [("Late", True), ("Soon", False)]


def meet(starts_at: datetime, **fields: object) -> Meeting:
    early = NOW - timedelta(days=9)
    return Meeting.objects.create(
        day=starts_at.date(), starts_at=starts_at, created_at=early, **fields
    )


def test_the_next_agenda_is_the_next_one_after_the_issue(lab: Lab, ben: Member) -> None:
    held = meet(NOW, held_at=NOW)
    meet(NOW + timedelta(days=3), cancelled_at=NOW)
    coming = meet(NOW + timedelta(days=7), title="The next")
    coming.items.create(paper=make.paper("To discuss"), presenter=ben, minutes=30)
    digest = add(lab, ben)
    assert [one.day for one in digest.met] == [held.day]
    assert digest.next_meeting is not None
    assert [(one.title, one.minutes) for one in digest.next_meeting.lines] == [("To discuss", 30)]


def test_a_meeting_held_before_its_hour_is_past_everywhere(lab: Lab, ben: Member) -> None:
    meet(NOW + timedelta(hours=5), held_at=NOW + timedelta(hours=1))
    later = NOW + timedelta(hours=2)
    digest = add(lab, ben, now=later)
    assert (len(digest.met), digest.next_meeting) == (1, None)
    assert find_next_meeting(ben, lab, later) is None


def test_an_import_is_one_line_and_counts_every_paper(lab: Lab, ada: Member, ben: Member) -> None:
    at = NOW - timedelta(minutes=1)
    for number in range(20):
        make.paper(f"From the list {number}", added_by=ada, added_at=at)
    make.paper("By hand", added_by=ben)
    papers = add(lab, ben).papers
    assert [(one.title, one.number) for one in papers.items] == [
        ("From the list 0", 20), ("By hand", 1),
    ]  # fmt: skip
    assert (papers.total, papers.more) == (21, 0)


@pytest.mark.parametrize(
    ("venue", "year", "words"),
    [("ICML", 2018, "ICML 2018"), ("nips2021", 2021, "NeurIPS 2021"),
     ("OSDI '20", 2020, "OSDI 2020"), ("ICML 2018", 2018, "ICML 2018"),
     ("", 2018, "2018"), ("ICML", None, "ICML")],
)  # fmt: skip
def test_a_venue_that_names_its_year_names_it_once(venue: str, year: int | None, words: str):
    assert join_imprint(venue, year) == words


def test_no_line_begins_with_a_separator(as_ben: Client, lab: Lab, ada: Member) -> None:
    paper = make.paper(authors=[], venue="", year=None, added_by=ada)
    vote_for_paper(paper=paper, by=ada, at=NOW)
    for url in (f"/digest/{WEEK}/", "/meetings/"):
        text = strip_tags(as_ben.get(url).content.decode())
        assert not re.search(r"^\s*·.*(added|nominated) by", text, re.MULTILINE), url


def test_an_issue_does_not_look_a_month_ahead(lab: Lab, ben: Member) -> None:
    meet(NOW + timedelta(days=30))
    assert add(lab, ben).next_meeting is None


def test_a_meeting_that_goes_on_is_still_the_next_one(lab: Lab, ben: Member) -> None:
    meet(NOW, title="Now")
    going_on = find_next_meeting(ben, lab, NOW + timedelta(minutes=40))
    assert going_on is not None
    assert find_next_meeting(ben, lab, NOW + timedelta(hours=2)) is None


def test_an_agenda_does_not_name_an_experiment_from_a_closed_review(
    lab: Lab, ben: Member, cy: Member
) -> None:
    lab = make.lab(independent_reviews=True)
    paper = make.paper()
    experiment = make.experiment("Secret title", review=make.review(paper, ben), paper=paper)
    make.claim(paper, cy)
    meet(NOW + timedelta(days=7)).items.create(experiment=experiment, minutes=10)
    meeting = add(lab, cy).next_meeting
    assert meeting is not None
    assert meeting.lines[0].title == "An experiment"


def fill(number: int, member: Member) -> None:
    for _ in range(number):
        paper = make.paper()
        make.review(paper, member, takeaway="So it is")
        make.experiment(paper=paper)
        add_comment(subject=paper, body="Why?", by=member, at=NOW)
        Paper.objects.filter(pk=make.paper().pk).update(added_at=NOW - timedelta(days=9))


@pytest.mark.parametrize("number", [2, 50])
def test_the_page_costs_eleven_queries_whatever_happened(
    as_cy: Client, ben: Member, number: int, django_assert_max_num_queries: object
) -> None:
    fill(number, ben)
    with django_assert_max_num_queries(11):  # type: ignore[operator]
        answer = as_cy.get("/digest/2026-W47/")
    assert answer.status_code == 200
    assert ("more" in answer.content.decode()) is (number == 50)


def test_the_digest_leads_to_this_week(as_ben: Client) -> None:
    assert as_ben.get("/digest/")["Location"].startswith("/digest/20")


@pytest.mark.parametrize("name", ["2026-W54", "2025-W53", "nonsense", "2026-W00", "2026-w47"])
def test_a_nonsense_week_does_not_exist(as_ben: Client, name: str) -> None:
    assert as_ben.get(f"/digest/{name}/").status_code == 404


def test_the_last_week_of_all_has_a_page(as_ben: Client) -> None:
    assert as_ben.get("/digest/2999-W52/").status_code == 200
    assert as_ben.get("/digest/1900-W01/").status_code == 200


def test_a_week_to_come_is_empty_and_says_so(as_ben: Client) -> None:
    assert "started yet" in as_ben.get("/digest/2999-W01/").content.decode()


def test_a_stranger_reads_the_digest_only_where_the_lab_reads_in_public(
    stranger: Client, lab: Lab
) -> None:
    assert stranger.get("/digest/2026-W47/").status_code == 302
    make.lab(public_reading=True)
    assert stranger.get("/digest/2026-W47/").status_code == 200


def test_an_experiment_that_was_closed_in_the_week_it_began_is_told_once(
    lab: Lab, ben: Member
) -> None:
    make.experiment("Quick", state=Experiment.State.CONFIRMED, outcome="Yes", closed_at=NOW)
    digest = add(lab, ben)
    assert (digest.finished.total, digest.started.total) == (1, 0)
