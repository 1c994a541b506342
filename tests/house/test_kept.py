"""Answers kept by snapshot: the next request after any write sees the write."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from papers import kept
from papers.catalogue.actions.papers import PaperFacts, add_paper
from papers.claims.actions import claim_paper, release_claim
from papers.discussion.actions import add_comment
from papers.models import Claim, Lab, Member
from papers.reviews.actions import delete_review, publish_review
from papers.reviews.content import ReviewContent, Stamp
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_answer_is_made_once_until_somebody_writes():
    make.lab()
    made: list[int] = []

    def answer() -> int:
        made.append(1)
        return Lab.objects.count()

    assert [kept.keep(answer, "x"), kept.keep(answer, "x")] == [1, 1]
    assert len(made) == 1
    make.member()
    kept.keep(answer, "x")
    assert len(made) == 2


def test_every_hot_page_shows_what_was_written_just_before():
    make.lab()
    now = timezone.now()
    ada = make.member("ada", role=Member.Role.CURATOR)
    ben = make.member("ben")
    as_ada, as_ben = make.browser(ada), make.browser(ben)
    add_paper(facts=PaperFacts(title="First paper"), by=ada, at=now)
    year, week, _ = now.isocalendar()
    digest = f"/digest/{year}-W{week:02}/"

    def look(address: str, words: str) -> list[bool]:
        """Twice each, so that the second look is answered from what was kept."""
        browsers = (as_ada, as_ben, as_ada, as_ben)
        return [words in browser.get(address).content.decode() for browser in browsers]

    assert look("/papers/", "Second paper") == [False] * 4
    assert look(digest, "Second paper") == [False] * 4
    paper = add_paper(facts=PaperFacts(title="Second paper"), by=ada, at=now)
    assert look("/papers/", "Second paper") == [True] * 4
    assert look(digest, "Second paper") == [True] * 4
    claim = claim_paper(paper=paper, by=ben, at=now)
    page = paper.get_absolute_url()
    assert look(page, "Write your review") == [False, True, False, True]
    assert look("/", "Second paper")[1::2] == [True, True]
    release_claim(claim=claim, by=ben, at=now)
    add_comment(subject=paper, body="Said just now", by=ada, at=now)
    assert look(page, "Said just now") == [True] * 4
    content = ReviewContent(summary="Readable words")
    review = publish_review(paper=paper, by=ada, at=now, content=content, stamp=Stamp())
    assert look(page, "Readable words") == [True] * 4
    delete_review(review=review, by=ada, at=now + timedelta(seconds=1))
    assert look(page, "Readable words") == [False] * 4


def test_a_switch_of_the_lab_holds_from_the_next_request_on():
    make.lab()
    now = timezone.now()
    ada, ben = make.member("ada"), make.member("ben")
    as_ben = make.browser(ben)
    paper = add_paper(facts=PaperFacts(title="A paper"), by=ada, at=now)
    claim_paper(paper=paper, by=ben, at=now)
    content = ReviewContent(summary="Hidden words")
    publish_review(paper=paper, by=ada, at=now, content=content, stamp=Stamp())

    def reads() -> bool:
        return "Hidden words" in as_ben.get(paper.get_absolute_url()).content.decode()

    assert [reads(), reads()] == [True, True]
    make.lab(independent_reviews=True)
    assert [reads(), reads()] == [False, False]
    assert Claim.objects.open().count() == 1
    make.lab(independent_reviews=False)
    assert [reads(), reads()] == [True, True]


def test_a_role_that_was_taken_away_is_gone_at_once():
    make.lab()
    ada = make.member("ada", role=Member.Role.CURATOR)
    browser = make.browser(ada)
    topic = make.topic("Sharpness")
    assert "Edit topic" in browser.get(topic.get_absolute_url()).content.decode()
    assert "Edit topic" in browser.get(topic.get_absolute_url()).content.decode()
    Member.objects.filter(pk=ada.pk).update(role=Member.Role.READER)
    assert "Edit topic" not in browser.get(topic.get_absolute_url()).content.decode()
