"""Pages of the second factor, and the rule that curators must have one where the lab says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from papers import access
from papers.accounts.confirming.views import note_confirmation
from papers.accounts.passkeys.forms import PasskeyForm
from papers.accounts.passkeys.queries import has_passkeys
from papers.accounts.second_factor.actions import Change, report_change
from papers.accounts.signing_in.sign_in import WrongFormAnswers422, set_known_device


@method_decorator([login_not_required, never_cache], name="dispatch")
class SecondStep(base.AuthenticateView):  # type: ignore[misc]
    """Signing in goes on: a passkey or a code after the password."""

    webauthn_form_class = PasskeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the script asks the browser, and the wrong form first."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        member, posted = self.stage.login.user, self.form
        context["errors_of"] = posted or self.auth_form
        context["has_passkeys"] = has_passkeys(member)
        context["options"] = json.dumps(context["js_data"]["request_options"])
        apps = Authenticator.objects.filter(user=member, type=Authenticator.Type.TOTP)
        context["has_app"] = apps.exists()
        return context

    def form_valid(self, form: Form) -> HttpResponse:
        """In; this browser is known to the member from now on."""
        return set_known_device(self.request, super().form_valid(form))

    def form_invalid(self, form: Form) -> HttpResponse:
        """A wrong code is not a success."""
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response


@method_decorator(never_cache, name="dispatch")
class AppAdded(WrongFormAnswers422, totp.ActivateTOTPView):  # type: ignore[misc]
    """Add an authenticator app."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Added, and its owner is told by mail."""
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            _report(self.request, Change.APP_ADDED)
        return response


class AppRemoved(WrongFormAnswers422, totp.DeactivateTOTPView):  # type: ignore[misc]
    """Remove it; the recovery codes go with the last second factor."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Removed, and its owner is told by mail."""
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            _report(self.request, Change.APP_REMOVED)
        return response


class Confirmed(WrongFormAnswers422):
    """Confirming who one is counts for all that asks for it."""

    def form_valid(self, form: Form) -> HttpResponse:
        """It is the member."""
        note_confirmation(self.request)  # type: ignore[attr-defined]
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        return response


class ConfirmedByPassword(Confirmed, account.ReauthenticateView):  # type: ignore[misc]
    """Confirm who one is, by password."""


class ConfirmedByCode(Confirmed, base.ReauthenticateView):  # type: ignore[misc]
    """Confirm who one is, by a code."""


@method_decorator(never_cache, name="dispatch")
class RecoveryCodes(codes.ViewRecoveryCodesView):  # type: ignore[misc]
    """The codes that are left."""


class CodesRenewed(WrongFormAnswers422, codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    """New codes in place of the old ones."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Made, and their owner is told by mail."""
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            _report(self.request, Change.CODES_RENEWED)
        return response


def _report(request: HttpRequest, change: Change) -> None:
    member: Any = request.user
    report_change(change, member=member, agent=request.headers.get("User-Agent", ""))


OPEN_WITHOUT = frozenset(
    (
        "mfa_index", "mfa_activate_totp", "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn",
        "mfa_add_webauthn", "mfa_login_webauthn", "account_reauthenticate", "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn", "account_logout", "account_login", "session", "theme",
    )
)  # fmt: skip
"""Where a curator without a second factor may go."""


class SecondFactorMiddleware:
    """With SECOND_FACTOR_FOR_CURATORS, a curator's session opens nothing until they have one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Lead curators to the page where they set it up."""
        if not settings.SECOND_FACTOR_FOR_CURATORS or not access.can_curate(request.user):
            return None
        match = request.resolver_match
        is_open = match is not None and match.url_name in OPEN_WITHOUT
        if is_open or Authenticator.objects.filter(user_id=request.user.pk).exists():
            return None
        messages.warning(request, _("Curators need a second factor here. Set it up to go on."))
        return redirect("mfa_index")
