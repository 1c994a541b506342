"""Commands as chat servers send them, and the pages on which members connect their accounts."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from papers import access, throttle
from papers.accounts.confirming.views import recent_sign_in
from papers.chat import actions
from papers.chat.replies import Line, Reply, write_reply
from papers.chat.senders import (
    FINDERS,
    LinkBroken,
    Message,
    Sender,
    is_set_up,
    make_connection_token,
    read_connection_token,
)
from papers.chat.slash_commands import read_command
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page
from papers.models import ChatAccount

LIMIT = throttle.Limit("chat", burst=20, seconds=3)
"""Commands of one account."""

FORM = "application/x-www-form-urlencoded"

UNSIGNED = throttle.Limit("chat-refused", burst=30, seconds=10)
"""Requests without the server's signature, for each address."""


# A chat server sends no cookie and no token of a form: its signature is the permission.
@csrf_exempt
@login_not_required
@never_cache
@require_POST
def slack(request: HttpRequest) -> HttpResponse:
    """A command from Slack."""
    return _answer(request, ChatAccount.Service.SLACK)


@csrf_exempt
@login_not_required
@never_cache
@require_POST
def mattermost(request: HttpRequest) -> HttpResponse:
    """A command from Mattermost."""
    return _answer(request, ChatAccount.Service.MATTERMOST)


def _answer(request: HttpRequest, service: str) -> HttpResponse:
    """Chat servers show nothing but answers with status 200."""
    if not is_set_up(service):
        raise Http404
    at = timezone.now()
    try:
        sender = FINDERS[service](_read_message(request), at)
        if sender is None:
            throttle.take(UNSIGNED.of(request.META.get("REMOTE_ADDR", "")), at=at)
            return HttpResponse(status=401)
        throttle.take(LIMIT.of(service, sender.team, sender.user), at=at)
    except throttle.TooOften as refusal:
        answer = HttpResponse(status=429)
        answer["Retry-After"] = str(refusal.seconds)
        return answer
    return JsonResponse(write_reply(_reply(request, sender), service))


def _read_message(request: HttpRequest) -> Message:
    """Only a plain form is signed as a whole; the body of one in parts is gone once it is read."""
    body = request.body if request.content_type == FORM else b""
    return Message(request.headers, body, request.POST)


def _reply(request: HttpRequest, sender: Sender) -> Reply:
    account = actions.find_account(sender)
    if account is None:
        token = make_connection_token(sender, timezone.now())
        url = request.build_absolute_uri(reverse("chat-connection", args=[token]))
        return Reply(
            _("First connect this chat account to yours. The link is good for 15 minutes."),
            [Line(_("Connect"), url)],
        )
    translation.activate(account.member.language or "en")
    request.user = account.member
    return actions.run_command(
        command=read_command(request.POST.get("text", "")[:2_000]),
        by=account.member, lab=get_request_lab(request), at=timezone.now(),
    )  # fmt: skip


@require_safe
def account_list(request: MemberRequest) -> HttpResponse:
    """One's chat accounts, and how to connect one."""
    services = [one.label for one in ChatAccount.Service if is_set_up(one)]
    context = {"accounts": access.chat_accounts_of(request.user), "services": services}
    return render_page(request, "chat/account_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@recent_sign_in
def connection(request: MemberRequest, token: str) -> HttpResponse:
    """GET asks, POST connects: whoever only follows a link has agreed to nothing."""
    try:
        sender = read_connection_token(token, timezone.now())
    except LinkBroken as problem:
        raise Http404 from problem
    if request.method == "POST":
        try:
            actions.connect_account(sender=sender, by=request.user, at=timezone.now())
        except actions.ConnectedToAnother:
            messages.error(request, _("This chat account is connected to another member."))
        else:
            messages.success(request, _("Connected. Your commands work now."))
        return redirect_page(request, reverse("chat-accounts"))
    service = cast("str", ChatAccount.Service(sender.service).label)
    return render_page(request, "chat/connection.html", {"sender": sender, "service": service})


@require_POST
def disconnection(request: MemberRequest, pk: int) -> HttpResponse:
    """Commands of this account are nobody's from now on."""
    if actions.disconnect_account(pk=pk, by=request.user):
        messages.success(request, _("Disconnected."))
    return redirect_page(request, reverse("chat-accounts"))
