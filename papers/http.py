"""The web's side of every room: typed request, `render_page()`, guards, redirects for htmx."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import wraps
from typing import Any, Concatenate
from urllib.parse import urlsplit

from allauth.core.internal.httpkit import get_client_ip
from allauth.core.internal.ratelimit import truncate_ip
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.deprecation import MiddlewareMixin
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.utils.translation.trans_real import get_languages
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event
from django_htmx.middleware import HtmxDetails

from papers import access
from papers.caching import validators
from papers.caching.result_cache import State
from papers.models import Lab, Member
from papers.sandbox.requester import working_for


class PageRequest(HttpRequest):
    """A request as views see it; `user` may be a stranger where the lab reads in public."""

    user: Member | AnonymousUser
    htmx: HtmxDetails


class MemberRequest(PageRequest):
    """A request of a signed-in member (every view that is not marked otherwise)."""

    user: Member


UNTYPED = {"csrfmiddlewaretoken", "stamp", "writer", "turn", "next"}
PATIENCE = 2.0
"""Seconds that one request spends on texts that cannot be formatted; more are shown as typed."""

LONGEST_UNTYPED = 20
"""Characters: a longer value in a form is text that somebody typed."""

type View[**Args] = Callable[Concatenate[MemberRequest, Args], HttpResponseBase]
type PublicView[**Args] = Callable[Concatenate[PageRequest, Args], HttpResponseBase]


class VaryOnHtmxMiddleware(MiddlewareMixin):
    """One address gives a page or a fragment: caches must know."""

    def process_response(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
    ) -> HttpResponseBase:
        """Name the headers that decide the answer."""
        patch_vary_headers(response, ["HX-Request", "HX-Target", "HX-History-Restore-Request"])
        return response


class RequesterMiddleware:
    """Says whose request this is, so that one member's texts never keep the others waiting."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with helpers shared out by member, or by address where nobody signed in."""

        def find_key() -> Hashable:
            key: Hashable = getattr(getattr(request, "user", None), "pk", None)
            address = get_client_ip(request)  # behind a proxy, the one that the proxy names
            return key or (truncate_ip(address) if address else "")

        with working_for(find_key, PATIENCE):
            return self.get_response(request)


class LanguageMiddleware(MiddlewareMixin):
    """The language of the member's profile, else the first of the browser's that is offered."""

    def process_request(self, request: HttpRequest) -> None:
        """Choose the language; a code that is no longer offered counts as none."""
        member = access.get_member(getattr(request, "user", None))
        chosen = member.language if member else ""
        if chosen not in get_languages():
            chosen = translation.get_language_from_request(request)
        translation.activate(chosen)

    def process_response(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
    ) -> HttpResponseBase:
        """Say the language, and leave the thread as it was for the next request."""
        response.headers.setdefault("Content-Language", translation.get_language() or "en")
        patch_vary_headers(response, ["Accept-Language"])
        translation.deactivate()
        return response


class LabTimeMiddleware(MiddlewareMixin):
    """Times on a page are the lab's: `get_request_lab` turns its zone on, this turns it off."""

    def process_response(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
    ) -> HttpResponseBase:
        """Leave the thread as it was for the next request."""
        timezone.deactivate()
        return response


class MembersOnlyMiddleware(LoginRequiredMiddleware):
    """Everything needs a login unless a view says otherwise; typed text survives the refusal.

    htmx gets 401 and the event `session-ended`, on which the page lets the member sign in in
    place. A form sent without JavaScript gets its texts back, to copy, with the way to sign in.
    """

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        """Refuse without losing what was typed."""
        htmx: HtmxDetails | None = getattr(request, "htmx", None)
        if htmx:
            return trigger_client_event(HttpResponse(status=401), "session-ended")
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        typed = {
            name: str(text)
            for name, text in request.POST.items()
            if name not in UNTYPED and "password" not in name
        }
        back = _get_path(request.headers.get("Referer", ""))
        if not any(len(value) > LONGEST_UNTYPED for value in typed.values()):
            return redirect_to_login(back)
        return render(request, "signed_out.html", {"typed": typed, "back": back}, status=401)


def _get_path(url: str) -> str:
    """The path of an address that a browser sent; the desk for what is no address."""
    try:
        return urlsplit(url).path or "/"
    except ValueError:
        return "/"


def get_request_lab(request: HttpRequest) -> Lab:
    """The lab's settings as they were when the request began; from here on times are shown in
    its zone.
    """
    return _get_state_and_lab(request)[1]


