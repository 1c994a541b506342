"""The page of one's connections: connect, disconnect, and never lose the last way in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from papers.models import Event, Mail, Member
from tests import make
from tests.accounts.providers.conftest import Travel
from tests.accounts.providers.stub import IdentityServer
from tests.clock import Clock

pytestmark = pytest.mark.django_db

PLACE = "/profile/sign-in/"
IRI = {"sub": "0000-0002-1825-0097", "name": "Ben Member"}


def connect(travel: Travel, browser: Client, key: str = "orcid") -> None:
    travel.leave(browser, key, url=f"{PLACE}{key}/")
    assert travel.come_back(browser, key)["Location"] == PLACE


def test_orcid_goes_onto_the_profile_and_off_again(
    travel: Travel, server: IdentityServer, ben: Member, as_ben: Client
):
    travel.switch_on("orcid")
    server.claims = IRI
    connect(travel, as_ben)
    connect(travel, as_ben)
    account = SocialAccount.objects.get()
    assert IRI["sub"] in as_ben.get("/members/ben/").text
    assert "ORCID" in as_ben.get(PLACE).text
    assert Mail.objects.get().subject.startswith("ORCID can now sign you in")
    as_ben.post(f"{PLACE}{account.pk}/removal/")
    assert not SocialAccount.objects.exists()
    assert IRI["sub"] not in as_ben.get("/members/ben/").text
    notes = list(Event.objects.order_by("pk").values_list("data", flat=True))
    assert notes == [{"connected": "orcid"}, {"disconnected": "orcid"}]


def test_the_last_way_in_stays(travel: Travel, ben: Member, as_ben: Client):
    travel.switch_on("google")
    ben.set_unusable_password()
    ben.save()
    as_ben.force_login(ben)
    google = SocialAccount.objects.create(user=ben, provider="google", uid="1")
    gone = SocialAccount.objects.create(user=ben, provider="switched-off", uid="2")
    page = as_ben.post(f"{PLACE}{google.pk}/removal/", follow=True)
    assert "your only way to sign in" in page.text
    as_ben.post(f"{PLACE}{gone.pk}/removal/")
    assert list(SocialAccount.objects.all()) == [google]


def test_connections_are_ones_own(
    travel: Travel, server: IdentityServer, ben: Member, cy: Member, as_ben: Client, as_cy: Client
):
    travel.switch_on("orcid")
    server.claims = IRI
    connect(travel, as_ben)
    account = SocialAccount.objects.get()
    as_cy.post(f"{PLACE}{account.pk}/removal/")
    connect(travel, as_cy)
    assert "connected to another member" in as_cy.get(PLACE).text
    assert SocialAccount.objects.get().user == ben
    travel.leave(as_cy, "orcid", url=f"{PLACE}orcid/")
    as_cy.force_login(make.member("another"))
    assert travel.come_back(as_cy, "orcid").status_code == 400, "another member came back"


def test_both_ask_for_a_recent_sign_in_also_of_one_without_a_password(
    travel: Travel, server: IdentityServer, ben: Member, clock: Clock
):
    travel.switch_on("orcid")
    browser = Client()
    browser.post("/accounts/login/", {"login": "ben", "password": make.PASSWORD})
    account = SocialAccount.objects.create(user=ben, provider="orcid", uid=IRI["sub"])
    clock.move(timedelta(hours=2))
    asked = browser.post(f"{PLACE}orcid/")
    assert (asked.status_code, "Enter your password" in asked.text) == (422, True)
    assert browser.post(f"{PLACE}{account.pk}/removal/").status_code == 422
    ben.set_unusable_password()
    ben.save()
    server.claims = IRI
    travel.sign_in(browser, "orcid")
    clock.move(timedelta(hours=2))
    asked = browser.post(f"{PLACE}orcid/")
    assert (asked.status_code, "Continue with ORCID" in asked.text) == (422, True)
    travel.sign_in(browser, "orcid", next=PLACE)
    assert browser.post(f"{PLACE}orcid/").status_code == 200


def test_a_moved_account_is_opened_without_its_drafts(
    travel: Travel, server: IdentityServer, ben: Member, stranger: Client
):
    paper = make.paper()
    draft = ben.drafts.create(
        paper=paper, summary="mine alone", started_at=make.NOW, saved_at=make.NOW
    )
    Member.objects.filter(pk=ben.pk).update(email="moved@example.edu", moved_from=ben.email)
    travel.switch_on("oidc", is_trusted=True)
    server.claims = {"sub": "x", "email": "moved@example.edu", "email_verified": True}
    travel.sign_in(stranger, "oidc")
    draft.refresh_from_db()
    assert draft.locked_at
