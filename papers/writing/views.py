"""The care around forms: `@once`, `@in_turn`, texts that are being typed, and the offered undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Concatenate

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from papers import access
from papers.events import find_recorded
from papers.http import MemberRequest, PageRequest
from papers.models import Event, Member, TextDraft
from papers.writing import actions
from papers.writing.forms import TextForm

if TYPE_CHECKING:
    from papers.models import FormKey

TOKEN = "csrfmiddlewaretoken"  # noqa: S105
CARED = "care"
"""Sent by a form whose text is saved while it is typed."""
REFUSED = 400
MOST_PLACES = 300
"""Forms on one page whose texts are asked for."""

TOAST = "toast"
"""Tag of a message that is shown in front, since the page behind it opens at some part of it."""

SECRET = "made"  # noqa: S105


type AnyView[Asked: PageRequest, **Args] = Callable[Concatenate[Asked, Args], HttpResponseBase]


def once[Asked: PageRequest, **Args](view: AnyView[Asked, Args]) -> AnyView[Asked, Args]:
    """A second arrival of the same form (double click, slow line, Back and send) is led to where
    the first one led, and changes nothing.

    The key is the form's token, which differs each time that a page is made, together with
    address and content. It is written in the transaction of the act. A refused form (400 and
    above) gives its key back.
    """

    @wraps(view)
    def guarded(request: Asked, /, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponseBase:
        member = access.get_member(request.user)
        if request.method != "POST" or member is None or not request.POST.get(TOKEN):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            key, is_first = actions.take_key(key=_digest(request), by=member, at=timezone.now())
            if not is_first:
                return _repeat(request, key)
            response = view(request, *args, **kwargs)
            if response.status_code >= REFUSED:
                actions.release_key(key=key)
            else:
                actions.settle_key(key=key, location=_get_location(response))
                _end_text(request, member)
            return response

    return guarded


def in_turn[Asked: PageRequest, **Args](view: AnyView[Asked, Args]) -> AnyView[Asked, Args]:
    """A form that changes what others may change too: one is saved at a time, so that each sees
    what the one before it wrote, and what was typed into it counts as sent."""

    @wraps(view)
    def guarded(request: Asked, /, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponseBase:
        member = access.get_member(request.user)
        if request.method != "POST" or member is None:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            actions.take_turn(place=request.path)
            response = view(request, *args, **kwargs)
            if response.status_code < REFUSED:
                _end_text(request, member)
        return response

    return guarded


def _end_text(request: PageRequest, member: Member) -> None:
    is_cared = CARED in request.POST
    actions.end_text(place=request.path, by=member, at=timezone.now(), is_cared=is_cared)


def _digest(request: PageRequest) -> str:
    """The form as it was sent: token, address, fields and files."""
    digest = sha256(f"{request.POST[TOKEN]}\0{request.get_full_path()}".encode())
    for name, values in sorted(request.POST.lists()):
        if name not in {TOKEN, CARED}:
            digest.update(repr((name, values)).encode())
    files: Mapping[str, UploadedFile[Any]] = request.FILES.dict()  # type: ignore[assignment]
    for name, file in sorted(files.items()):
        digest.update(repr((name, file.name)).encode())
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
    return digest.hexdigest()


def _get_location(response: HttpResponseBase) -> str:
    return response.headers.get("Location") or response.headers.get("HX-Redirect") or ""


def _repeat(request: PageRequest, key: FormKey) -> HttpResponse:
    """Where the first arrival led; a page whose part was exchanged is shown again."""
    if request.htmx:
        if key.location:
            return HttpResponseClientRedirect(key.location)
        return HttpResponseClientRefresh()
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    return HttpResponseRedirect(key.location or back)


SHOWN_FOR = 600
"""Seconds for which a page shows a secret that was just made, also when it is reloaded."""


def redirect_to_secret(url: str, secret: str) -> HttpResponse:
    """Lead to the page that shows a secret just made, which the server does not store.

    The browser brings it along in a signed cookie that only this page gets.
    """
    response = HttpResponseRedirect(url)
    response.set_signed_cookie(
        SECRET, secret, salt=url, max_age=SHOWN_FOR, path=url, httponly=True, samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def read_secret(request: PageRequest) -> str:
    """The secret that `redirect_to_secret` sent along; nothing after ten minutes."""
    secret = request.get_signed_cookie(SECRET, "", salt=request.path, max_age=SHOWN_FOR)
    return secret or ""


def offer_undo(request: MemberRequest, said: str, kind: Event.Kind, at: datetime) -> None:
    """Say what was taken away, with its undo beside it where there is one, and where a
    curator says why.

    `at`: the time given to the action.
    """
    event = find_recorded(kind, by=request.user, at=at)
    tags = []
    if event and access.events_undoable_by(request.user, at).filter(pk=event.pk).exists():
        tags.append(f"undo-{event.pk}")
    if event and access.events_explainable_by(request.user, at).filter(pk=event.pk).exists():
        tags.append(f"reason-{event.pk}")
    messages.success(request, said, extra_tags=" ".join(tags))


def say_changed(request: MemberRequest, at: datetime, *, is_new: bool, said: str = "") -> None:
    """Say that settings were saved, with their undo; or that they were what they are."""
    if is_new:
        offer_undo(request, said or _("Changes saved."), Event.Kind.LAB_CHANGED, at)
    else:
        messages.success(request, _("No changes to save."))


@require_http_methods(["GET", "POST"])
def text_draft(request: MemberRequest) -> HttpResponse:
    """What I have typed into forms and not sent: read (`place`, once or often), or saved.

    A save that is not built on the newest text is answered 409 with that text.
    """
    if request.method != "POST":
        places = {actions.shorten(one): one for one in request.GET.getlist("place")[:MOST_PLACES]}
        found = access.text_drafts_of(request.user).filter(place__in=places)
        return JsonResponse({places[draft.place]: _describe(draft) for draft in found})
    form = TextForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    try:
        draft = actions.save_text(**form.cleaned_data, by=request.user, at=timezone.now())
    except actions.StaleText as stale:
        return JsonResponse(_describe(stale.draft), status=409)
    return JsonResponse(_describe(draft))


def _describe(draft: TextDraft) -> dict[str, object]:
    at = int(draft.saved_at.timestamp() * 1000) if draft.saved_at else 0
    return {"fields": draft.fields, "version": draft.version, "at": at}
