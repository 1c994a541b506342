"""Taking a paper: slots, limits, leases, and many members at the same time."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from papers.claims.actions.claims import (
    AlreadyExtended,
    AlreadyReviewed,
    ClaimLimitReached,
    NoSlotLeft,
    claim_paper,
    extend_claim,
    release_claim,
)
from papers.models import Claim, Event, Member
from tests import make
from tests.make import NOW


def test_a_claim_is_a_lease_of_the_labs_length(ben: Member):
    claim = claim_paper(paper=make.paper(), by=ben, at=NOW)
    assert claim.due_on == make.day("2026-12-02")
    assert Event.objects.get().kind == Event.Kind.CLAIM_TAKEN


def test_claiming_twice_is_claiming_once(ben: Member):
    paper = make.paper()
    assert claim_paper(paper=paper, by=ben, at=NOW) == claim_paper(paper=paper, by=ben, at=NOW)
    assert Event.objects.count() == 1


def test_claiming_a_paper_with_no_slot_left_is_refused(ada: Member, ben: Member, cy: Member):
    paper = make.paper()
    claim_paper(paper=paper, by=ada, at=NOW)
    claim_paper(paper=paper, by=ben, at=NOW)
    with pytest.raises(NoSlotLeft, match="All places on this paper are taken"):
        claim_paper(paper=paper, by=cy, at=NOW)


def test_a_curators_number_of_slots_for_one_paper_holds(ada: Member, ben: Member):
    paper = make.paper(slots=1)
    claim_paper(paper=paper, by=ada, at=NOW)
    with pytest.raises(NoSlotLeft):
        claim_paper(paper=paper, by=ben, at=NOW)


def test_a_member_holds_no_more_claims_than_the_limit(ben: Member):
    for _ in range(3):
        claim_paper(paper=make.paper(), by=ben, at=NOW)
    with pytest.raises(ClaimLimitReached, match="3 open claims"):
        claim_paper(paper=make.paper(), by=ben, at=NOW)


def test_releasing_frees_the_slot_and_the_place(ben: Member, cy: Member):
    paper = make.paper(slots=1)
    claim = claim_paper(paper=paper, by=ben, at=NOW)
    release_claim(claim=claim, by=ben, at=NOW)
    release_claim(claim=claim, by=ben, at=NOW)
    assert claim_paper(paper=paper, by=cy, at=NOW).paper_slot == 1
    assert Event.objects.filter(kind=Event.Kind.CLAIM_RELEASED).count() == 1


def test_a_standing_claim_holds_no_slot_and_becomes_a_lease(ben: Member, cy: Member):
    paper = make.paper(slots=1)
    standing = make.claim(paper, ben, due_on=None)
    claim_paper(paper=paper, by=cy, at=NOW)
    with pytest.raises(NoSlotLeft):
        claim_paper(paper=paper, by=ben, at=NOW)
    release_claim(claim=Claim.objects.get(member=cy), by=cy, at=NOW)
    assert claim_paper(paper=paper, by=ben, at=NOW).pk == standing.pk


def test_who_has_reviewed_does_not_claim_again(ben: Member):
    paper = make.paper()
    make.review(paper, ben)
    with pytest.raises(AlreadyReviewed):
        claim_paper(paper=paper, by=ben, at=NOW)


def test_a_lease_is_extended_once(ben: Member):
    claim = claim_paper(paper=make.paper(), by=ben, at=NOW)
    later = extend_claim(claim=claim, by=ben, at=NOW + timedelta(days=12))
    assert later.due_on == make.day("2026-12-16")
    with pytest.raises(AlreadyExtended):
        extend_claim(claim=claim, by=ben, at=NOW)


@pytest.mark.parametrize(
    "twin", [{"paper_slot": 1, "member_slot": 2}, {"paper_slot": 2, "member_slot": 1}]
)
def test_the_database_itself_refuses_a_slot_given_twice(ben: Member, cy: Member, twin):
    paper = make.paper()
    make.claim(paper, ben, paper_slot=1, member_slot=1)
    who, where = (cy, paper) if twin["paper_slot"] == 1 else (ben, make.paper())
    with pytest.raises(IntegrityError), transaction.atomic():
        make.claim(where, who, **twin)


@pytest.mark.django_db(transaction=True)
def test_twenty_members_claiming_the_last_slot_at_once_give_one_winner():
    make.lab()
    paper = make.paper()
    make.claim(paper, make.member("first"))
    browsers = [make.browser(make.member(f"m{n}")) for n in range(20)]

    def press(browser: Client) -> str:
        answer = browser.post(f"/papers/{paper.pk}/claim/", follow=True)
        connection.close()
        text = answer.content.decode()
        if "It is on your desk" in text:
            return "won"
        return "told" if "All places on this paper are taken" in text else text

    with ThreadPoolExecutor(20) as pool:
        outcome = Counter(pool.map(press, browsers))
    assert outcome == {"won": 1, "told": 19}
    assert Claim.objects.open().filter(paper=paper).count() == 2


@pytest.mark.django_db(transaction=True)
def test_one_member_clicking_everywhere_at_once_stays_within_the_limit():
    make.lab()
    eager = make.member("eager")
    papers = [make.paper() for _ in range(12)]

    def press(pk: int) -> int:
        answer = make.browser(eager).post(f"/papers/{pk}/claim/")
        connection.close()
        return answer.status_code

    with ThreadPoolExecutor(12) as pool:
        assert set(pool.map(press, [paper.pk for paper in papers])) == {302}
    assert Claim.objects.open().filter(member=eager).count() == 3


def test_a_reader_may_not_claim(as_rea: Client):
    assert as_rea.post(f"/papers/{make.paper().pk}/claim/").status_code == 403


def test_a_stranger_is_sent_to_sign_in(stranger: Client):
    answer = stranger.post(f"/papers/{make.paper().pk}/claim/")
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


def test_nobody_releases_anothers_claim_and_a_curator_is_asked_for_the_reason(
    as_ben: Client, as_ada: Client, cy: Member
):
    paper = make.paper()
    claim = make.claim(paper, cy)
    where = f"/papers/{paper.pk}/release/"
    assert as_ben.post(where, {"claim": claim.pk}).status_code == 404
    answer = as_ada.post(where, {"claim": claim.pk})
    assert answer["Location"] == f"/claims/{claim.pk}/override/"
    claim.refresh_from_db()
    assert claim.is_open


def test_the_way_back_leads_only_to_this_site(as_ben: Client):
    paper = make.paper()
    answer = as_ben.post(f"/papers/{paper.pk}/claim/", {"next": "https://evil.example/"})
    assert answer["Location"] == paper.get_absolute_url()


def test_a_row_that_asks_gets_the_row_back(as_ben: Client):
    paper = make.paper("A row")
    target = {"HX-Request": "true", "HX-Target": f"paper-{paper.pk}"}
    answer = as_ben.post(f"/papers/{paper.pk}/claim/", headers=target)
    text = answer.content.decode()
    assert f'id="paper-{paper.pk}"' in text
    assert "<html" not in text
