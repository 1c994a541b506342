"""One screening per viewer: what it takes from a week, and what it leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from papers.digest.queries.issues import get_digest
from papers.digest.queries.screening import (
    MOST_EXPERIMENTS,
    MOST_TALKS,
    screen,
    screen_for_rooms,
    screen_fresh,
)
from papers.digest.queries.week import read_week
from papers.discussion.actions import add_comment
from papers.models import Experiment, Lab, Member, Paper, Review
from papers.text.weeks import Week
from tests import make

WEEK = Week.parse("2026-W47")
NOW = make.NOW
AFTER = NOW + timedelta(days=30)


def fill(by: Member, number: int) -> list[Paper]:
    """Papers, each with a review, an experiment that came out of it and talks about both."""
    papers = []
    for place in range(number):
        paper = make.paper(f"Paper {place}")
        review = make.review(paper, by, takeaway="It holds", summary="What it says")
        experiment = make.experiment(f"Try {place}", review=review, paper=paper)
        add_comment(subject=review, body="Why?", by=by, at=NOW)
        add_comment(subject=experiment, body="When?", by=by, at=NOW)
        papers.append(paper)
    return papers


def test_where_nothing_is_closed_a_fresh_week_needs_no_question(
    lab: Lab, ben: Member, cy: Member, django_assert_num_queries: object
) -> None:
    fill(ben, 2)
    week = read_week(WEEK, lab, AFTER)
    with django_assert_num_queries(0):  # type: ignore[operator]
        fresh = screen_fresh(week, cy, lab)
    assert fresh == screen(week, cy, lab)


def test_a_fresh_week_is_asked_for_where_reviews_are_independent(ben: Member, cy: Member) -> None:
    lab = make.lab(independent_reviews=True)
    open_paper, closed_paper = fill(ben, 2)
    make.claim(closed_paper, cy)
    digest = get_digest(WEEK, cy, lab, AFTER)
    assert [one.title for one in digest.started.items] == ["Try 0"]
    assert digest.started.total == 1
    assert digest.talks.total == 2
    shown, hidden = digest.reviews.items
    assert (shown.takeaway, list(shown.parts)) == ("It holds", ["summary"])
    assert (hidden.takeaway, list(hidden.parts), hidden.verdict) == ("", [], "")
    assert hidden.is_readable is False
    assert str(open_paper.pk) in shown.paper_url


def test_what_is_closed_makes_room_for_what_is_open(ben: Member, cy: Member) -> None:
    lab = make.lab(independent_reviews=True)
    papers = fill(ben, MOST_EXPERIMENTS + 3)
    for paper in papers[:3]:
        make.claim(paper, cy)
    digest = get_digest(WEEK, cy, lab, AFTER)
    assert digest.started.items[0].title == "Try 3"
    assert len(digest.started.items) == digest.started.total == MOST_EXPERIMENTS
    assert len(digest.talks.items) == MOST_TALKS
    assert digest.talks.total == 2 * MOST_EXPERIMENTS


def test_who_may_not_read_gets_nothing(lab: Lab, ben: Member, dan: Member) -> None:
    fill(ben, 1)
    make.claim(make.paper(), ben)
    for viewer in (None, dan):
        digest = get_digest(WEEK, viewer, lab, AFTER)
        sections = (digest.papers, digest.reviews, digest.waiting, digest.claims, digest.talks)
        assert not any([*sections, digest.started, digest.finished, digest.met])


def test_a_room_hears_of_nothing_that_is_gone(lab: Lab, ben: Member) -> None:
    fill(ben, 2)
    week = read_week(WEEK, lab, AFTER)
    Review.objects.filter(paper__title="Paper 0").update(deleted_at=NOW)
    told = screen_for_rooms(week)
    assert [one.title for one in told.reviews.items] == ["Paper 1"]
    assert [one.title for one in told.started.items] == ["Try 1"]
    assert told.talks.total == 2
    assert Experiment.objects.count() == 2


@pytest.mark.parametrize("is_hidden", [False, True])
def test_the_page_marks_the_sections_that_are_written(
    as_cy: Client, ben: Member, cy: Member, is_hidden: bool
) -> None:
    make.lab(independent_reviews=True)
    [paper] = fill(ben, 1)
    if is_hidden:
        make.claim(paper, cy)
    page = as_cy.get("/digest/2026-W47/").content.decode()
    assert ('title="1 review: summary ' in page) is not is_hidden
