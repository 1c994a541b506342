"""Handing a draft on, a curator's word on a claim, and skipping."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client

from papers.claims.actions.claims import AlreadyReviewed, ClaimRefused, NoSlotLeft, claim_paper
from papers.claims.actions.handover import (
    DraftInTheWay,
    NothingToHandOn,
    OfferGone,
    accept_draft,
    offer_draft,
    withdraw_draft,
)
from papers.claims.actions.overrides import DayRefused, end_claim_of_another, set_due_day
from papers.models import Claim, Event, Handover, Lab, Mail, Member, Paper, ReviewDraft, Skip
from papers.pages.queries.desk import Offer, list_next
from papers.reviews.actions.publishing import publish_review
from papers.reviews.drafts.content import ReviewContent, Stamp
from tests import make
from tests.make import NOW, day


def draft(paper: Paper, member: Member, **texts: object) -> ReviewDraft:
    texts = texts or {"summary": "Begun by me.", "critique": "One seed only."}
    return ReviewDraft.objects.create(
        paper=paper, member=member, started_at=NOW, saved_at=NOW, **texts
    )


def test_giving_back_with_a_draft_leads_to_the_question(as_ben: Client, ben: Member):
    paper = make.paper()
    make.claim(paper, ben)
    draft(paper, ben)
    answer = as_ben.post(f"/papers/{paper.pk}/release/", follow=True)
    assert "Pass on your draft?" in answer.content.decode()
    assert not Handover.objects.exists(), "she has to say so"
    as_ben.post(f"/handovers/papers/{paper.pk}/")
    assert Handover.objects.open().get().giver == ben


def test_giving_back_without_a_draft_asks_nothing(as_ben: Client, ben: Member):
    paper = make.paper()
    make.claim(paper, ben)
    answer = as_ben.post(f"/papers/{paper.pk}/release/")
    assert answer["Location"] == paper.get_absolute_url()


def test_nobody_reads_an_offered_draft_before_taking_it(as_cy: Client, ben: Member, cy: Member):
    paper = make.paper()
    draft(paper, ben)
    offer_draft(paper=paper, by=ben, at=NOW)
    text = as_cy.get(paper.get_absolute_url()).content.decode()
    assert "Ben Member started a review and is offering the draft" in text
    assert "Begun by me" not in text


def test_taking_a_draft_claims_the_paper_and_moves_the_words(
    as_cy: Client, ben: Member, cy: Member
):
    paper = make.paper()
    mine = draft(paper, ben)
    offer = offer_draft(paper=paper, by=ben, at=NOW)
    answer = as_cy.post(f"/handovers/{offer.pk}/acceptance/", follow=True)
    assert "Begun by me." in answer.content.decode()
    assert Claim.objects.open().get().member == cy
    mine.refresh_from_db()
    assert mine.discarded_at, "put away; the giver can bring it back"
    assert mine.summary == "Begun by me."


def test_both_are_credited_on_the_review(as_cy: Client, ben: Member, cy: Member):
    paper = make.paper()
    draft(paper, ben)
    taken = accept_draft(handover=offer_draft(paper=paper, by=ben, at=NOW), by=cy, at=NOW)
    content = ReviewContent(summary="Begun by Ben, ended by me.")
    stamp = Stamp(taken.base_number, taken.version)
    review = publish_review(paper=paper, by=cy, at=NOW, content=content, stamp=stamp)
    assert list(review.contributors.all()) == [ben]
    assert "with Ben Member" in as_cy.get(paper.get_absolute_url()).content.decode()


def test_offering_twice_is_offering_once(ben: Member):
    paper = make.paper()
    draft(paper, ben)
    assert offer_draft(paper=paper, by=ben, at=NOW) == offer_draft(paper=paper, by=ben, at=NOW)
    assert Event.objects.filter(kind=Event.Kind.DRAFT_OFFERED).count() == 1


def test_without_a_draft_or_with_the_claim_there_is_nothing_to_offer(ben: Member):
    paper = make.paper()
    with pytest.raises(NothingToHandOn, match="no draft"):
        offer_draft(paper=paper, by=ben, at=NOW)
    draft(paper, ben)
    make.claim(paper, ben)
    with pytest.raises(NothingToHandOn, match="claimed this paper"):
        offer_draft(paper=paper, by=ben, at=NOW)


def test_claiming_again_or_withdrawing_ends_the_offer(ben: Member, cy: Member):
    first, second = make.paper(), make.paper()
    for paper in (first, second):
        draft(paper, ben)
    offers = [offer_draft(paper=paper, by=ben, at=NOW) for paper in (first, second)]
    withdraw_draft(handover=offers[0], by=ben, at=NOW)
    claim_paper(paper=second, by=ben, at=NOW)
    for offer in offers:
        with pytest.raises(OfferGone):
            accept_draft(handover=offer, by=cy, at=NOW)
    assert not Claim.objects.open().filter(member=cy).exists(), "nothing is half done"


def test_a_withdrawn_offer_can_be_made_again(ben: Member, cy: Member):
    paper = make.paper()
    draft(paper, ben)
    withdraw_draft(handover=offer_draft(paper=paper, by=ben, at=NOW), by=ben, at=NOW)
    assert accept_draft(handover=offer_draft(paper=paper, by=ben, at=NOW), by=cy, at=NOW)


def test_ones_own_draft_is_not_overwritten(ben: Member, cy: Member):
    paper = make.paper()
    draft(paper, ben)
    draft(paper, cy, summary="Mine.")
    offer = offer_draft(paper=paper, by=ben, at=NOW)
    with pytest.raises(DraftInTheWay):
        accept_draft(handover=offer, by=cy, at=NOW)
    assert ReviewDraft.objects.current().get(member=cy).summary == "Mine."


def test_limits_hold_for_who_takes_a_draft(ben: Member, cy: Member, ada: Member):
    paper = make.paper(slots=1)
    draft(paper, ben)
    offer = offer_draft(paper=paper, by=ben, at=NOW)
    make.claim(paper, ada)
    with pytest.raises(NoSlotLeft):
        accept_draft(handover=offer, by=cy, at=NOW)
    make.review(paper, cy)
    with pytest.raises(AlreadyReviewed):
        accept_draft(handover=offer, by=cy, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_who_take_a_draft_at_once_give_one_taker():
    make.lab()
    paper, giver = make.paper(slots=9), make.member("giver")
    draft(paper, giver)
    offer = offer_draft(paper=paper, by=giver, at=NOW)
    outcome: list[str] = []

    def take(member: Member) -> None:
        try:
            accept_draft(handover=offer, by=member, at=NOW)
            outcome.append("taken")
        except OfferGone:
            outcome.append("gone")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=[make.member(f"t{n}")]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome) == ["gone", "gone", "gone", "taken"]
    assert Claim.objects.open().count() == 1


# --- A curator's word --------------------------------------------------------------------------


def test_a_curator_sets_another_due_day_and_the_member_learns_why(ada: Member, ben: Member):
    claim = make.claim(make.paper("Flat minima"), ben)
    set_due_day(claim=claim, due_on=day("2026-12-24"), reason="Proofs.", by=ada, at=NOW)
    claim.refresh_from_db()
    assert claim.due_on == day("2026-12-24")
    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == (ben.email, "New due date: Flat minima")
    assert "Proofs." in mail.text
    event = Event.objects.get()
    assert event.data == {"due_on": "2026-12-24", "reason": "Proofs."}


@pytest.mark.parametrize("due_on", ["2026-11-17", "2028-01-01"])
def test_a_due_day_is_neither_past_nor_years_away(ada: Member, ben: Member, due_on: str):
    with pytest.raises(DayRefused):
        set_due_day(
            claim=make.claim(make.paper(), ben), due_on=day(due_on), reason="x", by=ada, at=NOW
        )


def test_a_standing_claim_gets_no_due_day_by_a_curator(ada: Member, ben: Member):
    claim = make.claim(make.paper(), ben, due_on=None)
    with pytest.raises(ClaimRefused):
        set_due_day(claim=claim, due_on=day("2026-12-24"), reason="x", by=ada, at=NOW)


def test_ending_twice_is_ending_once(ada: Member, ben: Member):
    claim = make.claim(make.paper(), ben)
    for _ in range(2):
        end_claim_of_another(claim=claim, reason="He is ill.", by=ada, at=NOW)
    assert Claim.objects.get().ending == Claim.Ending.RELEASED
    assert Event.objects.count() == Mail.objects.count() == 1


def test_the_page_wants_a_reason_and_is_for_curators(as_ada: Client, as_ben: Client, cy: Member):
    claim = make.claim(make.paper(), cy)
    where = f"/claims/{claim.pk}/override/"
    assert as_ben.get(where).status_code == 403
    assert as_ada.get(where).status_code == 200
    wrong = as_ada.post(where, {"act": "end", "reason": ""})
    assert wrong.status_code == 422
    assert as_ada.post(where, {"act": "day", "reason": "x", "due_on": ""}).status_code == 422
    assert (
        as_ada.post(where, {"act": "day", "reason": "x", "due_on": "2001-01-01"}).status_code == 422
    )
    assert as_ada.post(where, {"act": "end", "reason": "He is ill."}).status_code == 302
    assert not Claim.objects.open().exists()


# --- Skipping ------------------------------------------------------------------------------------


def find_next(member: Member, lab: Lab) -> list[Offer]:
    """What the desk offers."""
    make.index()
    offers, _ = list_next(member, lab)
    return offers


def test_a_skipped_paper_is_not_offered_again_until_one_says_so(as_ben: Client, ben: Member):
    papers = [make.paper(added_at=NOW - timedelta(days=n)) for n in range(3)]
    lab = make.lab()
    for _ in range(2):
        as_ben.post(f"/skips/{papers[0].pk}/")
    offered = [offer.paper_id for offer in find_next(ben, lab)]
    assert offered == [papers[1].pk, papers[2].pk]
    assert Skip.objects.count() == 1
    as_ben.post("/skips/")
    assert len(find_next(ben, lab)) == 3


def test_what_others_skip_is_offered_to_me(as_cy: Client, ben: Member):
    paper = make.paper()
    as_cy.post(f"/skips/{paper.pk}/")
    assert [offer.paper_id for offer in find_next(ben, make.lab())] == [paper.pk]


def test_votes_decide_between_papers_that_nobody_reviewed(ben: Member, cy: Member):
    plain, wanted = make.paper(), make.paper(added_at=NOW - timedelta(days=9))
    wanted.nominations.create(by=cy, at=NOW).votes.create(member=cy, at=NOW)
    offers = find_next(ben, make.lab())
    assert [offer.paper_id for offer in offers] == [wanted.pk, plain.pk]
    assert offers[0].why == "no reviews yet, 1 vote"
