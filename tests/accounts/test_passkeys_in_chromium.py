"""Passkeys in the browser: its own authenticator, our scripts, the content policy."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from papers.models import Member
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
IN, OUT = re.compile("//[^/]+/topics/$"), re.compile("/accounts/login/")


def plug_in(page: Page) -> Any:
    """A device that knows its owner's finger; what talks to it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session


def type_password(page: Page) -> None:
    page.goto("/accounts/login/?next=/topics/")
    page.get_by_label("Handle or email").fill("ben")
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def confirm(page: Page) -> None:
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def test_a_passkey_from_adding_to_removing(open_as: Any, ben: Member) -> None:
    page: Page = open_as(ben)
    plug_in(page)
    page.goto("/profile/")
    page.get_by_role("link", name="Passkeys").click()
    page.get_by_role("link", name="Add passkey").click()
    confirm(page)
    expect(page.get_by_text("Passkeys need JavaScript")).to_be_hidden()
    page.get_by_label("Name").fill("")
    page.get_by_role("button", name="Create passkey").click()
    expect(page.get_by_label("Name")).to_be_focused()  # the browser asks for it
    page.get_by_label("Name").fill("Work laptop")
    page.get_by_role("button", name="Create passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto("/profile/passkeys/new/")
    page.get_by_role("button", name="Create passkey").click()
    expect(page.get_by_text("This device already has a passkey")).to_be_visible()

    page.context.clear_cookies()
    page.goto("/accounts/login/?next=/topics/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(IN)

    page.context.clear_cookies()
    type_password(page)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(IN)

    page.goto("/profile/passkeys/")
    expect(page.get_by_role("heading", name="Work laptop")).to_be_visible()
    page.get_by_role("link", name="Remove Work laptop").click()
    page.get_by_role("link", name="Use a passkey instead").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("button", name="Remove passkey").click()
    expect(page.get_by_text("No passkeys yet.")).to_be_visible()

    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("That passkey doesn't open an account here.")).to_be_visible()
    expect(page).to_have_url(OUT)
    type_password(page)
    expect(page).to_have_url(IN)
    assert page.complaints == []  # type: ignore[attr-defined]
