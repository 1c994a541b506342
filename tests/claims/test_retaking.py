"""Who may claim after all, and taking a claim up again that was just released."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from papers.claims.actions.claims import (
    AlreadyReviewed,
    ClaimLimitReached,
    ClaimRefused,
    NoSlotLeft,
    PaperArchived,
    claim_paper,
    end_claim_as_reviewed,
    extend_claim,
    release_claim,
    retake_claim,
)
from papers.models import Claim, Event, Handover, Lab, Member, Paper
from tests import make
from tests.claims.test_handing import draft
from tests.make import NOW

LATER = NOW + timedelta(minutes=5)


def give_back(paper: Paper, member: Member) -> Claim:
    """A claim that was released."""
    claim = claim_paper(paper=paper, by=member, at=NOW)
    return release_claim(claim=claim, by=member, at=NOW)


def test_only_ones_own_published_review_of_this_paper_stands_against_a_claim(
    ben: Member, cy: Member
) -> None:
    paper, other = make.paper(), make.paper()
    make.review(other, ben)
    make.review(paper, cy)
    make.review(paper, ben, deleted_at=NOW)
    assert claim_paper(paper=paper, by=ben, at=NOW).is_open
    make.review(other, cy)
    with pytest.raises(AlreadyReviewed):
        claim_paper(paper=other, by=ben, at=NOW)


def test_an_archived_paper_is_claimed_by_nobody_but_who_has_it(ben: Member, cy: Member) -> None:
    paper = make.paper()
    claim = claim_paper(paper=paper, by=ben, at=NOW)
    Paper.objects.update(archived_at=NOW)
    assert claim_paper(paper=paper, by=ben, at=NOW) == claim
    with pytest.raises(PaperArchived, match="unarchive"):
        claim_paper(paper=paper, by=cy, at=NOW)


def test_a_claim_taken_back_goes_on_as_it_was(ben: Member, cy: Member) -> None:
    paper, other = make.paper(), make.paper()
    claim_paper(paper=other, by=ben, at=NOW)
    claim_paper(paper=paper, by=cy, at=NOW)
    claim = give_back(paper, ben)
    again = retake_claim(claim=claim, by=ben, at=LATER)
    again.refresh_from_db()
    assert (again.pk, again.is_open, again.ending) == (claim.pk, True, "")
    assert (again.due_on, again.claimed_at) == (claim.due_on, NOW)
    assert (again.paper_slot, again.member_slot) == (2, 2)
    assert retake_claim(claim=claim, by=ben, at=LATER).is_open
    taken = Event.objects.filter(kind=Event.Kind.CLAIM_TAKEN, at=LATER)
    assert [(one.by, one.paper) for one in taken] == [(ben, paper)]


def test_a_standing_claim_taken_back_holds_no_slot(ben: Member, cy: Member) -> None:
    paper = make.paper(slots=1)
    claim = release_claim(claim=make.claim(paper, ben, due_on=None), by=ben, at=NOW)
    claim_paper(paper=paper, by=cy, at=NOW)
    again = retake_claim(claim=claim, by=ben, at=LATER)
    assert again.is_open
    assert not again.is_lease


def test_a_claim_is_not_taken_back_into_a_slot_that_is_gone(ben: Member, cy: Member) -> None:
    paper = make.paper(slots=1)
    claim = give_back(paper, ben)
    claim_paper(paper=paper, by=cy, at=NOW)
    with pytest.raises(NoSlotLeft):
        retake_claim(claim=claim, by=ben, at=LATER)


def test_a_claim_is_not_taken_back_over_the_limit(ben: Member) -> None:
    claim = give_back(make.paper(), ben)
    for _ in range(3):
        claim_paper(paper=make.paper(), by=ben, at=NOW)
    with pytest.raises(ClaimLimitReached):
        retake_claim(claim=claim, by=ben, at=LATER)
    claim.refresh_from_db()
    assert not claim.is_open


def test_only_a_released_claim_of_a_reviewer_is_taken_back(ben: Member, cy: Member) -> None:
    paper = make.paper()
    claim = give_back(paper, ben)
    newer = claim_paper(paper=paper, by=ben, at=NOW)
    with pytest.raises(ClaimRefused, match="can't be brought back"):
        retake_claim(claim=claim, by=ben, at=LATER)
    release_claim(claim=newer, by=ben, at=NOW)
    Claim.objects.filter(pk=claim.pk).update(ending=Claim.Ending.EXPIRED)
    with pytest.raises(ClaimRefused):
        retake_claim(claim=claim, by=ben, at=LATER)
    Member.objects.filter(pk=ben.pk).update(role=Member.Role.READER)
    with pytest.raises(ClaimRefused):
        retake_claim(claim=newer, by=ben, at=LATER)
    Member.objects.filter(pk=ben.pk).update(role=Member.Role.MEMBER)
    make.review(paper, cy)
    make.review(make.paper(), ben)
    assert retake_claim(claim=newer, by=ben, at=LATER).is_open


def test_a_claim_is_not_taken_back_once_its_review_is_there(ben: Member) -> None:
    paper = make.paper()
    claim = give_back(paper, ben)
    make.review(paper, ben)
    with pytest.raises(AlreadyReviewed):
        retake_claim(claim=claim, by=ben, at=LATER)


def test_a_claim_that_ended_is_not_extended(ben: Member) -> None:
    with pytest.raises(ClaimRefused, match="ended"):
        extend_claim(claim=give_back(make.paper(), ben), by=ben, at=NOW)
    standing = make.claim(make.paper(), ben, due_on=None)
    with pytest.raises(ClaimRefused, match="ended"):
        extend_claim(claim=standing, by=ben, at=NOW)


def test_an_extension_is_kept_and_told(ben: Member) -> None:
    claim = claim_paper(paper=make.paper(), by=ben, at=NOW)
    claim_paper(paper=make.paper(), by=ben, at=NOW)
    extend_claim(claim=claim, by=ben, at=LATER)
    claim.refresh_from_db()
    assert (claim.due_on, claim.extended_at) == (make.day("2026-12-16"), LATER)
    told = Event.objects.get(kind=Event.Kind.CLAIM_EXTENDED)
    assert (told.by, told.paper, told.data["due_on"]) == (ben, claim.paper, "2026-12-16")


def test_a_review_ends_its_own_claim_alone(ben: Member, cy: Member) -> None:
    paper, other = make.paper(), make.paper()
    before = give_back(paper, ben)
    claim = claim_paper(paper=paper, by=ben, at=NOW)
    claim_paper(paper=paper, by=cy, at=NOW)
    claim_paper(paper=other, by=ben, at=NOW)
    with transaction.atomic():
        end_claim_as_reviewed(paper=paper, by=ben, at=LATER)
    ended = Claim.objects.filter(ending=Claim.Ending.REVIEWED, ended_at=LATER)
    assert list(ended) == [claim]
    before.refresh_from_db()
    assert (before.ending, before.ended_at) == (Claim.Ending.RELEASED, NOW)


@pytest.mark.parametrize("is_new", [False, True], ids=["retaken", "claimed anew"])
def test_who_takes_up_a_claim_again_keeps_the_offered_draft(
    ben: Member, cy: Member, is_new: bool
) -> None:
    paper, other = make.paper(), make.paper()
    claim = give_back(paper, ben)
    whose = [(paper, ben), (other, ben), (paper, cy)]
    offers = [
        Handover.objects.create(paper=p, giver=m, draft=draft(p, m, summary="x"), offered_at=NOW)
        for p, m in whose
    ]
    before = Handover.objects.create(paper=paper, giver=ben, offered_at=NOW, withdrawn_at=NOW)
    if is_new:
        claim_paper(paper=paper, by=ben, at=LATER)
    else:
        retake_claim(claim=claim, by=ben, at=LATER)
    for offer in (*offers, before):
        offer.refresh_from_db()
    assert [one.withdrawn_at for one in (*offers, before)] == [LATER, None, None, NOW]


def test_a_limit_made_smaller_holds(lab: Lab, ben: Member, cy: Member, ada: Member) -> None:
    paper = make.paper()
    claim_paper(paper=paper, by=ben, at=NOW)
    claim_paper(paper=paper, by=cy, at=NOW)
    Lab.objects.update(paper_slots=1)
    with pytest.raises(NoSlotLeft):
        claim_paper(paper=paper, by=ada, at=NOW)


def test_a_gap_among_the_slots_is_none_once_the_limit_is_reached(
    lab: Lab, ben: Member, cy: Member, ada: Member
) -> None:
    paper = make.paper(slots=3)
    make.claim(paper, ben, paper_slot=1)
    make.claim(paper, cy, paper_slot=3)
    Paper.objects.update(slots=2)
    with pytest.raises(NoSlotLeft):
        claim_paper(paper=paper, by=ada, at=NOW)
    Paper.objects.update(slots=3)
    assert claim_paper(paper=paper, by=ada, at=NOW).paper_slot == 2
