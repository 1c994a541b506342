"""Publishing, deleting and bringing back, one by one: what is written, and what is left alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from papers.claims.actions.handover import accept_draft, offer_draft
from papers.models import (
    Event,
    Experiment,
    GuidingQuestion,
    Lab,
    Member,
    Paper,
    Review,
    ReviewRevision,
)
from papers.reviews.actions.publishing import (
    LONGEST_TAKEAWAY,
    NotReady,
    delete_review,
    publish_review,
    restore_review,
    restore_version,
)
from papers.reviews.drafts.actions import save_draft
from papers.reviews.drafts.author_state import TooLate
from papers.reviews.drafts.content import ReviewContent, Stamp
from papers.search.queries import find_papers
from tests import make
from tests.make import NOW

UNTIL = timedelta(days=30)
TRIAL = {"title": "Ten seeds", "hypothesis": "It holds.", "plan": "Run them.", "cost": "A day"}


def publish(paper: Paper, by: Member, text: str = "It works.", stamp: str = "0.0", **fields):
    content = ReviewContent(summary=text, **fields)
    return publish_review(paper=paper, by=by, at=NOW, content=content, stamp=Stamp.parse(stamp))


def find(word: str, by: Member) -> list[str]:
    found = find_papers(word, by=by, lab=Lab.objects.get(), today=NOW.date())
    return sorted(Paper.objects.filter(pk__in=found.paper_ids).values_list("title", flat=True))


def count(kind: Event.Kind) -> int:
    return Event.objects.filter(kind=kind).count()


def test_a_takeaway_may_be_as_long_as_it_may(ben: Member):
    assert publish(make.paper(), ben, takeaway="x" * LONGEST_TAKEAWAY).takeaway
    with pytest.raises(NotReady) as refusal:
        publish(make.paper(), ben, takeaway="x" * (LONGEST_TAKEAWAY + 1))
    assert refusal.value.field == "takeaway"
    assert str(LONGEST_TAKEAWAY) in refusal.value.sentence
    assert Review.objects.count() == 1


def test_follow_ups_go_to_the_board_in_the_name_of_the_review(ben: Member):
    paper = make.paper()
    review = publish(paper, ben, items=[TRIAL, {"title": "", "plan": "Nameless plan"}])
    named, nameless = Experiment.objects.order_by("pk")
    assert (named.title, named.hypothesis, named.cost) == ("Ten seeds", "It holds.", "A day")
    assert nameless.title == "Nameless plan"
    for one in (named, nameless):
        assert (one.paper, one.review, one.proposed_by, one.created_at) == (paper, review, ben, NOW)


def test_publishing_twice_makes_each_follow_up_once(ben: Member):
    paper = make.paper()
    for _click in range(2):
        publish(paper, ben, items=[TRIAL])
    assert Experiment.objects.count() == 1
    assert count(Event.Kind.REVIEW_PUBLISHED) == 1


def test_a_new_follow_up_alone_makes_no_new_version(ben: Member):
    paper = make.paper()
    review = publish(paper, ben, items=[TRIAL])
    again = publish(paper, ben, stamp="1.0", items=[{"title": "Another"}])
    assert again == review
    assert again.number == 1
    assert list(review.experiments.order_by("pk").values_list("title", flat=True)) == [
        "Ten seeds", "Another",
    ]  # fmt: skip


def test_whoever_wrote_what_was_taken_over_is_named(ben: Member, cy: Member):
    paper = make.paper()
    draft = ReviewContent(summary="Half of it.")
    save_draft(paper=paper, by=cy, at=NOW, content=draft, stamp=Stamp.parse("0.0"))
    accept_draft(handover=offer_draft(paper=paper, by=cy, at=NOW), by=ben, at=NOW)
    review = publish(paper, ben, "Half of it, and the rest.", stamp="0.1")
    assert list(review.contributors.all()) == [cy]


def test_an_earlier_version_is_of_its_own_review(ben: Member, cy: Member):
    paper = make.paper()
    publish(paper, cy, "Other words.")
    publish(paper, ben, "First words.")
    review = publish(paper, ben, "Second words.", stamp="1.0")
    first = ReviewRevision.objects.get(review=review, number=1)
    assert restore_version(revision=first, by=ben, at=NOW).summary == "First words."
    assert Review.objects.get(member=cy).summary == "Other words."


def test_a_version_keeps_the_questions_that_its_author_saw(ben: Member):
    GuidingQuestion.objects.create(section="critique", text="Is it true?")
    paper = make.paper()
    review = publish(paper, ben)
    assert review.guidance
    assert ReviewRevision.objects.get().guidance == review.guidance


def test_a_review_alone_is_deleted_and_found_no_more(lab: Lab, ben: Member, cy: Member):
    paper, other = make.paper("Deleted from"), make.paper("Left alone")
    mine, theirs = publish(paper, ben, "Quokkas swim."), publish(other, cy, "Quokkas sleep.")
    assert find("quokkas", ben) != []
    gone = delete_review(review=mine, by=ben, at=NOW)
    assert gone.deleted_at == NOW
    theirs.refresh_from_db()
    assert theirs.deleted_at is None
    assert find("quokkas", ben) == ["Left alone"]
    delete_review(review=mine, by=ben, at=NOW + timedelta(days=1))
    mine.refresh_from_db()
    assert mine.deleted_at == NOW
    assert count(Event.Kind.REVIEW_DELETED) == 1


def test_a_review_alone_comes_back_and_is_found_again(lab: Lab, ben: Member, cy: Member):
    mine, theirs = publish(make.paper("Back"), ben, "Quokkas swim."), publish(make.paper(), cy)
    for one, by in ((mine, ben), (theirs, cy)):
        delete_review(review=one, by=by, at=NOW)
    assert restore_review(review=mine, by=ben, at=NOW + UNTIL).deleted_at is None
    theirs.refresh_from_db()
    assert theirs.deleted_at == NOW
    assert find("quokkas", ben) == ["Back"]
    restore_review(review=mine, by=ben, at=NOW)
    assert count(Event.Kind.REVIEW_RESTORED) == 1
    with pytest.raises(TooLate):
        restore_review(review=theirs, by=cy, at=NOW + UNTIL + timedelta(seconds=1))
