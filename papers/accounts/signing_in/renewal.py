"""Signing in again in place, when a session ends while somebody types."""

from __future__ import annotations

from typing import cast

from allauth.account.forms import LoginForm
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.middleware.csrf import get_token

from papers.accounts.signing_in.devices import set_device_cookie
from papers.http import PageRequest, render_page
from papers.models import Member

TEMPLATE = "accounts/session.html"


@login_not_required
def session(request: PageRequest) -> HttpResponse:
    """A small sign-in form; once signed in, the handle and the new token for the open page.

    Members with a second factor are sent to the whole sign-in, in another tab.
    """
    if request.method != "POST":
        return _show(request, None if request.user.is_authenticated else LoginForm(request=request))
    form = LoginForm(request.POST, request=request)
    if not form.is_valid():
        return _show(request, form, 422)
    form.login(request, redirect_url="/")
    if not isinstance(request.user, Member):
        return _show(request, form, 422)
    response = _show(request, None)
    set_device_cookie(request, response, request.user)
    return response


def _show(request: PageRequest, form: LoginForm | None, status: int = 200) -> HttpResponse:
    handle = cast("str", getattr(request.user, "handle", ""))
    context = {"form": form, "handle": handle, "token": get_token(request)}
    response = render_page(request, TEMPLATE, context, fragments=["session"], status=status)
    response["Cache-Control"] = "no-store"
    return response
