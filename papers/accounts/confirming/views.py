"""Dangerous acts ask for the password or a passkey, unless the member signed in a short while ago.

The page that asks is the answer to the form itself. It holds the form's fields and sends them once
more, with the password, to the same address: nothing typed is lost, nothing is stored meanwhile,
and the form passes all its checks again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, cast

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import retarget

from papers.accounts.confirming.forms import BACK, ConfirmForm, list_waiting, take_out
from papers.accounts.passkeys.actions import note_use
from papers.accounts.passkeys.ceremonies import begin_confirmation
from papers.accounts.passkeys.forms import ConfirmForm as PasskeyConfirmForm
from papers.accounts.passkeys.queries import has_passkeys
from papers.accounts.providers.queries import list_ways_back
from papers.accounts.sessions.store import SessionStore
from papers.http import MemberRequest, render_page
from papers.ways_back import find_own_page

CONFIRMED = "confirmed_at"

type AnyView[Asked: HttpRequest, **Args] = Callable[Concatenate[Asked, Args], HttpResponseBase]


def recent_sign_in[Asked: HttpRequest, **Args](view: AnyView[Asked, Args]) -> AnyView[Asked, Args]:
    """Answers POST only to a member whose sign-in or confirmation is at most so old as
    CONFIRM_AFTER_MINUTES says; others are asked for the password or a passkey first."""

    @wraps(view)
    def guarded(request: Asked, /, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponseBase:
        if request.method == "POST" and request.user.is_authenticated:
            asked = cast("MemberRequest", request)
            if not has_recent_sign_in(asked) and (question := _ask(asked)):
                return question
            if BACK in request.POST:
                request.POST = take_out(request.POST)  # type: ignore[assignment]
        return view(request, *args, **kwargs)

    return guarded


def has_recent_sign_in(request: MemberRequest) -> bool:
    """Whether who sits there has just shown to be the member."""
    since = timezone.now() - settings.CONFIRM_AFTER
    return any(at > since for at in _list_proofs(request))


def note_confirmation(request: HttpRequest) -> None:
    """The password, or a code, was right."""
    request.session[CONFIRMED] = timezone.now().timestamp()


def _list_proofs(request: MemberRequest) -> list[datetime]:
    store = cast("SessionStore", request.session)
    proofs = [datetime.fromtimestamp(store.get(CONFIRMED, 0), UTC)]
    return [*proofs, store.row.began_at] if store.row else proofs


def _ask(request: MemberRequest) -> HttpResponse | None:
    """The page that asks who it is; None once that was shown."""
    form = ConfirmForm(user=request.user)
    passkey = PasskeyConfirmForm(user=request.user, prefix=form.prefix)
    if request.POST.get(passkey.add_prefix("credential")):
        passkey = PasskeyConfirmForm(request.POST, user=request.user, prefix=form.prefix)
        if passkey.is_valid():
            note_use(passkey)
            note_confirmation(request)
            return None
    elif form.add_prefix("password") in request.POST:
        form = ConfirmForm(request.POST, user=request.user)
        if form.is_valid():
            reauthenticate_by_password(request)
            note_confirmation(request)
            return None
    return _show_question(request, form, passkey)


def _show_question(
    request: MemberRequest, form: ConfirmForm, passkey: PasskeyConfirmForm
) -> HttpResponse:
    member, has_password = request.user, request.user.has_usable_password()
    context = {
        "form": form, "action": request.get_full_path(), "back": _find_back(request),
        "waiting": list(list_waiting(request.POST)), "back_name": BACK, "passkey": passkey,
        "has_password": has_password,
        "options": begin_confirmation(member) if has_passkeys(member) else "",
        "providers": [] if has_password else list_ways_back(member),
    }  # fmt: skip
    response = render_page(request, "accounts/confirmation.html", context, status=422)
    response["Cache-Control"] = "no-store"
    response["HX-Reswap"] = "innerHTML show:window:top"
    return retarget(response, "body")


def _find_back(request: MemberRequest) -> str:
    """The page that the form stood on, for those who change their mind."""
    back = request.POST.get(BACK) or request.headers.get("Referer", "")
    return find_own_page(request, back, otherwise=reverse("desk"))
