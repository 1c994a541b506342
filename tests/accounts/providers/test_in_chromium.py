"""There and back in a real browser, with an OpenID Connect server of its own beside the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Page, expect

from papers.accounts.providers.provider_rules import Provider
from papers.models import Lab, Member
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PEOPLE = (
    User(sub="eve", claims={"email": "eve@example.edu", "email_verified": True, "name": "Eve New"}),
    User(sub="mal", claims={"email": "mal@example.com", "email_verified": True, "name": "Mal"}),
)


@pytest.fixture
def lab(transactional_db: None) -> Lab:
    return make.lab()


@pytest.fixture
def _university(lab: Lab, live_server: Any, settings: Any) -> Iterator[None]:
    settings.SITE_URL = live_server.url
    with run_server_in_thread(require_nonce=True, user_claims=PEOPLE) as server:
        provider = Provider(
            key="oidc", name="Example University", url=f"http://localhost:{server.server_port}",
            client_id="lab", secret="s3cret", scopes=("openid", "profile", "email"),
            domains={"example.edu": "member"},
        )  # fmt: skip
        settings.SIGN_IN_PROVIDERS = {"oidc": provider}
        yield


@pytest.mark.usefixtures("_university")
def test_button_provider_and_in_or_a_page_that_says_why_not(
    open_as: Callable[..., Page],
) -> None:
    page = open_as(None)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Continue with Example University").press("Enter")
    page.get_by_role("button", name="Authorize as mal").click()
    expect(page.get_by_role("heading", name="No account here yet")).to_be_visible()
    page.get_by_role("link", name="Back to sign-in").click()
    page.get_by_role("button", name="Continue with Example University").click()
    page.get_by_role("button", name="Authorize as eve").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert re.search(r":\d+/$", page.url)
    assert Member.objects.get().name == "Eve New"
    complaints: list[str] = page.complaints  # type: ignore[attr-defined]
    assert [one for one in complaints if "Content Security Policy" in one] == []
