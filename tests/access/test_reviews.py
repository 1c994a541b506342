"""Reviews and what hangs on them: independence, deletion, and whose words are whose."""

from __future__ import annotations

from datetime import timedelta

import pytest

from papers import access
from papers.access import Viewer
from papers.discussion.actions import add_comment
from papers.models import Comment, Experiment, Lab, Member, Review, ReviewRevision
from tests import make
from tests.make import NOW


def independent(**fields: object) -> Lab:
    return make.lab(independent_reviews=True, **fields)


def list_readable(viewer: Viewer, lab: Lab) -> set[Review]:
    """The reviews that a viewer may read; the expression on rows says the same."""
    visible = set(access.reviews_visible_to(viewer, lab))
    rows = access.reviews_known_to(viewer, lab)
    marked = rows.annotate(is_open=access.is_review_readable(viewer, lab)).filter(is_open=True)
    assert set(marked) == visible
    return visible


def test_published_reviews_are_for_all_who_may_read(ben: Member, rea: Member, dan: Member):
    review = make.review(make.paper(), ben)
    make.review(make.paper(), ben, deleted_at=NOW)
    for is_public in (False, True):
        lab = make.lab(public_reading=is_public)
        for viewer, is_reader in ((ben, True), (rea, True), (None, is_public), (dan, is_public)):
            shown = {review} if is_reader else set()
            assert list_readable(viewer, lab) == shown
            assert set(access.reviews_known_to(viewer, lab)) == shown


def test_a_lease_closes_the_reviews_of_others_until_ones_own_is_published(
    root: Member, ben: Member, cy: Member
):
    lab = independent()
    paper, other = make.paper(), make.review(make.paper(), ben)
    review = make.review(paper, ben)
    make.claim(paper, cy)
    make.claim(paper, root)
    for viewer in (cy, root):
        assert list_readable(viewer, lab) == {other}
        assert access.list_closed_papers(viewer, lab) == [paper.pk]
        assert set(access.reviews_known_to(viewer, lab)) == {review, other}
    assert list_readable(ben, lab) == {review, other}
    assert access.list_closed_papers(ben, lab) == []
    own = make.review(paper, cy)
    assert list_readable(cy, lab) == {review, other, own}
    assert list_readable(root, lab) == {other}


def test_ones_own_review_stays_open_beside_a_new_lease(ben: Member, cy: Member):
    lab = independent()
    paper = make.paper()
    gone = make.review(paper, cy, deleted_at=NOW)
    make.review(paper, ben)
    make.claim(paper, cy)
    assert list_readable(cy, lab) == set()
    Review.objects.filter(pk=gone.pk).update(deleted_at=None)
    assert list_readable(cy, lab) == set(Review.objects.all())


@pytest.mark.parametrize(
    "fields",
    [{"due_on": None}, {"ended_at": NOW + timedelta(days=1), "ending": "released"}],
    ids=["without a lease", "ended"],
)
def test_only_an_open_lease_closes(fields: dict[str, object], ben: Member, cy: Member):
    lab = independent()
    review = make.review(make.paper(), ben)
    make.claim(review.paper, cy, **fields)
    assert list_readable(cy, lab) == {review}
    assert access.list_closed_papers(cy, lab) == []


def test_a_lease_closes_nothing_where_the_switch_is_off(lab: Lab, ben: Member, cy: Member):
    review = make.review(make.paper(), ben)
    make.claim(review.paper, cy)
    assert list_readable(cy, lab) == {review}
    assert access.list_closed_papers(cy, lab) == []


def test_a_review_of_another_paper_ends_no_lease(ben: Member, cy: Member):
    lab = independent()
    review, own = make.review(make.paper(), ben), make.review(make.paper(), cy)
    make.claim(review.paper, cy)
    assert list_readable(cy, lab) == {own}


def test_what_is_closed_to_anybody_is_closed_to_strangers(ben: Member, cy: Member):
    lab = independent(public_reading=True)
    free, held = make.review(make.paper(), ben), make.review(make.paper(), ben)
    make.claim(held.paper, cy)
    make.claim(held.paper, make.member("eve"))
    assert list_readable(None, lab) == {free}
    assert access.list_closed_papers(None, lab) == [held.paper_id]
    assert set(access.reviews_known_to(None, lab)) == {free, held}
    make.review(held.paper, cy)
    assert list_readable(None, lab) == {free}


