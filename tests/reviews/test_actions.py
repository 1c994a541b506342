"""Drafts, publishing, versions and undo: no text is ever lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from papers.models import Claim, Event, GuidingQuestion, Member, Review, ReviewDraft
from papers.reviews.actions.publishing import (
    NotReady,
    delete_review,
    publish_review,
    restore_review,
    restore_version,
)
from papers.reviews.drafts.actions import discard_draft, restore_draft, save_draft
from papers.reviews.drafts.author_state import StaleDraft, TooLate, Writer, get_stamp
from papers.reviews.drafts.content import ReviewContent, Stamp
from tests import make
from tests.make import NOW

NOBODY = Writer()


def save(paper, by, text, stamp="0.0", writer=NOBODY):
    return save_draft(
        paper=paper,
        by=by,
        at=NOW,
        content=ReviewContent(summary=text),
        stamp=Stamp.parse(stamp),
        writer=writer,
    )


def publish(paper, by, text="It works.", stamp="0.0", at=NOW, **fields):
    content = ReviewContent(summary=text, **fields)
    return publish_review(paper=paper, by=by, at=at, content=content, stamp=Stamp.parse(stamp))


def test_each_save_makes_the_next_version(ben: Member):
    paper = make.paper()
    assert save(paper, ben, "one").version == 1
    assert save(paper, ben, "one two", "0.1").version == 2


def test_saving_the_same_text_twice_changes_nothing(ben: Member):
    paper = make.paper()
    save(paper, ben, "one")
    assert save(paper, ben, "one").version == 1


def test_a_stale_save_is_refused_with_the_text_that_stands(ben: Member):
    paper = make.paper()
    save(paper, ben, "from the desk")
    with pytest.raises(StaleDraft) as refusal:
        save(paper, ben, "from the phone")
    assert refusal.value.theirs.summary == "from the desk"
    assert str(refusal.value.stamp) == "0.1"
    assert ReviewDraft.objects.get().summary == "from the desk"


def test_a_page_whose_acknowledgement_was_lost_goes_on(ben: Member):
    paper = make.paper()
    save(paper, ben, "one", writer=Writer("tab", 1))
    assert save(paper, ben, "one two", writer=Writer("tab", 2)).summary == "one two"


def test_a_request_that_was_held_up_does_not_overwrite_a_later_one(ben: Member):
    paper = make.paper()
    save(paper, ben, "one two", writer=Writer("tab", 2))
    with pytest.raises(StaleDraft):
        save(paper, ben, "one", writer=Writer("tab", 1))


def test_a_tab_left_open_on_a_draft_put_away_does_not_overwrite_the_next_draft(ben: Member):
    paper = make.paper()
    old = save(paper, ben, "old")
    discard_draft(draft=old, at=NOW)
    save(paper, ben, "new")
    with pytest.raises(StaleDraft) as refusal:
        save(paper, ben, "old, and more", "0.1")
    assert refusal.value.theirs.summary == "new"
    old.refresh_from_db()
    restore_draft(draft=old, by=ben, at=NOW)
    with pytest.raises(StaleDraft):
        save(paper, ben, "new, and more", "0.2")


def test_two_members_write_on_one_paper_without_meeting(ben: Member, cy: Member):
    paper = make.paper()
    save(paper, ben, "mine")
    save(paper, cy, "hers")
    assert {d.summary for d in ReviewDraft.objects.all()} == {"mine", "hers"}


def test_opening_a_published_text_and_leaving_makes_no_draft(ben: Member):
    paper = make.paper()
    publish(paper, ben)
    assert save(paper, ben, "It works.", "1.0") is None


def test_publishing_ends_draft_and_claim_and_says_so_once(ben: Member):
    paper = make.paper()
    make.claim(paper, ben)
    save(paper, ben, "It works.")
    publish(paper, ben, "It works.", "0.1")
    publish(paper, ben, "It works.", "0.1")
    assert not ReviewDraft.objects.exists()
    assert Claim.objects.get().ending == Claim.Ending.REVIEWED
    assert [e.kind for e in Event.objects.all()] == [Event.Kind.REVIEW_PUBLISHED]
    assert Review.objects.get().summary_html == "<p>It works.</p>"


def test_only_the_summary_is_required(ben: Member):
    with pytest.raises(NotReady) as refusal:
        publish(make.paper(), ben, "  ", critique="But is it true?")
    assert refusal.value.field == "summary"


def test_every_published_change_keeps_the_earlier_version(ben: Member):
    paper = make.paper()
    publish(paper, ben, "First.")
    review = publish(paper, ben, "Second.", "1.0", verdict="try")
    assert [(r.number, r.summary) for r in review.revisions.all()] == [
        (2, "Second."),
        (1, "First."),
    ]
    assert Event.objects.first().kind == Event.Kind.REVIEW_CHANGED


def test_a_tab_opened_before_a_publication_is_stale(ben: Member):
    paper = make.paper()
    publish(paper, ben, "First.")
    publish(paper, ben, "Second.", "1.0")
    with pytest.raises(StaleDraft) as refusal:
        publish(paper, ben, "First, mended.", "1.0")
    assert refusal.value.theirs.summary == "Second."


def test_an_earlier_version_comes_back_as_a_new_one(ben: Member):
    paper = make.paper()
    publish(paper, ben, "First.")
    review = publish(paper, ben, "Second.", "1.0")
    again = restore_version(revision=review.revisions.get(number=1), by=ben, at=NOW)
    assert (again.number, again.summary) == (3, "First.")


def test_the_guiding_questions_shown_stay_with_the_review(ben: Member):
    question = GuidingQuestion.objects.create(section="summary", text="What is new?")
    paper = make.paper()
    save(paper, ben, "one")
    question.delete()
    assert publish(paper, ben, "one", "0.1").guidance == {"summary": ["What is new?"]}


def test_a_deleted_review_comes_back_within_thirty_days(ben: Member):
    review = publish(make.paper(), ben)
    delete_review(review=review, by=ben, at=NOW)
    delete_review(review=review, by=ben, at=NOW)
    assert not Review.objects.current().exists()
    back = restore_review(review=Review.objects.get(), by=ben, at=NOW + timedelta(days=29))
    assert back.deleted_at is None
    delete_review(review=review, by=ben, at=NOW)
    with pytest.raises(TooLate):
        restore_review(review=Review.objects.get(), by=ben, at=NOW + timedelta(days=31))


def test_writing_anew_after_a_deletion_publishes_the_next_version(ben: Member):
    paper = make.paper()
    delete_review(review=publish(paper, ben, "First."), by=ben, at=NOW)
    review = publish(paper, ben, "Anew.")
    assert (review.number, review.deleted_at) == (2, None)


def test_a_discarded_draft_comes_back_and_the_newer_one_is_not_lost(ben: Member):
    paper = make.paper()
    old = save(paper, ben, "old")
    discard_draft(draft=old, at=NOW)
    save(paper, ben, "new")
    old.refresh_from_db()
    restore_draft(draft=old, by=ben, at=NOW)
    assert ReviewDraft.objects.current().get().summary == "old"
    assert ReviewDraft.objects.get(discarded_at__isnull=False).summary == "new"


def test_the_stamp_names_what_the_form_continues(ben: Member):
    paper = make.paper()
    review = publish(paper, ben)
    draft = save(paper, ben, "More.", "1.0")
    assert (str(get_stamp(None, None)), str(get_stamp(None, review))) == ("0.0", "1.0")
    assert str(get_stamp(draft, review)) == "1.1"
