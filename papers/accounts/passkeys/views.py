"""Pages of passkeys: signing in by one, confirming who one is, and one's own."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.webauthn import views as library
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from papers import access, throttle
from papers.accounts.passkeys import actions, forms
from papers.accounts.passkeys.ceremonies import begin_confirmation, begin_registration
from papers.accounts.passkeys.queries import describe, is_only_way, list_passkeys
from papers.accounts.second_factor.views import Confirmed
from papers.accounts.signing_in.account_adapter import say_wait
from papers.accounts.signing_in.sign_in import set_known_device, warn_if_moved
from papers.http import MemberRequest, redirect_page, render_page
from papers.throttle import Count, Limit, TooOften

TRIES = Limit("passkey", 100, 6)
"""Requests of one network address on the way in. Nothing can be guessed there: this bounds work,
and rows of sessions, and is given back to whoever gets in."""


@method_decorator([login_not_required, never_cache], name="dispatch")
class SignIn(library.LoginWebAuthnView):  # type: ignore[misc]
    """Sign in by a passkey: its script asks for a challenge (GET), and sends the answer (POST)."""

    form_class = forms.SignInForm
    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Count, and answer."""
        try:
            throttle.take(self._count(), at=timezone.now())
        except TooOften as refusal:
            return self._refuse(say_wait(refusal))
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def form_valid(self, form: forms.SignInForm) -> HttpResponse:
        """In; this browser is known to the member from now on."""
        throttle.refund(self._count(), self._count())  # the challenge, and its answer
        response = set_known_device(self.request, super().form_valid(form))
        warn_if_moved(self.request)
        return response

    def form_invalid(self, form: forms.SignInForm) -> HttpResponse:
        """Back to the other ways in."""
        return self._refuse(" ".join(form.errors.get("credential", [])))

    def _count(self) -> Count:
        return TRIES.of(get_ip(self.request))

    def _refuse(self, said: str) -> HttpResponse:
        if self.request.method != "POST":
            return JsonResponse({"said": said}, status=429)
        messages.error(self.request, said)
        way_back = self.request.POST.get("next", "")
        url = reverse("account_login")
        return redirect(f"{url}?{urlencode({'next': way_back})}" if way_back else url)


@method_decorator(never_cache, name="dispatch")
class ConfirmedByPasskey(Confirmed, library.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """Confirm who one is, by a passkey."""

    form_class = forms.ConfirmForm
    http_method_names = ["get", "head", "post"]

    def form_invalid(self, form: Form) -> HttpResponse:
        """The page with another challenge."""
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        response.status_code = 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the script asks the browser."""
        page: Any = super(library.ReauthenticateWebAuthnView, self)
        return {**page.get_context_data(**kwargs), "options": begin_confirmation(self.request.user)}


@require_safe
@never_cache
def passkey_list(request: MemberRequest) -> HttpResponse:
    """One's passkeys."""
    context = {"passkeys": list_passkeys(request.user)}
    return render_page(request, "mfa/webauthn/passkey_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def passkey_addition(request: MemberRequest) -> HttpResponse:
    """Add a passkey."""
    raise_if_reauthentication_required(request, app="allauth.mfa")
    posted = request.POST if request.method == "POST" else None
    form = forms.AddForm(posted, user=request.user)
    if posted is not None and form.is_valid():
        try:
            are_codes_new = actions.add_passkey(
                member=request.user, **form.cleaned_data, agent=_get_agent(request)
            )
        except actions.TooMany as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Passkey added."))
            where = "mfa_view_recovery_codes" if are_codes_new else "mfa_list_webauthn"
            return redirect_page(request, reverse(where))
    context = {"form": form, "options": begin_registration(request.user)}
    status = 422 if form.errors else 200
    return render_page(request, "mfa/webauthn/add_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def passkey_name(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a passkey another name."""
    passkey = get_object_or_404(access.passkeys_of(request.user), pk=pk)
    posted = request.POST if request.method == "POST" else None
    form = forms.RenameForm(posted, initial={"name": passkey.wrap().name})
    if posted is not None and form.is_valid():
        actions.rename_passkey(passkey=passkey, name=form.cleaned_data["name"])
        messages.success(request, _("Passkey renamed."))
        return redirect_page(request, reverse("mfa_list_webauthn"))
    status = 422 if form.errors else 200
    return render_page(request, "mfa/webauthn/edit_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def passkey_removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Remove a passkey."""
    passkey = get_object_or_404(access.passkeys_of(request.user), pk=pk)
    raise_if_reauthentication_required(request, app="allauth.mfa")
    if request.method == "POST":
        try:
            actions.remove_passkey(passkey=passkey, member=request.user, agent=_get_agent(request))
        except actions.OnlyWay as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Passkey removed."))
        return redirect_page(request, reverse("mfa_list_webauthn"))
    context = {
        "passkey": describe(passkey),
        "is_only_way": is_only_way(passkey, request.user),
        "has_password": request.user.has_usable_password(),
    }
    return render_page(request, "mfa/webauthn/removal.html", context)


def _get_agent(request: HttpRequest) -> str:
    return request.headers.get("User-Agent", "")
