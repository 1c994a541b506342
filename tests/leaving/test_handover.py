"""What a leaver holds is handed over on one page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from papers.models import (
    AgendaItem,
    Claim,
    Event,
    Experiment,
    Handover,
    Lab,
    Meeting,
    Member,
    Paper,
)
from papers.reviews.drafts.actions import save_draft
from papers.reviews.drafts.content import ReviewContent, Stamp
from tests import make
from tests.make import NOW

PAGE = "/members/ben/handover/"
SECRET = "Nobody else reads this"


@pytest.fixture
def held(lab: Lab, ben: Member) -> dict[str, int]:
    """One of each that Ben holds."""
    claim = make.claim(make.paper("Claimed paper"), ben)
    tried = make.experiment("Ten seeds", owner=ben, state="running")
    make.experiment("Closed one", owner=ben, state="refuted", outcome="No.", closed_at=NOW)
    later = NOW + timedelta(days=7)
    meeting = Meeting.objects.create(day=later.date(), starts_at=later, created_at=NOW)
    item = meeting.items.create(paper=make.paper("Presented paper"), presenter=ben, minutes=10)
    drafted = make.paper("Drafted paper")
    content = ReviewContent(summary=SECRET)
    save_draft(paper=drafted, by=ben, at=NOW, content=content, stamp=Stamp())
    return {"claim": claim.pk, "experiment": tried.pk, "item": item.pk, "paper": drafted.pk}


def send(browser: Client, held: dict[str, int], to: str) -> str:
    form = {f"{kind}-{held[kind]}": to for kind in ("claim", "experiment", "item")}
    return browser.post(PAGE, form, follow=True).content.decode()


def test_a_curator_hands_everything_to_others(held, cy: Member, as_ada: Client):
    page = as_ada.get(PAGE).content.decode()
    for title in ("Claimed paper", "Ten seeds", "Presented paper"):
        assert title in page
    assert "Closed one" not in page
    due_on = Claim.objects.get().due_on
    assert "Handed over 3 items." in send(as_ada, held, "cy")
    claim = Claim.objects.open().get()
    assert (claim.member, claim.due_on) == (cy, due_on)
    assert Experiment.objects.get(pk=held["experiment"]).owner == cy
    assert AgendaItem.objects.get().presenter == cy
    assert Event.objects.filter(kind=Event.Kind.CLAIM_TAKEN, by=cy).count() == 1


def test_or_lets_them_go(held, as_ada: Client):
    send(as_ada, held, "-")
    assert not Claim.objects.open().exists()
    assert Experiment.objects.get(pk=held["experiment"]).owner is None
    assert AgendaItem.objects.get().presenter is None


def test_what_is_not_chosen_stays(held, ben: Member, as_ada: Client):
    send(as_ada, held, "")
    assert Claim.objects.open().get().member == ben


def test_a_limit_stops_one_claim_and_not_the_rest(held, lab: Lab, cy: Member, as_ada: Client):
    for _ in range(lab.claim_limit):
        make.claim(make.paper(), cy)
    page = send(as_ada, held, "cy")
    assert "Claimed paper: " in page
    assert Claim.objects.open().get(paper__title="Claimed paper").member.handle == "ben"
    assert Experiment.objects.get(pk=held["experiment"]).owner == cy


def test_the_leaver_offers_drafts_and_nobody_else_reads_their_titles(
    held, as_ben: Client, as_ada: Client
):
    page = as_ada.get(PAGE).content.decode()
    assert "Drafted paper" not in page
    assert "Only Ben Member can read and offer these." in page
    assert SECRET not in page
    own = as_ben.get(PAGE).content.decode()
    assert f"/handovers/papers/{held['paper']}/" in own
    as_ben.post(f"/handovers/papers/{held['paper']}/")
    assert Handover.objects.open().get().paper == Paper.objects.get(pk=held["paper"])
    assert "offered" in as_ben.get(PAGE).content.decode()


def test_members_hand_over_their_own_alone(held, as_cy: Client, as_ben: Client, cy: Member):
    assert as_cy.get(PAGE).status_code == 404
    assert send(as_cy, held, "cy")
    assert Claim.objects.open().get().member.handle == "ben"
    assert "Handed over 3 items." in send(as_ben, held, "cy")


def test_who_left_is_no_choice(held, dan: Member, as_ada: Client):
    assert as_ada.post(PAGE, {f"claim-{held['claim']}": "dan"}).status_code == 422
