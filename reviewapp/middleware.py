"""What every request passes: the content policy, who may keep an answer, the largest body, and
text in UTF-8 without control characters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.middleware.csp import ContentSecurityPolicyMiddleware

from papers.text.one_line import CONTROL
from reviewapp.urlencoded import read_long_form

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)

PANEL, PANEL_WORDS = "/admin/", "/admin/jsi18n/"
"""The admin panel takes the words of its scripts from one address of Django's, a constant text."""


class ContentPolicyMiddleware(ContentSecurityPolicyMiddleware):
    """Names the static folder instead of 'self' in script-src.

    With plain 'self' an own address that answers with a text somebody wrote could be loaded as
    script; limited to the path nothing but our files can.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Set the policy for this host, and the permissions policy."""
        if not hasattr(response, "_csp_config"):
            policy = {**settings.SECURE_CSP, "script-src": _list_scripts(request)}
            response._csp_config = policy  # type: ignore[attr-defined]
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return super().process_response(request, response)


def _list_scripts(request: HttpRequest) -> list[str]:
    try:
        origin = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:  # The answer says so, and needs no script.
        return ["'none'"]
    in_panel = request.path.startswith(PANEL)
    return [f"{origin}{path}" for path in (settings.STATIC_URL, *([PANEL_WORDS] * in_panel))]


class BodyLimitMiddleware:
    """Refuses a body that no page here takes, before a byte of it is read.

    Django bounds the fields of a form, not its files: these would go to the disk first, also
    those of a stranger, since the token of the form stands among them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdigit() and int(length) > settings.LARGEST_BODY:
            most = settings.LARGEST_BODY // 1_000_000
            sentence = f"More than {most} MB cannot be sent at once; nothing was kept.\n"
            return HttpResponse(sentence, "text/plain", 413)
        return self.get_response(request)


class CacheControlMiddleware:
    """Says of every answer that has not said so itself who may keep it.

    Each page depends on who is signed in: only the browser may keep it, and must ask before it
    shows it again. Pages whose address or text is a secret are kept nowhere.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_secret = request.path.startswith(SECRETS)
        response.headers.setdefault(
            "Cache-Control", "no-store, private" if is_secret else "private, no-cache"
        )
        return response


SECRETS = ("/accounts/", "/invitations/", "/session/", "/profile/", "/mail/")
"""Passwords, links that work once, and the addresses of a member's feeds."""


class EncodingMiddleware:
    """Text comes in UTF-8: other encodings are refused (415) before anything is read.

    Some of them write what no database takes (halves of pairs in UTF-7), others are no encodings
    of text. Long forms are read at once, cheaply. Cookies can hold control characters too, as
    escapes; none of ours does, so such a cookie is not ours.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.lower() not in {"utf-8", "utf8", "us-ascii"}:
            return HttpResponse("Send text as UTF-8.\n", "text/plain", 415)
        read_long_form(request)
        request.COOKIES = {
            name: value for name, value in request.COOKIES.items() if not CONTROL.search(value)
        }
        return self.get_response(request)


class PlainTextMiddleware:
    """Takes control characters out of what is sent: nobody types or sees them.

    The database refuses the first of them, and feeds cannot hold the others, so that one such
    title would close a feed for everybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if CONTROL.search(request.path):
            raise Http404("Control characters in the address.")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        """After the token of a form was checked, which reads the form."""
        request.GET = _clean(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            request.POST = _clean(request.POST)  # type: ignore[assignment]


def _clean(sent: QueryDict) -> QueryDict:
    if not any(CONTROL.search(str(value)) for _, values in sent.lists() for value in values):
        return sent
    kept = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        kept.setlist(name, [CONTROL.sub("", str(value)) for value in values])
    kept._mutable = False
    return kept
