"""Answers that are not the one that was asked for: forged, stolen, replayed, broken."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from papers.accounts.providers.outgoing import make_session
from papers.models import Member
from tests.accounts.providers.conftest import Travel
from tests.accounts.providers.stub import IdentityServer
from tests.accounts.providers.test_signing_in import EVE, is_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _open_to_eve(travel: Travel, server: IdentityServer) -> None:
    travel.switch_on("oidc", domains={"example.edu": "member"})
    travel.switch_on("github", domains={"example.edu": "member"})
    server.claims = EVE


def test_an_answer_counts_in_the_browser_that_asked_and_once(travel: Travel, stranger: Client):
    travel.leave(stranger, "oidc")
    other = Client()
    assert travel.come_back(other, "oidc").status_code == 400, "somebody else's browser"
    assert travel.come_back(stranger, "oidc", state="guess").status_code == 400
    assert travel.come_back(stranger, "github").status_code == 400, "another provider's answer"
    assert not is_in(other)
    assert not is_in(stranger)
    assert travel.come_back(stranger, "oidc").status_code == 302
    stranger.logout()
    assert travel.come_back(stranger, "oidc").status_code == 400, "the second time"


@pytest.mark.parametrize(
    "token",
    [
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"aud": "another site"},
        {"iss": "https://evil.example"},
        {"exp": 1_700_000_000},
        {"sub": "somebody else"},
    ],
)
def test_a_token_for_something_else_is_refused(
    travel: Travel, server: IdentityServer, stranger: Client, token: dict[str, Any]
):
    server.id_token = token
    page = travel.sign_in(stranger, "oidc")
    assert page.status_code == 400
    assert "didn't work" in page.text
    assert not Member.objects.exists()


@pytest.mark.parametrize("said", [{"issuer": "https://evil.example"}, {"token_endpoint": None}])
def test_a_server_that_is_not_the_one_of_the_settings_is_not_asked(
    travel: Travel, server: IdentityServer, stranger: Client, said: dict[str, Any]
):
    server.says = said
    assert stranger.post("/accounts/with/oidc/").status_code == 400
    assert server.asked == ["/.well-known/openid-configuration"]


@pytest.mark.parametrize("claims", [{}, {"sub": None}, [], {"sub": "x" * 500}])
def test_what_makes_no_sense_is_a_failed_sign_in(
    travel: Travel, server: IdentityServer, stranger: Client, claims: Any
):
    travel.leave(stranger, "oidc")
    server.claims = claims
    server.id_token = {"sub": claims.get("sub", "e-1") if claims else "e-1"}
    assert travel.come_back(stranger, "oidc").status_code == 400
    travel.leave(stranger, "github")
    assert travel.come_back(stranger, "github").status_code == 400


def test_a_server_that_fails_and_a_person_who_cancels_see_the_same_page(
    travel: Travel, server: IdentityServer, stranger: Client
):
    travel.leave(stranger, "oidc")
    canceled = stranger.get(
        "/accounts/with/oidc/return/",
        {"error": "access_denied", "state": server.left["state"]},
    )
    travel.leave(stranger, "oidc")
    server.is_broken = True
    failed = travel.come_back(stranger, "oidc")
    assert (canceled.status_code, failed.status_code) == (400, 400)
    assert stranger.post("/accounts/with/oidc/").status_code == 400
    assert "Start again from here" in canceled.text
    assert "Start again from here" in failed.text


def test_leaving_is_counted_for_each_network_address(travel: Travel, stranger: Client):
    answers = [stranger.post("/accounts/with/github/").status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]


def test_requests_follow_no_redirect_and_go_nowhere_without_encryption(server: IdentityServer):
    with pytest.raises(Exception, match="No connection adapters"):
        make_session(has_plain=False).get(server.origin)
    assert make_session(has_plain=True).get(server.origin).status_code == 401
