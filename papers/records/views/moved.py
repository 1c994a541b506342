"""The address of a paper that was merged leads to the paper that it is now."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from papers import access
from papers.http import get_request_lab
from papers.records.queries.removals import find_successor

_PAPER = re.compile(r"^/papers/(\d{1,18})/(.*)$")
_FORWARD, _FORWARD_FOR_GOOD = 307, 308
"""Redirects on which a browser sends the form again that was typed on the old page."""


class MovedPaperMiddleware:
    """Looks where a page was not found: nothing is asked of the database for those that were.

    What hangs below a paper's address moves with it. As long as a merge can be undone, browsers
    do not remember the new address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, or the way to where the paper is now."""
        response = self.get_response(request)
        if response.status_code != 404:
            return response
        return _find_way(request) or response

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """A form that was sent in the moment of the merge finds no paper only when it is saved."""
        return _find_way(request) if isinstance(exception, IntegrityError) else None


def _find_way(request: HttpRequest) -> HttpResponseBase | None:
    found = _PAPER.match(request.path)
    viewer = getattr(request, "user", None)
    if not found or viewer is None:
        return None
    lab = get_request_lab(request)
    if not access.can_read(viewer, lab):
        return None
    removal = find_successor(int(found[1]), viewer, lab)
    if removal is None or removal.paper is None:
        return None
    return _lead(request, removal.paper.pk, found[2], removal.can_be_undone(timezone.now()))


def _lead(request: HttpRequest, pk: int, rest: str, for_now: bool) -> HttpResponseBase:
    query = request.META.get("QUERY_STRING", "")
    url = f"/papers/{pk}/{rest}" + (f"?{query}" if query else "")
    response = HttpResponseRedirect(url)
    if request.method in ("GET", "HEAD"):
        response.status_code = 302 if for_now else 301
    else:
        response.status_code = _FORWARD if for_now else _FORWARD_FOR_GOOD
    if for_now:
        add_never_cache_headers(response)
    return response
