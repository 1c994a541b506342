"""Joining by a link: name and address, and an invitation comes by email."""

from __future__ import annotations

from allauth.core.internal.ratelimit import get_ip
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from papers.accounts.joining import actions
from papers.accounts.joining.forms import JoinForm
from papers.accounts.joining.queries import find_open_link
from papers.accounts.signing_in.account_adapter import say_wait
from papers.http import PageRequest, render_page
from papers.throttle import TooOften


@never_cache
@login_not_required
def join(request: PageRequest, token: str) -> HttpResponse:
    """Ask for an invitation by the link that a group was given."""
    at = timezone.now()
    link = find_open_link(token, at)
    if link is None:
        return render_page(request, "accounts/joining/join_closed.html", {}, status=410)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_to_join(link=link, **form.cleaned_data, ip=get_ip(request), at=at)
        except TooOften as refusal:
            form.add_error(None, say_wait(refusal))
        else:
            return redirect("join-sent")
    status = 422 if form.errors else 200
    return render_page(
        request, "accounts/joining/join.html", {"link": link, "form": form}, status=status
    )


@login_not_required
@require_safe
def join_sent(request: PageRequest) -> HttpResponse:
    """Where to look for the invitation; the same for every address."""
    return render_page(request, "accounts/joining/join_sent.html", {})
