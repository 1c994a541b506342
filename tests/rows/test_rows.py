"""Rows of papers: the state, the people and the parts that a list shows."""

from __future__ import annotations

from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from papers.models import AgendaItem, Lab, Meeting, Member, Paper, ReviewDraft
from papers.people import join_names
from papers.rows.queries import list_rows
from papers.rows.row_html import PaperRow
from tests import make


def only_row(paper: Paper, viewer: Member | None, lab: Lab) -> PaperRow:
    return list_rows([paper], viewer, lab)[0]


def draft(paper: Paper, member: Member) -> ReviewDraft:
    return ReviewDraft.objects.create(
        paper=paper, member=member, started_at=make.NOW, saved_at=make.NOW
    )


def discuss(paper: Paper) -> None:
    meeting = Meeting.objects.create(
        day=make.NOW.date(), starts_at=make.NOW, created_at=make.NOW, held_at=make.NOW
    )
    AgendaItem.objects.create(meeting=meeting, paper=paper, discussed_at=make.NOW)


def test_a_paper_nobody_touched_is_open_and_may_be_claimed(ben: Member, lab: Lab) -> None:
    row = only_row(make.paper(), ben, lab)
    assert (row.state, row.free_slots, row.people) == ("open", 2, [])
    assert row.claim_url == f"/papers/{row.id}/claim/"
    assert row.release_url == ""


def test_a_claim_takes_a_slot_and_names_its_member(ben: Member, cy: Member, lab: Lab) -> None:
    paper = make.paper()
    make.claim(paper, ben)
    row = only_row(paper, cy, lab)
    assert (row.state, row.state_word, row.free_slots) == ("claimed", "claimed", 1)
    assert [one.name for one in row.claimants] == ["Ben Member"]
    assert row.may_claim


def test_my_own_claim_is_mine_to_give_back(ben: Member, lab: Lab) -> None:
    paper = make.paper()
    claim = make.claim(paper, ben)
    row = only_row(paper, ben, lab)
    assert (row.my_claim, row.state_word, row.may_claim) == (claim.pk, "yours", False)
    assert row.release_url
    assert row.people[0].is_me


def test_a_standing_claim_holds_no_slot_and_can_become_a_lease(ben: Member, lab: Lab) -> None:
    paper = make.paper(slots=1)
    make.claim(paper, ben, due_on=None)
    row = only_row(paper, ben, lab)
    assert (row.state, row.free_slots, row.may_claim) == ("open", 1, True)


def test_a_paper_with_no_slot_left_is_not_offered(ben: Member, cy: Member, lab: Lab) -> None:
    paper = make.paper(slots=1)
    make.claim(paper, ben)
    assert not only_row(paper, cy, lab).may_claim


def test_a_reader_is_offered_no_claim(rea: Member, lab: Lab) -> None:
    assert not only_row(make.paper(), rea, lab).may_claim


def test_a_draft_shows_to_its_author_alone(ben: Member, ada: Member, lab: Lab) -> None:
    paper = make.paper()
    draft(paper, ben)
    assert only_row(paper, ben, lab).state == "draft"
    assert only_row(paper, ada, lab).state == "open"


def test_a_reviewed_paper_shows_the_words_of_all_reviews(
    ben: Member, cy: Member, ada: Member, lab: Lab
) -> None:
    paper = make.paper()
    make.review(paper, ben, summary="Good and *short*.")
    make.review(paper, cy, summary="", critique="Small.", follow_up="実験を行う")
    row = only_row(paper, ada, lab)
    assert row.state == "reviewed"
    assert row.spine == ((3, 0, 0), (0, 1, 3))
    assert [one.handle for one in row.reviewers] == ["ben", "cy"]


def test_my_review_ends_the_offer_to_claim(ben: Member, lab: Lab) -> None:
    paper = make.paper()
    make.review(paper, ben)
    assert not only_row(paper, ben, lab).may_claim


def test_a_discussed_paper_says_so(ben: Member, lab: Lab) -> None:
    paper = make.paper()
    discuss(paper)
    assert only_row(paper, ben, lab).state == "discussed"


def test_an_independent_reviewer_sees_who_reviewed_but_not_how_much(
    ben: Member, cy: Member
) -> None:
    lab = make.lab(independent_reviews=True)
    paper = make.paper()
    make.review(paper, cy, critique="Weak.")
    make.claim(paper, ben)
    row = only_row(paper, ben, lab)
    assert (row.state, row.spine) == ("reviewed", ())
    assert [one.handle for one in row.reviewers] == ["cy"]


def test_a_stranger_sees_no_claims_and_no_offer(ben: Member) -> None:
    lab = make.lab(public_reading=True)
    paper = make.paper()
    make.claim(paper, ben)
    row = only_row(paper, None, lab)
    assert (row.state, row.people, row.may_claim) == ("open", [], False)


def test_rows_keep_the_order_that_was_asked_for(ben: Member, lab: Lab) -> None:
    one, two = make.paper("One"), make.paper("Two")
    assert [row.title for row in list_rows([two.pk, one.pk], ben, lab)] == ["Two", "One"]
    newest = Paper.objects.order_by("pk")[:1]
    assert [row.title for row in list_rows(newest, ben, lab)] == ["One"]


@pytest.mark.parametrize("independent", [False, True])
def test_fifty_rows_cost_the_queries_of_two(
    ben: Member, cy: Member, django_assert_num_queries: Any, independent: bool
) -> None:
    lab = make.lab(independent_reviews=independent)
    for number in range(50):
        paper = make.paper()
        make.review(paper, cy)
        make.claim(paper, ben, due_on=None if number else make.day("2026-12-01"))
    for size in (2, 50):
        queries: CaptureQueriesContext
        with django_assert_num_queries(1) as queries:
            assert len(list_rows(Paper.objects.all()[:size], ben, lab)) == size
        assert len(queries) == 1


def test_long_lists_of_authors_end_in_a_number() -> None:
    assert join_names(["A", "B", "C", "D"]) == "A, B, C, D"
    assert join_names(["A", "B", "C", "D", "E"]) == "A, B, C and 2 more"
