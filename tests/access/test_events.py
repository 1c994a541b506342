"""What happened, and who hears of it."""

from __future__ import annotations

import pytest

from papers import access
from papers.discussion.actions import add_comment
from papers.models import Event, Follow, Lab, Member, Notification, Review, SavedSearch
from tests import make
from tests.make import NOW

Kind = Event.Kind


@pytest.fixture
def events(ben: Member) -> dict[str, Event]:
    """A paper, its review, an experiment and a comment of that review, and a comment on a paper."""
    review = make.review(make.paper(), ben)
    trial = make.experiment(review=review, paper=review.paper)
    Event.objects.all().delete()
    loose = add_comment(subject=review.paper, body="Why?", by=ben, at=NOW)
    bound = add_comment(subject=review, body="How?", by=ben, at=NOW)
    kinds = {
        "topic": (Kind.TOPIC_ADDED, {"topic": make.topic()}),
        "paper": (Kind.PAPER_ADDED, {"paper": review.paper}),
        "review": (Kind.REVIEW_PUBLISHED, {"review": review}),
        "trial": (Kind.EXPERIMENT_PROPOSED, {"experiment": trial}),
    }
    rows = {
        name: Event.objects.create(kind=kind, by=ben, at=NOW, **subject)
        for name, (kind, subject) in kinds.items()
    }
    talked = {"loose": loose, "bound": bound}
    return rows | {name: Event.objects.get(comment=one) for name, one in talked.items()}


def list_names(events: dict[str, Event], viewer: object, lab: Lab) -> set[str]:
    seen = set(access.events_visible_to(viewer, lab))  # type: ignore[arg-type]
    return {name for name, event in events.items() if event in seen}


def test_members_hear_of_all_that_is_open_to_them(
    events: dict[str, Event], cy: Member, rea: Member
):
    lab = make.lab(independent_reviews=True)
    assert list_names(events, cy, lab) == set(events)
    make.claim(events["paper"].paper, cy)
    assert list_names(events, cy, lab) == {"topic", "paper", "review", "loose"}
    assert list_names(events, rea, lab) == set(events)
    assert list_names(events, cy, make.lab(independent_reviews=False)) == set(events)


@pytest.mark.parametrize("is_independent", [False, True])
def test_what_hangs_on_a_deleted_review_is_told_to_nobody(
    events: dict[str, Event], rea: Member, is_independent: bool
):
    lab = make.lab(independent_reviews=is_independent)
    Review.objects.update(deleted_at=NOW)
    assert {"trial", "bound"} & list_names(events, rea, lab) == set()
    assert {"topic", "paper", "loose"} <= list_names(events, rea, lab)


def test_strangers_hear_of_papers_topics_and_reviews_that_stand(
    events: dict[str, Event], dan: Member
):
    for viewer in (None, dan):
        assert list_names(events, viewer, make.lab(public_reading=False)) == set()
        lab = make.lab(public_reading=True)
        assert list_names(events, viewer, lab) == {"topic", "paper", "review"}
    Review.objects.update(deleted_at=NOW)
    assert list_names(events, None, lab) == {"topic", "paper"}


def test_what_one_follows_and_searches_for_is_ones_own(ada: Member, ben: Member, dan: Member):
    for member in (ben, dan):
        Follow.objects.create(by=member, paper=make.paper(), at=NOW)
        SavedSearch.objects.create(by=member, name="Mine", text="deep", at=NOW)
    for rule in (access.follows_of, access.saved_searches_of):
        assert [one.by for one in rule(ben)] == [ben]
        for viewer in (ada, dan, None):
            assert not rule(viewer).exists()


def test_a_notification_is_its_members_and_goes_with_its_event(
    events: dict[str, Event], lab: Lab, cy: Member, rea: Member, dan: Member
):
    for member in (cy, dan):
        for event in events.values():
            Notification.objects.create(
                member=member, event=event, why=Notification.Why.PAPER, at=NOW
            )
    assert access.notifications_of(cy, lab).count() == len(events)
    for viewer in (rea, dan, None):
        assert not access.notifications_of(viewer, lab).exists()
    make.claim(events["paper"].paper, cy)
    lab = make.lab(independent_reviews=True)
    assert access.notifications_of(cy, lab).count() == len(events) - 2