def get_request_state(request: HttpRequest) -> State | None:
    """What the database had counted when the request began; None where it may write since."""
    return _get_state_and_lab(request)[0] if request.method in {"GET", "HEAD"} else None


def _get_state_and_lab(request: HttpRequest) -> tuple[State | None, Lab]:
    found: tuple[State | None, Lab] | None = getattr(request, "_state", None)
    if found is None:
        found = validators.read_state(getattr(request, "user", None))
        request._state = found  # type: ignore[attr-defined]
        timezone.activate(found[1].zone)
    return found


_CHANGES_OFTEN = {"password", "last_login", "visited_at"}
_VIEWER = [one.attname for one in Member._meta.concrete_fields if one.name not in _CHANGES_OFTEN]
_ASKED = ("HX-Request", "HX-Target", "HX-Boosted", "HX-History-Restore-Request")


def render_if_changed(
    request: PageRequest, render_answer: Callable[[], HttpResponse], *key: Hashable
) -> HttpResponse:
    """The answer that `render_answer` makes, or 304 when the browser's copy of it still holds.

    The entity tag stands for what the database counted, the viewer, the address and the day of
    the lab; `key` names what else the page looks at, such as the clock. Messages are shown once,
    so a page that has some carries no tag.
    """
    state, lab = _get_state_and_lab(request)
    if state is None or len(get_messages(request)):
        return render_answer()
    etag = validators.make_etag(state, *_identify(request, lab), *key)
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = render_answer()
    if answer.status_code in (200, 304):
        answer["ETag"] = etag
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _identify(request: PageRequest, lab: Lab) -> tuple[Hashable, ...]:
    """What a page depends on besides the database. A form's token holds as long as its cookie."""
    member = access.get_member(request.user)
    return (
        tuple(getattr(member, name) for name in _VIEWER) if member else None,
        request.get_full_path(), request.get_host(), request.scheme, translation.get_language(),
        request.COOKIES.get(settings.CSRF_COOKIE_NAME),
        tuple(map(request.headers.get, _ASKED)), timezone.localdate(timezone=lab.zone),
    )  # fmt: skip


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    fragments: Sequence[str] = (),
    status: int = 200,
    event: str = "",
) -> HttpResponse:
    """Render the whole page, or the one fragment that htmx asks for.

    A fragment has one name: template partial = element id = `hx-target`. Only listed fragments
    are given; any other target, and a history restore, gets the page. `event` is announced to
    the page after the swap (`review-saved`). Times are said in the lab's zone.
    """
    get_request_lab(request)
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    target = htmx.target if htmx and not htmx.history_restore_request else None
    name = f"{template}#{target}" if target and target in fragments else template
    response = render(request, name, context, status=status)
    if name != template:
        add_messages(request, response)
    return trigger_client_event(response, event) if event else response


def add_messages(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What there is to say goes with a fragment to its place on the page."""
    if len(get_messages(request)):
        response.write(render_to_string("components/messages.html", {"is_oob": True}, request))
    return response


def redirect_page(request: HttpRequest, url: str) -> HttpResponse:
    """Go to another page after a write, with or without JavaScript."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return HttpResponseClientRedirect(url) if htmx else HttpResponseRedirect(url)


def public_reading[**Args](view: PublicView[Args]) -> PublicView[Args]:
    """A page that strangers may read where the lab reads in public; else they sign in."""

    @login_not_required
    @wraps(view)
    def guarded(
        request: PageRequest, /, *args: Args.args, **kwargs: Args.kwargs
    ) -> HttpResponseBase:
        if not access.can_read(request.user, get_request_lab(request)):
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def _require[**Args](
    view: View[Args], may: Callable[[access.Viewer], bool], why: Promise
) -> View[Args]:
    @wraps(view)
    def guarded(
        request: MemberRequest, /, *args: Args.args, **kwargs: Args.kwargs
    ) -> HttpResponseBase:
        if not may(request.user):
            raise PermissionDenied(str(why))
        return view(request, *args, **kwargs)

    return guarded


def require_reviewer[**Args](view: View[Args]) -> View[Args]:
    """Members and curators; readers get 403 with the reason."""
    why = gettext_lazy("Only members can do this. Ask a curator for member access.")
    return _require(view, access.can_review, why)


def require_curator[**Args](view: View[Args]) -> View[Args]:
    """Curators and administrators; others get 403 with the reason."""
    return _require(view, access.can_curate, gettext_lazy("Curators only."))
