"""Signing in through other sites: who gets in, as what, and who does not."""

from __future__ import annotations

from re import sub
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from papers.accounts.actions.invitations import invite_member, invite_placeholder
from papers.models import Event, Mail, Member, Review
from tests import make
from tests.accounts.providers.conftest import Travel
from tests.accounts.providers.stub import IdentityServer

pytestmark = pytest.mark.django_db

EVE = {"sub": "e-1", "name": "Eve New", "email": "eve@example.edu", "email_verified": True}
EVE_GITHUB = {"id": 77, "login": "eve", "name": "Eve New", "email": None}
GITHUB_MAIL = {"email": "eve@example.edu", "primary": True, "verified": True}
REFUSED = "No account here yet"


def is_in(browser: Client) -> bool:
    return browser.get("/profile/").status_code == 200


def without_tokens(page: Any) -> str:
    """The page without what differs each time that it is made."""
    return sub(r'("x-csrftoken": "|name="csrfmiddlewaretoken" value=")\w+', "", page.text)


def token_of(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def test_no_button_and_no_address_where_none_is_switched_on(travel: Travel, stranger: Client):
    assert "Continue with" not in stranger.get("/accounts/login/").text
    assert stranger.post("/accounts/with/github/").status_code == 404
    assert stranger.get("/accounts/with/github/return/").status_code == 404


def test_a_domain_rule_lets_in_and_the_second_time_is_the_same_account(
    travel: Travel, server: IdentityServer, stranger: Client
):
    travel.switch_on("google", domains={"example.edu": "reader"})
    server.claims = EVE
    assert "Continue with Google" in stranger.get("/accounts/login/").text
    left = travel.leave(stranger, "google", next="/papers/")
    assert left["code_challenge_method"] == "S256"
    assert left["redirect_uri"] == "http://127.0.0.1:8000/accounts/with/google/return/"
    assert travel.come_back(stranger, "google")["Location"] == "/papers/"
    eve = Member.objects.get(email="eve@example.edu")
    assert (eve.name, eve.handle, eve.role, eve.state) == ("Eve New", "eve", "reader", "active")
    assert not eve.has_usable_password()
    assert SocialAccount.objects.get().extra_data == {"label": "eve@example.edu"}
    assert Event.objects.filter(kind=Event.Kind.MEMBER_JOINED, member=eve).exists()
    other = Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"})
    server.claims = {**EVE, "email": "someone.else@example.com"}
    travel.sign_in(other, "google")
    assert is_in(other)
    assert Member.objects.filter(name="Eve New").count() == 1
    assert "Firefox" in other.get("/profile/sessions/").text


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({**EVE, "email_verified": False}, "confirmed your email address"),
        ({**EVE, "email_verified": "yes"}, "confirmed your email address"),
        ({**EVE, "email": "eve@example.com"}, REFUSED),
        ({**EVE, "email": "eve@notexample.edu"}, REFUSED),
        ({**EVE, "email": "eve@example.edu.evil.com"}, REFUSED),
        ({**EVE, "email": ["eve@example.edu"]}, REFUSED),
        ({**EVE, "email": "eve@e\u017fample.edu"}, REFUSED),
    ],
)
def test_no_rule_fits(
    travel: Travel, server: IdentityServer, stranger: Client, claims: dict[str, Any], said: str
):
    travel.switch_on("oidc", domains={"example.edu": "member"})
    server.claims = claims
    page = travel.sign_in(stranger, "oidc")
    assert page.status_code == 403
    assert said in page.text
    assert "Ask a curator to invite you" in page.text
    assert not Member.objects.exists()
    assert not is_in(stranger)


def test_groups_give_the_highest_role_and_an_unverified_address_is_not_stored(
    travel: Travel, server: IdentityServer, stranger: Client
):
    travel.switch_on("oidc", groups={"lab": "reader", "staff": "curator"}, group_claim="roles")
    server.claims = {**EVE, "email_verified": False, "roles": ["lab", "staff", "others"]}
    travel.sign_in(stranger, "oidc")
    eve = Member.objects.get()
    assert (eve.role, eve.email) == ("curator", "")
    server.claims = {**EVE, "sub": "e-2", "roles": "lab"}
    travel.sign_in(Client(), "oidc")
    assert Member.objects.get(email="eve@example.edu").role == "reader"


@pytest.mark.parametrize("state", ["active", "pending", ""])
def test_only_members_of_the_organization_get_in(
    travel: Travel, server: IdentityServer, stranger: Client, state: str
):
    travel.switch_on("github", organizations={"our-lab": "member"})
    server.claims, server.emails = EVE_GITHUB, [GITHUB_MAIL]
    server.memberships = {"our-lab": state} if state else {}
    answer = travel.sign_in(stranger, "github")
    assert "read:org" in server.left["scope"]
    assert answer.status_code == (302 if state == "active" else 403)
    emails = ["eve@example.edu"] if state == "active" else []
    assert list(Member.objects.values_list("email", flat=True)) == emails


