"""The door of the API: whose token, how often, asked before, and sent twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from papers import throttle
from papers.api.door import actions
from papers.api.tokens.actions import find_token
from papers.http import render_if_changed
from papers.models import ApiToken, Member

LIMIT = throttle.Limit("api", burst=120, seconds=1)
"""120 requests at once, then one a second, for each member."""

BAD_TOKENS = throttle.Limit("api-refused", burst=30, seconds=10)
"""Requests without a good token, for each address."""

LONGEST_KEY = 255
READING = {"GET", "HEAD"}

type View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose program asks, and with which token."""

    member: Member
    token: ApiToken


def problem(
    status: int, detail: str = "", *, errors: Mapping[str, list[str]] | None = None
) -> JsonResponse:
    """An answer of RFC 9457 (`application/problem+json`)."""
    body: dict[str, Any] = {
        "type": "about:blank", "title": HTTPStatus(status).phrase, "status": status,
        "detail": detail, "errors": dict(errors or {}),
    }  # fmt: skip
    answer = JsonResponse(body, status=status, content_type="application/problem+json")
    if status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = 'Bearer realm="API"'
    return answer


def guard(view: View) -> View:
    """Let in a program with a good token; answer from the copy it has where nothing changed."""

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        at = timezone.now()
        try:
            caller = _find_caller(request)
            if caller is None:
                return problem(401, _("Send a valid token: “Authorization: Bearer rva_…”."))
            left = throttle.take(LIMIT.of(caller.member.pk), at=at)
        except throttle.TooOften as refusal:
            answer: HttpResponse = problem(429, _("Too many requests. Wait a moment."))
            answer["Retry-After"] = str(refusal.seconds)
            return answer
        request.user, request.caller = caller.member, caller  # type: ignore[attr-defined]
        translation.activate(caller.member.language or "en")
        answer = _answer(request, caller, lambda: view(request, *args, **kwargs))
        answer["RateLimit-Limit"] = str(LIMIT.burst)
        answer["RateLimit-Remaining"] = str(left)
        answer["Cache-Control"] = "private, no-cache"
        answer["Vary"] = "Authorization"
        return answer

    guarded.csrf_exempt = True  # type: ignore[attr-defined]
    return guarded


def find_nothing(_request: HttpRequest, rest: str) -> HttpResponse:
    """An address of the API that is none."""
    return problem(404, _("There is nothing here."))


def _find_caller(request: HttpRequest) -> Caller | None:
    kind, _blank, secret = request.headers.get("Authorization", "").partition(" ")
    at = timezone.now()
    token = find_token(secret.strip(), at=at) if kind.lower() == "bearer" else None
    if token is None:
        throttle.take(BAD_TOKENS.of(request.META.get("REMOTE_ADDR", "")), at=at)
        return None
    return Caller(token.member, token)


def _answer(
    request: HttpRequest, caller: Caller, respond: Callable[[], HttpResponse]
) -> HttpResponse:
    key = request.headers.get("Idempotency-Key", "")
    if request.method in READING:
        if "/drafts" in request.path or request.path.endswith("/draft"):
            return respond()  # a draft is saved without counting as a change of pages
        return render_if_changed(request, respond, caller.token.pk)  # type: ignore[arg-type]
    if not key:
        return respond()
    if len(key) > LONGEST_KEY:
        return problem(400, _("The Idempotency-Key is longer than 255 characters."))
    return _answer_once(request, caller, key, respond)


def _digest(request: HttpRequest) -> str:
    """What was asked. A form with files is read from its parts, which may lie on the disk."""
    asked = sha256(f"{request.method}\0{request.get_full_path()}\0".encode())
    if request.content_type != "multipart/form-data":
        asked.update(request.body)
        return asked.hexdigest()
    asked.update(repr(sorted(request.POST.lists())).encode())
    for name, sent in sorted(request.FILES.lists()):
        for file in sent:
            asked.update(repr((name, file.name)).encode())
            for chunk in file.chunks():
                asked.update(chunk)
            file.seek(0)
    return asked.hexdigest()


def _answer_once(
    request: HttpRequest, caller: Caller, key: str, respond: Callable[[], HttpResponse]
) -> HttpResponse:
    """The same answer for the same key; refused requests may be sent again with it."""
    digest = _digest(request)
    with transaction.atomic():
        kept, is_first = actions.take_answer(
            key=key, request_hash=digest, by=caller.member, at=timezone.now()
        )
        if not is_first:
            if kept.request_hash != digest:
                return problem(422, _("This Idempotency-Key was used for another request."))
            answer = HttpResponse(
                kept.body, status=kept.status, content_type="application/json; charset=utf-8"
            )
            answer["Idempotency-Replayed"] = "true"
        else:
            answer = respond()
            if answer.status_code >= HTTPStatus.BAD_REQUEST:
                transaction.set_rollback(True)
            else:
                actions.settle_answer(
                    answer=kept, status=answer.status_code, body=answer.content.decode(),
                    location=answer.get("Location", ""),
                )  # fmt: skip
        return answer
