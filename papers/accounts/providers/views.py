"""Leaving for a provider, coming back, and the page of one's connections."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.core.internal.ratelimit import get_ip
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess, ProviderException
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from papers import throttle
from papers.accounts.confirming.views import recent_sign_in
from papers.accounts.providers import actions, queries
from papers.accounts.providers.provider_rules import Provider
from papers.accounts.queries import hash_token
from papers.accounts.sessions.views import name_browser
from papers.accounts.signing_in.account_adapter import say_wait
from papers.accounts.signing_in.sign_in import set_known_device
from papers.http import MemberRequest, PageRequest, redirect_page, render_page

DEPARTURES = throttle.Limit("provider", 30, 10)
"""From one network address: each is a row in the table of sessions, and a question to a server."""

FAILURES = (OSError, ProviderException)
"""A provider that does not answer (what `requests` raises is an OSError), or something else."""

logger = logging.getLogger(__name__)


@never_cache
@login_not_required
@require_POST
def departure(request: PageRequest, key: str) -> HttpResponse:
    """Leave for a provider to sign in, with the invitation that was open."""
    invitation = request.POST.get("invitation", "")
    data = {"invitation": hash_token(invitation) if invitation else ""}
    return _depart(request, _find_provider(key), AuthProcess.LOGIN, data)


@never_cache
@login_not_required
@require_safe
def arrival(request: HttpRequest, key: str) -> HttpResponse:
    """Come back from a provider; the library checks the answer, `receive` decides."""
    from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView

    from papers.accounts.providers import library  # both load 7 MB with `requests`

    provider = _find_provider(key)
    is_github = provider.key == library.GITHUB
    asked = library.GitHubAdapter(request) if is_github else library.OpenIDAdapter(request, key)
    try:
        response: HttpResponse = OAuth2CallbackView.adapter_view(asked)(request)
    except FAILURES as problem:  # of the server's description of itself
        log_failure(key, problem)
        return show_failure(request, key)
    return set_known_device(request, response)


@never_cache
@require_safe
def provider_list(request: MemberRequest) -> HttpResponse:
    """What one signs in with."""
    connections = queries.list_connections(request.user)
    context = {"connections": connections, "providers": queries.list_providers()}
    return render_page(request, "accounts/providers/provider_list.html", context)


@never_cache
@require_POST
@recent_sign_in
def provider_connection(request: MemberRequest, key: str) -> HttpResponse:
    """Leave for a provider to connect the account there."""
    data = {"member": request.user.pk}
    return _depart(request, _find_provider(key), AuthProcess.CONNECT, data)


@require_POST
@recent_sign_in
def provider_removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Disconnect an account at a provider."""
    try:
        if actions.disconnect_account(member=request.user, pk=pk, at=timezone.now()):
            messages.success(request, _("Disconnected."))
    except actions.LastWayIn as refusal:
        messages.error(request, str(refusal))
    return redirect_page(request, reverse("provider-list"))


def receive(request: HttpRequest, login: SocialLogin) -> HttpResponse | None:
    """The provider has said who it is: the page that refuses or connects, or None to let them in.

    The library goes on from here: closed accounts, the second factor, the session.
    """
    name_browser(request)  # the library has put a new session into the place of the old one
    provider = queries.get_settings(login.account.provider)
    data = login.state.get("data") or {}
    if login.state.get("process") == AuthProcess.CONNECT:
        return _connect(request, provider, login, data)
    if login.is_existing:
        return None
    try:
        account = actions.admit_person(
            provider=provider, person=login.person, at=timezone.now(),
            invitation_hash=data.get("invitation", ""),
        )  # fmt: skip
    except actions.Refused as refused:
        context = {"provider": provider, "reason": refused.reason.value}
        return _show(request, "accounts/providers/refused.html", context, 403)
    login.account, login.user = account, type(account.user).objects.get(pk=account.user_id)
    return None


def log_failure(key: str, problem: object) -> None:
    """For whoever runs the server; members see one sentence for all that can go wrong."""
    logger.warning("Sign-in with %s failed: %s", key, str(problem)[:300])


def show_failure(request: HttpRequest, key: str) -> HttpResponse:
    """One page for a cancelled, late, forged or failed answer."""
    context = {"provider": queries.get_settings(key)}
    return _show(request, "accounts/providers/failed.html", context, 400)


def _find_provider(key: str) -> Provider:
    try:
        return queries.get_settings(key)
    except KeyError as problem:
        raise Http404 from problem


def _depart(
    request: PageRequest, provider: Provider, process: str, data: dict[str, Any]
) -> HttpResponse:
    """A page that leads on by itself, and by a link.

    Not a redirect of the form: the page's policy allows forms to lead to this site alone, and a
    university's sign-in goes through servers that nobody here can name in advance.
    """
    try:
        throttle.take(DEPARTURES.of(get_ip(request)), at=timezone.now())
    except throttle.TooOften as refusal:
        context = {"provider": provider, "wait": say_wait(refusal)}
        return _show(request, "accounts/providers/failed.html", context, 429)
    nonce = secrets.token_urlsafe(24)
    at_provider = get_adapter().get_provider(request, provider.key)
    try:
        leading = at_provider.redirect(
            request, process, next_url=get_next_redirect_url(request),
            data={**data, "nonce": nonce}, auth_params=at_provider.make_auth_params(nonce),
        )  # fmt: skip
    except FAILURES as problem:
        log_failure(provider.key, problem)
        return show_failure(request, provider.key)
    context = {"provider": provider, "url": leading["Location"]}
    return _show(request, "accounts/providers/departure.html", context, 200)


def _connect(
    request: HttpRequest, provider: Provider, login: SocialLogin, data: dict[str, Any]
) -> HttpResponse:
    """Only the member who left comes back to connect."""
    if not request.user.is_authenticated or request.user.pk != data.get("member"):
        return show_failure(request, provider.key)
    try:
        actions.connect_account(
            member=request.user, provider=provider, person=login.person, at=timezone.now()
        )
    except actions.ConnectedElsewhere as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s connected.") % {"name": provider.name})
    return redirect_page(request, reverse("provider-list"))


def _show(request: Any, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    response = render_page(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    return response