def test_ones_own_reviews_can_be_edited_deleted_ones_too(
    ada: Member, ben: Member, cy: Member, rea: Member
):
    gone = make.review(make.paper(), ben, deleted_at=NOW)
    hers = make.review(make.paper(), rea)
    assert set(access.reviews_editable_by(ben)) == {gone}
    for viewer in (ada, cy, rea, None):
        assert not access.reviews_editable_by(viewer).exists()
    assert hers.member == rea


def test_versions_are_open_as_their_review_is(ben: Member, cy: Member):
    lab = independent()
    review = make.review(make.paper(), ben)
    assert ReviewRevision.objects.filter(review=review).exists()
    assert access.revisions_visible_to(cy, lab).count() == 1
    make.claim(review.paper, cy)
    assert not access.revisions_visible_to(cy, lab).exists()
    assert access.revisions_visible_to(ben, lab).count() == 1


def test_experiments_go_with_their_review(ben: Member, cy: Member, rea: Member, dan: Member):
    review = make.review(make.paper(), ben)
    loose, bound = make.experiment(), make.experiment(review=review, paper=review.paper)
    make.claim(review.paper, cy)
    for is_independent in (False, True):
        lab = make.lab(independent_reviews=is_independent, public_reading=True)
        shown = {loose} if is_independent else {loose, bound}
        assert set(access.experiments_visible_to(cy, lab)) == shown
        assert set(access.experiments_changeable_by(cy)) == shown
        assert set(access.experiments_visible_to(rea, lab)) == {loose, bound}
        for viewer in (None, dan):
            assert not access.experiments_visible_to(viewer, lab).exists()
            assert not access.experiments_changeable_by(viewer).exists()
        assert not access.experiments_changeable_by(rea).exists()
    Review.objects.update(deleted_at=NOW)
    for is_independent in (False, True):
        lab = make.lab(independent_reviews=is_independent)
        assert set(access.experiments_visible_to(ben, lab)) == {loose}


@pytest.fixture
def talk(ben: Member) -> dict[str, Comment]:
    """Comments on a paper, on a review of it, and on an experiment that came out of the review."""
    review = make.review(make.paper(), ben)
    trial = make.experiment(review=review, paper=review.paper)
    subjects = {"paper": review.paper, "review": review, "trial": trial}
    return {
        name: add_comment(subject=subject, body="Why?", by=ben, at=NOW)
        for name, subject in subjects.items()
    }


def test_comments_go_with_what_they_are_on(
    talk: dict[str, Comment], cy: Member, rea: Member, dan: Member
):
    make.claim(talk["paper"].paper, cy)
    for is_independent in (False, True):
        lab = make.lab(independent_reviews=is_independent, public_reading=True)
        shown = {talk["paper"]} if is_independent else set(talk.values())
        assert set(access.comments_visible_to(cy, lab)) == shown
        assert set(access.comments_visible_to(rea, lab)) == set(talk.values())
        for viewer in (None, dan):
            assert not access.comments_visible_to(viewer, lab).exists()
    Review.objects.update(deleted_at=NOW)
    for is_independent in (False, True):
        lab = make.lab(independent_reviews=is_independent)
        assert set(access.comments_visible_to(rea, lab)) == {talk["paper"]}


def test_a_comment_is_edited_by_its_author_and_removed_by_curators_too(
    talk: dict[str, Comment], lab: Lab, ada: Member, ben: Member, cy: Member
):
    gone = talk["review"]
    Comment.objects.filter(pk=gone.pk).update(deleted_at=NOW, deleted_by=ada)
    left = {talk["paper"], talk["trial"]}
    assert set(access.comments_editable_by(ben, lab)) == left
    assert not access.comments_editable_by(ada, lab).exists()
    assert set(access.comments_removable_by(ben, lab)) == left
    assert set(access.comments_removable_by(ada, lab)) == left
    for viewer in (cy, None):
        assert not access.comments_removable_by(viewer, lab).exists()
    assert set(access.comments_restorable_by(ada, lab)) == {gone}
    for viewer in (ben, cy, None):
        assert not access.comments_restorable_by(viewer, lab).exists()


def test_the_place_of_a_deleted_comment_stays(talk: dict[str, Comment], lab: Lab, ben: Member):
    Comment.objects.update(deleted_at=NOW, deleted_by=ben)
    assert access.comments_visible_to(ben, lab).count() == 3
    assert Experiment.objects.count() == 1
