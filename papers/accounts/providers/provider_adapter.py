"""How this lab uses the library of providers: our settings, our requests, our rules."""

from __future__ import annotations

from secrets import compare_digest
from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.conf import settings
from django.http import Http404, HttpRequest

from papers.accounts.providers import library, queries, views
from papers.accounts.providers.outgoing import make_session


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Providers come from the environment alone: a row in the library's table opens no door."""

    def list_apps(
        self, request: HttpRequest, provider: Any = None, client_id: Any = None
    ) -> list[SocialApp]:
        """Those of our settings."""
        return [
            library.make_app(one)
            for one in settings.SIGN_IN_PROVIDERS.values()
            if provider in {None, one.key}
        ]

    def get_provider(self, request: HttpRequest, provider: str, client_id: Any = None) -> Any:
        """The provider of this key; 404 where it is not switched on."""
        if provider not in settings.SIGN_IN_PROVIDERS:
            raise Http404
        app = library.make_app(queries.get_settings(provider))
        return (library.GitHub if provider == library.GITHUB else library.OpenID)(request, app=app)

    def get_requests_session(self) -> requests.Session:
        """Plain http only where a provider's own address says so."""
        every = settings.SIGN_IN_PROVIDERS.values()
        return make_session(has_plain=any(map(library.is_plain, every)))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never by the library: see `actions`."""
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """Never by the library: see `actions`."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Never: what the library writes does not go through the lab's one way to send mail."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The provider has answered: whose account is it, and does she get in?"""
        if sociallogin.account.provider != library.GITHUB:
            asked = (sociallogin.state.get("data") or {}).get("nonce", "")
            if not asked or not compare_digest(str(sociallogin.nonce).encode(), asked.encode()):
                raise library.NotTheAnswer("The nonce is not the one that was sent.")
        if response := views.receive(request, sociallogin):
            raise ImmediateHttpResponse(response)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, exception: Any = None, **kwargs: Any
    ) -> None:
        """One page for all that can go wrong; the reason is for whoever runs the server."""
        views.log_failure(provider.app.provider_id, exception or "state, or cancelled")
        raise ImmediateHttpResponse(views.show_failure(request, provider.app.provider_id))
