"""Closing one's own account: what stays, what goes, and that nothing opens any more."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from papers.accounts.actions.members import make_confirmation_url
from papers.api.tokens.actions import make_token
from papers.curation.actions.lab import reactivate_member
from papers.exporting.reviews.actions import share_review
from papers.feeds.actions import find_reader, renew_token
from papers.models import (
    AgendaItem,
    ApiToken,
    ChatAccount,
    Claim,
    Event,
    Experiment,
    Mail,
    Meeting,
    Member,
    Review,
    ReviewDraft,
    Session,
    TextDraft,
)
from tests import make
from tests.accounts.asked import write_asked_mails
from tests.accounts.passkeys import make_passkey
from tests.clock import Clock
from tests.make import NOW

PAGE = "/profile/closing/"
CLOSED = {"name": "keep", "handle": "@Ben"}


@pytest.fixture
def held(ben: Member, cy: Member) -> Review:
    """One of each that Ben has; his published review."""
    make.claim(make.paper("Claimed"), ben)
    make.experiment("Ten seeds", owner=ben, state="running")
    later = NOW + timedelta(days=7)
    meeting = Meeting.objects.create(day=later.date(), starts_at=later, created_at=NOW)
    meeting.items.create(paper=make.paper("Presented"), presenter=ben, minutes=10)
    times = {"started_at": NOW, "saved_at": NOW}
    ReviewDraft.objects.create(paper=make.paper(), member=ben, summary="Mine", **times)
    TextDraft.objects.create(member=ben, place="/", fields={"body": "Unsent"}, saved_at=NOW)
    ChatAccount.objects.create(
        service="slack", user="U1", member=ben, account_hash="x", connected_at=NOW
    )
    make_passkey(ben)
    SocialAccount.objects.create(user=ben, provider="university", uid="17")
    return make.review(make.paper("Reviewed"), ben, summary="It works.")


def find_link(kind: str, email: str) -> str:
    """The path of the link in a mail of this kind."""
    Client().post(f"/accounts/{kind}/", {"login": email})
    write_asked_mails()
    found = re.search(rf"(/accounts/{kind}/\S+)", Mail.objects.filter(to=email).first().text)
    assert found
    return found[1]


def test_the_page_says_what_stays_and_goes(held: Review, as_ben: Client):
    page = as_ben.get(PAGE).text
    assert "claims (1), open experiments (1) and agenda items (1)" in page
    assert "Your published reviews (1), comments (0)" in page
    assert "1 draft of a review" in page
    assert 'href="/export/mine/"' in page
    assert 'href="/members/ben/handover/"' in page
    for wrong in ({}, {"name": "keep"}, CLOSED | {"handle": "cy"}, CLOSED | {"name": "new"}):
        assert as_ben.post(PAGE, wrong).status_code == 422
    assert PAGE in as_ben.get("/profile/").text


def test_it_asks_who_it_is(as_ben: Client, ben: Member, clock: Clock):
    clock.move(timedelta(hours=1))
    page = as_ben.post(PAGE, CLOSED)
    assert page.status_code == 422
    fields = dict(page.context["waiting"]) | {"confirm-password": make.PASSWORD}
    assert Member.objects.get(pk=ben.pk).is_active
    assert as_ben.post(PAGE, fields)["Location"] == "/accounts/login/"
    assert not Member.objects.get(pk=ben.pk).is_active


def test_work_stays_under_the_name_and_the_rest_goes(
    held: Review, as_ben: Client, as_cy: Client, ben: Member, ada: Member
):
    answer = as_ben.post(PAGE, CLOSED, follow=True)
    assert "Your account is closed." in answer.text
    ben.refresh_from_db()
    assert (ben.name, ben.handle, ben.state) == ("Ben Member", "ben", Member.State.ALUMNI)
    assert (ben.email, ben.has_usable_password()) == ("", False)
    assert "Ben Member" in as_cy.get(held.paper.get_absolute_url()).text
    assert not Claim.objects.open().filter(member=ben).exists()
    assert Experiment.objects.get(title="Ten seeds").owner is None
    assert AgendaItem.objects.get().presenter is None
    for gone in (ReviewDraft, TextDraft, ApiToken, ChatAccount, Authenticator, SocialAccount):
        assert not gone.objects.exists(), gone
    assert Event.objects.get(kind=Event.Kind.MEMBER_LEFT).by == ben
    assert "closed their account" in as_cy.get("/activity/").text
    told = Mail.objects.get(to=ada.email)
    assert told.subject == "Ben Member closed their account"
    assert "released: 3" in told.text
    assert Mail.objects.get(to="ben@lab.example").subject == "Your account is closed"


def test_or_the_name_is_replaced_everywhere(held: Review, as_ben: Client, as_cy: Client):
    make.member("former-member-6", state=Member.State.ALUMNI)
    as_ben.post(PAGE, CLOSED | {"name": "replace"})
    page = as_cy.get(held.paper.get_absolute_url()).text
    assert "Former member 7" in page
    for path in ("/activity/", "/members/", "/experiments/", held.paper.get_absolute_url()):
        text = as_cy.get(path).text
        assert "Ben Member" not in text, path
        assert "@ben" not in text, path
    assert as_cy.get("/members/ben/").status_code == 404
    assert as_cy.get("/members/former-member-7/").status_code == 200


def test_nothing_opens_any_more(held: Review, ben: Member, ada: Member):
    phone, laptop = make.browser(ben), make.browser(ben)
    _, token = make_token(name="x", scopes=["read"], days=30, by=ben, at=NOW)
    feed = renew_token(by=ben, at=NOW)
    shared = share_review(review=held, at=NOW)
    reset, device = find_link("reset", ben.email), find_link("device", ben.email)
    confirmation = make_confirmation_url(member=ben, email="new@lab.example")
    stranger = Client()
    as_program = {"headers": {"Authorization": f"Bearer {token}"}}
    assert stranger.get("/api/v1/me", **as_program).status_code == 200
    assert stranger.get(f"/shared/{shared}/").status_code == 200
    laptop.post(PAGE, CLOSED)
    assert not Session.objects.filter(member=ben).exists()
    for browser in (phone, laptop):
        assert browser.get("/papers/")["Location"].startswith("/accounts/login/")
    assert stranger.get("/api/v1/me", **as_program).status_code == 401
    assert find_reader(feed) is None
    assert stranger.get(f"/shared/{shared}/").status_code in {404, 410}
    assert "has expired" in Client().get(device, follow=True).text
    assert "has expired" in Client().get(reset, follow=True).text
    Client().post(confirmation.removeprefix("http://127.0.0.1:8000"))
    for login in ("ben", "ben@lab.example"):
        answer = Client().post("/accounts/login/", {"login": login, "password": make.PASSWORD})
        assert answer.status_code == 422
    assert not reactivate_member(member=ben, by=ada, at=NOW)
    page = make.browser(ada).get("/curation/members/?state=alumni").text
    assert "Closed on" in page
    assert "Reactivate" not in page


def test_the_last_administrator_and_the_last_curator_stay(ada: Member, as_ada: Client):
    sent = {"name": "keep", "handle": "ada"}
    assert "at least one curator" in as_ada.post(PAGE, sent).text
    root: Any = make.member("root", is_superuser=True)
    as_root = make.browser(root)
    assert "last administrator" in as_root.get(PAGE).text
    assert "last administrator" in as_root.post(PAGE, {"name": "keep", "handle": "root"}).text
    assert as_ada.post(PAGE, sent).status_code == 302, "root still keeps the lab"
    root.refresh_from_db()
    assert root.is_active
