"""What a role allows at all."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from papers import access
from papers.access import Viewer
from papers.models import Lab, Member
from tests import make

type People = dict[str, Viewer]


@pytest.fixture
def people(ada: Member, ben: Member, dan: Member, rea: Member) -> People:
    """One of each kind."""
    waiting = make.member("eve", state=Member.State.PLACEHOLDER)
    return {
        "ada": ada, "ben": ben, "rea": rea, "dan": dan, "eve": waiting, "nobody": None,
        "stranger": AnonymousUser(),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("question", "allowed"),
    [
        (access.can_comment, {"ada", "ben", "rea"}),
        (access.can_review, {"ada", "ben"}),
        (access.can_add_papers, {"ada", "ben"}),
        (access.can_vote, {"ada", "ben"}),
        (access.can_curate, {"ada"}),
        (access.can_plan_meetings, {"ada"}),
    ],
)
def test_each_role_may_so_much(question, allowed: set[str], people: People):  # type: ignore[no-untyped-def]
    answers = {name: question(viewer) for name, viewer in people.items()}
    assert {name for name, answer in answers.items() if answer} == allowed
    assert set(answers.values()) <= {True, False}


@pytest.mark.parametrize("is_public", [False, True])
def test_pages_are_read_by_members_and_in_public_by_all(is_public: bool, people: People):
    lab = make.lab(public_reading=is_public)
    readers = {name for name, viewer in people.items() if access.can_read(viewer, lab)}
    assert readers == (set(people) if is_public else {"ada", "ben", "rea"})


def test_only_an_active_member_counts_as_one(people: People):
    members = {name for name, viewer in people.items() if access.get_member(viewer)}
    assert members == {"ada", "ben", "rea"}
    assert access.get_member(people["ben"]) == people["ben"]


def test_a_new_installation_has_the_labs_defaults(db: None):
    Lab.objects.all().delete()
    assert access.get_lab().independent_reviews == Lab().independent_reviews
    made = make.lab(name="Harbour")
    assert access.get_lab() == made


@pytest.mark.parametrize("is_independent", [False, True])
def test_all_is_open_to_members_where_reviews_are_not_independent(
    is_independent: bool, people: People
):
    lab = make.lab(independent_reviews=is_independent, public_reading=True)
    open_to = {name for name, viewer in people.items() if access.is_all_open_to(viewer, lab)}
    assert open_to == (set() if is_independent else {"ada", "ben", "rea"})
