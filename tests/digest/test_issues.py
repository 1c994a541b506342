"""Issues of the digest: closed once, frozen for good, mailed once, and ended with one click."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from papers.digest.actions.closing import (
    IssueClosed,
    WeekRuns,
    close_due_issues,
    close_issue,
    get_closing_time,
    write_note,
)
from papers.digest.queries.issues import get_issue
from papers.digest.queries.week import read_week
from papers.digest.snapshot import load_snapshot, make_snapshot
from papers.models import DigestIssue, Event, Lab, Member, Review
from papers.text.weeks import Week
from tests import make
from tests.digest.issues import MONDAY, NOW, WEEK, fill

pytestmark = pytest.mark.usefixtures("here_for_long")


# --- Closing -------------------------------------------------------------------------------------


def test_a_digest_comes_back_from_the_database_as_it_was(ada: Member, lab: Lab):
    fill(3)
    make.claim(make.paper(), ada)
    digest = read_week(WEEK, lab, MONDAY)
    assert load_snapshot(make_snapshot(digest)) == digest


def test_a_closed_issue_keeps_its_content(ada: Member, lab: Lab):
    fill()
    write_note(week=WEEK, text="Read **this** first.", by=ada, at=NOW)
    close_issue(week=WEEK, at=MONDAY, by=ada)
    Review.objects.update(takeaway="Changed my mind.")
    make.paper("Came in later", added_at=NOW)
    issue = get_issue(WEEK, ada, lab, MONDAY + timedelta(days=9))
    assert issue.digest.reviews.items[0].takeaway.startswith("It scales")
    assert issue.digest.papers.total == 1
    assert "<strong>this</strong>" in issue.note_html
    with pytest.raises(IssueClosed):
        write_note(week=WEEK, text="No, this.", by=ada, at=MONDAY)


def test_closing_twice_is_closing_once(ada: Member):
    first = close_issue(week=WEEK, at=MONDAY, by=ada)
    again = close_issue(week=WEEK, at=MONDAY + timedelta(days=1), by=ada)
    assert first.closed_at == again.closed_at
    assert Event.objects.filter(kind=Event.Kind.DIGEST_CLOSED).count() == 1


def test_a_week_that_runs_is_not_closed(ada: Member):
    with pytest.raises(WeekRuns, match="ends on Sunday"):
        close_issue(week=WEEK, at=datetime(2026, 11, 22, 23, 59, tzinfo=UTC), by=ada)


@pytest.mark.parametrize(
    ("weekday", "hour", "zone", "moment"),
    [
        (0, 8, "UTC", "2026-11-23T08:00+00:00"),
        (4, 16, "Asia/Tokyo", "2026-11-27T07:00+00:00"),
        (6, 23, "America/New_York", "2026-11-30T04:00+00:00"),
    ],
)
def test_the_labs_day_and_hour_are_local(
    ada: Member, weekday: int, hour: int, zone: str, moment: str
):
    make.lab(digest_weekday=weekday, digest_hour=hour, time_zone=zone)
    at = datetime.fromisoformat(moment)
    assert WEEK not in close_due_issues(at=at - timedelta(seconds=1))
    assert close_due_issues(at=at) == [WEEK]
    assert close_due_issues(at=at) == []


@pytest.mark.parametrize(
    ("week", "moment"),
    [("2026-W12", "2026-03-29T01:00+00:00"), ("2026-W42", "2026-10-25T01:00+00:00")],
)
def test_an_hour_that_the_clocks_skip_or_repeat_closes_an_issue_once(week: str, moment: str):
    lab = make.lab(digest_weekday=6, digest_hour=2, time_zone="Europe/Berlin")
    closing = get_closing_time(Week.parse(week), lab)
    assert closing is not None
    assert abs(closing - datetime.fromisoformat(moment)) <= timedelta(hours=1)


def test_weeks_missed_in_an_outage_are_made_up_for_each_once():
    close_due_issues(at=MONDAY)
    missed = close_due_issues(at=MONDAY + timedelta(weeks=3, hours=5))
    assert [str(week) for week in missed] == ["2026-W48", "2026-W49", "2026-W50"]


def test_a_new_lab_is_not_sent_weeks_from_before_its_time():
    Event.objects.all().delete()
    assert close_due_issues(at=MONDAY) == []


def test_a_lab_without_a_day_closes_by_hand():
    make.lab(digest_weekday=None)
    assert close_due_issues(at=MONDAY + timedelta(weeks=9)) == []


# --- Who may read ------------------------------------------------------------------------------


def test_a_frozen_issue_hides_what_is_closed_to_a_reader(ada: Member, ben: Member):
    lab = make.lab(independent_reviews=True)
    fill()
    make.claim(Review.objects.get().paper, ben)
    close_issue(week=WEEK, at=MONDAY)
    for reader, words in ((ada, True), (ben, False)):
        digest = get_issue(WEEK, reader, lab, MONDAY).digest
        assert digest.reviews.total == 1
        assert bool(digest.reviews.items[0].takeaway) == words
        assert bool(digest.started.total) == words


def test_a_stranger_reads_papers_and_reviews_of_a_frozen_issue_only(stranger: Client):
    lab = make.lab(public_reading=True)
    fill()
    close_issue(week=WEEK, at=MONDAY)
    digest = get_issue(WEEK, None, lab, MONDAY).digest
    assert (digest.papers.total, digest.reviews.total) == (1, 1)
    assert not digest.started
    assert not digest.claims
    assert stranger.get("/digest/2026-W47/").status_code == 200


def test_a_review_taken_back_is_gone_from_its_issue(ada: Member, lab: Lab):
    fill()
    close_issue(week=WEEK, at=MONDAY)
    Review.objects.update(deleted_at=MONDAY)
    assert get_issue(WEEK, ada, lab, MONDAY).digest.reviews.total == 0


def test_the_page_of_a_closed_issue_costs_at_most_ten_queries(
    as_ben: Client, django_assert_max_num_queries: Any
):
    make.lab(independent_reviews=True)
    fill(40)
    close_issue(week=WEEK, at=MONDAY)
    with django_assert_max_num_queries(10):
        as_ben.get("/digest/2026-W47/")


# --- Mail ----------------------------------------------------------------------------------------


# --- The curator's pages ------------------------------------------------------------------------


def test_a_curator_writes_the_note_and_closes(as_ada: Client, as_ben: Client):
    where = "/digest/2026-W40/"
    assert as_ben.get(f"{where}note/").status_code == 403
    assert as_ben.post(f"{where}closing/").status_code == 403
    as_ada.post(f"{where}note/", {"note": "We start $x^2$ anew."})
    assert "We start" in as_ben.get(where).content.decode()
    answer = as_ada.post(f"{where}closing/", follow=True).content.decode()
    assert "Published. Sending" in answer
    assert DigestIssue.objects.closed().count() == 1
    assert as_ada.post(f"{where}note/", {"note": "x"}).status_code == 422


def test_this_week_is_not_closed_by_hand(as_ada: Client):
    week = Week.of(make.NOW.date())
    text = as_ada.post(f"/digest/{week}/closing/", follow=True).content.decode()
    assert "publish it after that" in text
    assert "Publish and send" not in text


def test_curators_set_the_day_and_hour(as_ada: Client, as_ben: Client):
    assert as_ben.get("/curation/digest/").status_code == 403
    as_ada.post("/curation/digest/", {"digest_weekday": "4", "digest_hour": "16"})
    as_ada.post("/curation/digest/", {"digest_weekday": "4", "digest_hour": "16"})
    lab = Lab.objects.get()
    assert (lab.digest_weekday, lab.digest_hour) == (4, 16)
    assert Event.objects.filter(kind=Event.Kind.LAB_CHANGED).count() == 1
    wrong = as_ada.post("/curation/digest/", {"digest_weekday": "4", "digest_hour": "24"})
    assert wrong.status_code == 422
