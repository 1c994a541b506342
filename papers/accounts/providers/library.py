"""The library's providers, made from our settings, with what they lack: nonce, organizations.

Google and ORCID are asked by OpenID Connect too; GitHub has a protocol of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast
from urllib.parse import quote, urlsplit

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.github.provider import GitHubProvider
from allauth.socialaccount.providers.github.views import GitHubOAuth2Adapter
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from papers.accounts.providers.provider_rules import Provider, read_claims, read_github
from papers.accounts.providers.queries import get_settings
from papers.text.one_line import CONTROL

GITHUB = "github"
ENDPOINTS = ("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
"""What an OpenID Connect server says of itself, and is needed here."""

LONGEST_UID = 191
"""Characters, as the library's column has it."""


class NotTheAnswer(ProviderException):  # type: ignore[misc]
    """What came back does not belong to what was asked."""


class OurAdapter(OAuth2Adapter):  # type: ignore[misc]
    """Comes back to our one address, whatever the provider."""

    provider_id: str

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """The address that the operator registers at the provider; never by the Host header."""
        return f"{settings.SITE_URL}{reverse('provider-return', args=[self.provider_id])}"


class OpenIDAdapter(OurAdapter, OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """OpenID Connect."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the server says of itself."""
        with understanding():
            said = super().openid_config
            missing = [name for name in ENDPOINTS if not said[name]]
            issuer = str(said["issuer"]).rstrip("/")
        if missing:
            raise NotTheAnswer(f"The provider names no {missing[0]}.")
        if issuer != get_settings(self.provider_id).url:
            raise NotTheAnswer(f"The provider calls itself {issuer}.")
        return cast("dict[str, Any]", said)

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any
    ) -> SocialLogin:
        """Who it is, by both answers; what they say of the person must be of the same person."""
        if not kwargs["response"].get("id_token"):
            raise NotTheAnswer("The provider sent no id_token.")
        with understanding():
            return super().complete_login(request, app, token, **kwargs)


class GitHubAdapter(OurAdapter, GitHubOAuth2Adapter):  # type: ignore[misc]
    """GitHub, or an Enterprise server."""

    provider_id = GITHUB

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        web = get_settings(GITHUB).url
        self.api_url = "https://api.github.com" if web == "https://github.com" else f"{web}/api/v3"
        self.access_token_url = f"{web}/login/oauth/access_token"
        self.authorize_url = f"{web}/login/oauth/authorize"
        self.profile_url, self.emails_url = f"{self.api_url}/user", f"{self.api_url}/user/emails"
        self.headers = {"Accept": "application/json"}

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any
    ) -> SocialLogin:
        """Who it is, and in which of the organizations that have a rule."""
        headers = {"Authorization": f"token {token.token}"}
        with understanding(), get_adapter().get_requests_session() as session:
            answer = session.get(self.profile_url, headers=headers)
            answer.raise_for_status()
            said = answer.json()
            wanted = get_settings(GITHUB).organizations
            said["organizations"] = [one for one in wanted if self._is_in(session, headers, one)]
            said["emails"] = self.get_emails(headers) or []
            return self.get_provider().sociallogin_from_response(request, said)

    def _is_in(self, session: Any, headers: dict[str, str], organization: str) -> bool:
        """An invitation that is not accepted yet is no membership."""
        url = f"{self.api_url}/user/memberships/orgs/{quote(organization, safe='')}"
        answer = session.get(url, headers=headers)
        return bool(answer.ok and answer.json().get("state") == "active")


class OpenID(OpenIDConnectProvider):  # type: ignore[misc]
    """OpenID Connect, as the lab uses it."""

    oauth2_adapter_class = OpenIDAdapter
    pkce_enabled_default = True

    def make_auth_params(self, nonce: str) -> dict[str, str]:
        """The id_token must bring the nonce back."""
        return {"nonce": nonce}

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Who it is: a text, and never what a missing one would be written as."""
        uid = data["id_token"]["sub"]
        if not isinstance(uid, str) or not 0 < len(uid) <= LONGEST_UID or CONTROL.search(uid):
            raise NotTheAnswer("The provider does not say who it is.")
        return uid

    def sociallogin_from_response(self, request: HttpRequest, response: Any) -> SocialLogin:
        """The account with the person; of the claims nothing more is stored."""
        if response["userinfo"].get("sub") != response["id_token"].get("sub"):
            raise NotTheAnswer("id_token and userinfo are about different people.")
        login = super().sociallogin_from_response(request, response)
        claims = {**response["id_token"], **response["userinfo"]}
        login.person = read_claims(get_settings(self.app.provider_id), claims)
        login.nonce = response["id_token"].get("nonce")
        return _forget_claims(login)


class GitHub(GitHubProvider):  # type: ignore[misc]
    """GitHub, as the lab uses it."""

    oauth2_adapter_class = GitHubAdapter
    pkce_enabled_default = True

    def make_auth_params(self, nonce: str) -> dict[str, str]:
        """Nothing brings a nonce back: there is no id_token."""
        return {}

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The number, which stays when the name changes."""
        uid = data["id"]
        if type(uid) is not int:
            raise NotTheAnswer("GitHub does not say who it is.")
        return str(uid)

    def sociallogin_from_response(self, request: HttpRequest, response: Any) -> SocialLogin:
        """The account with the person; of the answers nothing more is stored."""
        login = super().sociallogin_from_response(request, response)
        login.person = read_github(response)
        login.nonce = None
        return _forget_claims(login)


@contextmanager
def understanding() -> Iterator[None]:
    """An answer that lacks what it should hold is a failed sign-in, no error of ours."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise NotTheAnswer(f"{type(problem).__name__}: {problem}") from problem


def make_app(provider: Provider) -> SocialApp:
    """What the library wants to know, from our settings; no row of its table is read."""
    is_github = provider.key == GITHUB
    return SocialApp(
        provider=GITHUB if is_github else "openid_connect",
        provider_id=provider.key,
        name=provider.name,
        client_id=provider.client_id,
        secret=provider.secret,
        settings={"server_url": provider.url, "scope": list(provider.scopes)},
    )


def is_plain(provider: Provider) -> bool:
    """Whether it is asked without encryption: one on this very machine, for trying out."""
    return urlsplit(provider.url).scheme == "http"


def _forget_claims(login: SocialLogin) -> SocialLogin:
    person = login.person
    label = person.email or person.handle or person.name or person.uid
    login.account.extra_data = {"label": label}
    return login
