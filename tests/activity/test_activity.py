"""What happened: told in words, filtered, paged by key, and only to those who may know."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from papers.activity.actions import note_visit
from papers.activity.queries import PAGE, Cursor, list_activity, list_news
from papers.discussion.actions import add_comment
from papers.models import Event, Lab, Member
from tests import make

NOW = make.NOW


def happen(by: Member, count: int = 1, **fields: object) -> None:
    fields = {"kind": Event.Kind.PAPER_ADDED, "at": NOW, **fields}
    for _ in range(count):
        Event.objects.create(by=by, paper=make.paper(), **fields)


def test_pages_follow_each_other_without_a_gap_although_all_happened_at_once(
    lab: Lab, ben: Member
) -> None:
    happen(ben, PAGE + 10)
    first = list_activity(ben, lab)
    second = list_activity(ben, lab, cursor=Cursor.parse(first.earlier))
    titles = [one.title for one in (*first.activities, *second.activities)]
    assert len(titles) == len(set(titles)) == PAGE + 10
    assert second.earlier == ""


@pytest.mark.parametrize("text", ["", "x", "1-", "-1", "1-2-3", "9" * 30 + "-1", "１-２"])
def test_a_broken_key_begins_at_the_newest(text: str) -> None:
    assert Cursor.parse(text) is None


def test_a_key_is_read_as_it_was_written() -> None:
    cursor = Cursor(NOW + timedelta(microseconds=7), 12)
    assert Cursor.parse(str(cursor)) == cursor


def test_kind_and_person_narrow_the_page(lab: Lab, ben: Member, cy: Member) -> None:
    happen(ben)
    happen(cy)
    happen(cy, kind=Event.Kind.CLAIM_TAKEN)
    assert len(list_activity(ben, lab, by="CY").activities) == 2
    assert len(list_activity(ben, lab, by="cy", group="claims").activities) == 1
    assert not list_activity(ben, lab, group="nonsense").activities


def test_a_comment_on_a_closed_review_is_not_told(lab: Lab, ben: Member, cy: Member) -> None:
    lab = make.lab(independent_reviews=True)
    paper = make.paper()
    review = make.review(paper, ben)
    add_comment(subject=review, body="Hm", by=ben, at=NOW)
    make.claim(paper, cy)
    assert not list_activity(cy, lab).activities
    assert len(list_activity(ben, lab).activities) == 1


def test_news_are_what_others_did_since(lab: Lab, ben: Member, cy: Member) -> None:
    happen(cy, 3)
    happen(cy, at=NOW - timedelta(days=3))
    happen(ben)
    news, total = list_news(ben, lab, NOW - timedelta(days=1), most=2)
    assert (len(news), total) == (2, 3)


def test_looking_again_soon_is_the_same_visit(ben: Member) -> None:
    assert note_visit(by=ben, at=NOW)
    ben.refresh_from_db()
    assert not note_visit(by=ben, at=NOW + timedelta(minutes=14))
    assert note_visit(by=ben, at=NOW + timedelta(minutes=15))


def test_the_filter_gives_the_list_alone(as_ben: Client, ben: Member) -> None:
    happen(ben)
    headers = {"HX-Request": "true", "HX-Target": "activities"}
    text = as_ben.get("/activity/?kind=papers", headers=headers).content.decode()
    assert text.strip().startswith('<section id="activities"')
    assert "Ben Member" in text


@pytest.mark.parametrize("number", [2, 50])
def test_the_page_costs_at_most_seven_queries(
    as_cy: Client, ben: Member, number: int, django_assert_max_num_queries: object
) -> None:
    for kind in Event.Kind.values:
        happen(ben, number // 2, kind=kind)
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        assert as_cy.get("/activity/").status_code == 200


def test_a_stranger_signs_in_first(stranger: Client) -> None:
    assert stranger.get("/activity/").status_code == 302
