"""Two OpenID Connect servers at once in a real browser, whose people have the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Page, Route, expect

from papers.accounts.providers.provider_rules import Provider
from papers.models import Lab, Member
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UNIVERSITY, HOSPITAL = "oidc", "oidc-hospital"
NAMES = {UNIVERSITY: "Example University", HOSPITAL: "Example Hospital"}
RULES: dict[str, dict[str, Any]] = {
    UNIVERSITY: {"domains": {"example.edu": "member"}},
    HOSPITAL: {"groups": {"cardiology": "reader"}, "group_claim": "wards"},
}


def describe(sub: str, name: str, email: str, **claims: Any) -> User:
    return User(sub=sub, claims={"name": name, "email": email, "email_verified": True, **claims})


PEOPLE = {
    UNIVERSITY: (
        describe("1", "Eve Scholar", "eve@example.edu"),
        describe("2", "Mal Scholar", "mal@example.com", wards=["cardiology"]),
    ),
    HOSPITAL: (
        describe("1", "Hal Doctor", "hal@hospital.example", wards=["cardiology"]),
        describe("2", "Una Doctor", "una@example.edu"),
    ),
}


@pytest.fixture
def lab(transactional_db: None) -> Lab:
    return make.lab()


@pytest.fixture(autouse=True)
def _servers(lab: Lab, live_server: Any, settings: Any) -> Iterator[None]:
    settings.SITE_URL, settings.SIGN_IN_PROVIDERS = live_server.url, {}
    with ExitStack() as stack:
        for key, people in PEOPLE.items():
            server = stack.enter_context(
                run_server_in_thread(require_nonce=True, user_claims=people)
            )
            settings.SIGN_IN_PROVIDERS[key] = Provider(
                key=key, name=NAMES[key], url=f"http://localhost:{server.server_port}",
                client_id="lab", secret="s3cret", scopes=("openid", "profile", "email"),
                **RULES[key],
            )  # fmt: skip
        yield


def sign_in(page: Page, key: str, sub: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_role("button", name=f"Continue with {NAMES[key]}").click()
    page.get_by_role("button", name=f"Authorize as {sub}").click()


def see(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()


def list_people() -> list[tuple[str, str]]:
    return list(Member.objects.order_by("name").values_list("name", "role"))


def test_one_number_at_two_servers_is_two_people(open_as: Callable[..., Page]) -> None:
    for key in (UNIVERSITY, HOSPITAL, UNIVERSITY, HOSPITAL):
        page = open_as(None)
        sign_in(page, key, "1")
        see(page, "My desk")
        page.context.close()
    assert list_people() == [("Eve Scholar", "member"), ("Hal Doctor", "reader")]
    found = SocialAccount.objects.order_by("user__name").values_list(
        "user__name", "provider", "uid"
    )
    assert list(found) == [("Eve Scholar", UNIVERSITY, "1"), ("Hal Doctor", HOSPITAL, "1")]


def test_each_server_has_its_own_rules(open_as: Callable[..., Page]) -> None:
    """Mal has the ward that counts at the hospital, Una the domain of the university."""
    page = open_as(None)
    for key in (UNIVERSITY, HOSPITAL):
        sign_in(page, key, "2")
        see(page, "No account here yet")
    assert list_people() == []


def test_a_connected_account_opens_one_account_at_its_own_server(
    open_as: Callable[..., Page],
) -> None:
    ben = make.member("ben", name="Ben Member")
    page = open_as(ben)
    page.goto("/profile/sign-in/")
    page.get_by_role("button", name=f"Connect {NAMES[HOSPITAL]}").click()
    page.get_by_role("button", name="Authorize as 2").click()
    expect(page.get_by_role("button", name=f"Disconnect {NAMES[HOSPITAL]}")).to_be_visible()
    back = open_as(None)
    sign_in(back, HOSPITAL, "2")
    see(back, "My desk")
    back.goto("/profile/sign-in/")
    expect(back.get_by_role("button", name=f"Disconnect {NAMES[HOSPITAL]}")).to_be_visible()
    other = open_as(None)
    sign_in(other, UNIVERSITY, "2")
    see(other, "No account here yet")
    assert list_people() == [("Ben Member", "member")]


def test_an_answer_of_one_server_is_none_of_the_other(open_as: Callable[..., Page]) -> None:
    def swap(route: Route) -> None:
        """Send the browser back to where it never started from."""
        answer = route.fetch(max_redirects=0)
        place = answer.headers.get("location", "").replace(f"/{UNIVERSITY}/", f"/{HOSPITAL}/")
        route.fulfill(response=answer, headers=answer.headers | {"location": place})

    page = open_as(None)
    page.goto("/accounts/login/")
    page.get_by_role("button", name=f"Continue with {NAMES[UNIVERSITY]}").click()
    authorize = page.get_by_role("button", name="Authorize as 1")
    expect(authorize).to_be_visible()
    page.route(page.url, swap)
    authorize.click()
    see(page, f"Signing in with {NAMES[HOSPITAL]} didn't work")
    page.goto("/")
    see(page, "Sign in")
    assert list_people() == []