@pytest.mark.parametrize("is_trusted", [True, False])
def test_a_members_address_opens_her_account_only_by_a_trusted_provider(
    travel: Travel, server: IdentityServer, stranger: Client, ben: Member, is_trusted: bool
):
    travel.switch_on("oidc", is_trusted=is_trusted, domains={"lab.example": "curator"})
    server.claims = {**EVE, "email": "BEN@lab.example"}
    page = travel.sign_in(stranger, "oidc")
    assert is_in(stranger) == is_trusted
    assert SocialAccount.objects.filter(user=ben).exists() == is_trusted
    assert Mail.objects.filter(to="ben@lab.example").exists() == is_trusted
    if not is_trusted:
        unknown = {**EVE, "sub": "e-9", "email": "nobody@lab.example.org"}
        server.claims = unknown
        other = travel.sign_in(Client(), "oidc")
        assert (page.status_code, other.status_code) == (403, 403)
        assert without_tokens(page) == without_tokens(other), "who has an account shows nowhere"
    ben.refresh_from_db()
    assert (ben.role, ben.has_usable_password()) == ("member", True)


def test_an_unverified_address_opens_nothing(
    travel: Travel, server: IdentityServer, stranger: Client, ben: Member
):
    travel.switch_on("oidc", is_trusted=True)
    server.claims = {**EVE, "email": ben.email, "email_verified": False}
    assert travel.sign_in(stranger, "oidc").status_code == 403
    travel.switch_on("github", is_trusted=True)
    server.claims = EVE_GITHUB
    server.emails = [{**GITHUB_MAIL, "email": ben.email, "verified": False}]
    assert travel.sign_in(stranger, "github").status_code == 403
    assert not is_in(stranger)


def test_alumni_stay_out_by_address_and_by_a_connected_account(
    travel: Travel, server: IdentityServer, stranger: Client, dan: Member
):
    travel.switch_on("oidc", is_trusted=True, domains={"lab.example": "member"})
    server.claims = {**EVE, "email": dan.email}
    assert travel.sign_in(stranger, "oidc").status_code == 403
    SocialAccount.objects.create(user=dan, provider="oidc", uid="e-1")
    assert travel.sign_in(stranger, "oidc")["Location"] == "/accounts/inactive/"
    assert not is_in(stranger)


def test_the_second_factor_is_still_asked(
    travel: Travel, server: IdentityServer, stranger: Client, ben: Member
):
    travel.switch_on("oidc")
    SocialAccount.objects.create(user=ben, provider="oidc", uid="e-1")
    Authenticator.objects.create(user=ben, type="totp", data={"secret": "x"})
    server.claims = EVE
    assert travel.sign_in(stranger, "oidc")["Location"] == "/accounts/code/"
    assert not is_in(stranger)


def test_an_invitation_is_accepted_by_signing_in(
    travel: Travel, server: IdentityServer, stranger: Client, ada: Member
):
    travel.switch_on("orcid")
    name = make.member("old-eve", name="E. New", email="", state="placeholder")
    review = make.review(make.paper(), name)
    issued = invite_placeholder(
        member=name, email="", role="member", by=ada, at=make.NOW, has_mail=False
    )
    page = stranger.get(f"/invitations/{token_of(issued.url)}/")
    assert "Continue with ORCID" in page.text
    server.claims = {"sub": "0000-0002-1825-0097", "name": None, "family_name": "New"}
    travel.sign_in(stranger, "orcid", invitation=token_of(issued.url))
    assert is_in(stranger)
    name.refresh_from_db()
    assert (name.state, name.role, name.orcid) == ("active", "member", "0000-0002-1825-0097")
    assert Review.objects.get(pk=review.pk).member == name
    server.claims = {"sub": "0000-0002-0000-0000"}
    again = travel.sign_in(Client(), "orcid", invitation=token_of(issued.url))
    assert again.status_code == 403
    assert "no longer valid" in again.text


def test_a_trusted_address_finds_its_own_invitation(
    travel: Travel, server: IdentityServer, stranger: Client, ada: Member
):
    issued = invite_member(
        email="eve@example.edu", name="Eve", role="curator", by=ada, at=make.NOW, has_mail=False
    )
    travel.switch_on("oidc")
    server.claims = EVE
    assert travel.sign_in(stranger, "oidc").status_code == 403, "not trusted with addresses"
    travel.switch_on("oidc", is_trusted=True)
    travel.sign_in(stranger, "oidc")
    assert is_in(stranger)
    issued.invitation.refresh_from_db()
    assert issued.invitation.accepted_at
    assert issued.invitation.member.role == "curator"
