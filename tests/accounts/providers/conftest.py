"""Browsers that go to a provider and come back."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from re import search
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from papers.accounts.providers.provider_rules import Provider
from papers.models import Lab
from tests.accounts.providers.stub import CODE, IdentityServer

NAMES = {"oidc": "Example University", "google": "Google", "orcid": "ORCID", "github": "GitHub"}


@pytest.fixture
def server() -> Iterator[IdentityServer]:
    stub = IdentityServer()
    yield stub
    stub.close()


class Travel:
    """Switches providers on, and sends browsers there and back."""

    def __init__(self, server: IdentityServer, settings: Any) -> None:
        self.server, self.settings = server, settings

    def switch_on(self, key: str, **rules: Any) -> None:
        """With these rules; the address is the stub's."""
        openid = ("openid",) if key == "orcid" else ("openid", "profile", "email")
        scopes = ("user:email", "read:org") if key == "github" else openid
        provider = Provider(
            key=key, name=NAMES[key], url=self.server.origin, client_id="lab", secret="s3cret",
            scopes=scopes, **rules,
        )  # fmt: skip
        self.settings.SIGN_IN_PROVIDERS = {**self.settings.SIGN_IN_PROVIDERS, key: provider}

    def leave(self, browser: Client, key: str, url: str = "", **sent: Any) -> dict[str, str]:
        """Press the button; what the provider gets to see."""
        page = browser.post(url or f"/accounts/with/{key}/", sent)
        assert page.status_code == 200, page.status_code
        led = search(r'<meta http-equiv="refresh" content="0; url=([^"]+)"', page.text)
        assert led, page.text[:500]
        self.server.leave(unescape(led[1]))
        return self.server.left

    def come_back(self, browser: Client, key: str, **sent: str) -> Any:
        """With the provider's answer; `sent` in place of parts of it."""
        answer = {"code": CODE, "state": self.server.left["state"], **sent}
        return browser.get(f"/accounts/with/{key}/return/", answer)

    def sign_in(self, browser: Client, key: str, **sent: Any) -> Any:
        """There and back."""
        self.leave(browser, key, **sent)
        return self.come_back(browser, key)


@pytest.fixture
def travel(server: IdentityServer, settings: Any, lab: Lab) -> Travel:
    settings.SIGN_IN_PROVIDERS = {}
    assert django_settings.SIGN_IN_PROVIDERS == {}
    return Travel(server, settings)
