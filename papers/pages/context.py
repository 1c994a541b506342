"""What every page may count on: the lab, the member, and the topics beside the text."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from papers import access
from papers.catalogue.tree import list_nav_topics
from papers.http import get_request_lab


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Context of every template; what is not shown costs no query."""
    viewer = getattr(request, "user", None)
    match = request.resolver_match
    return {
        "lab": SimpleLazyObject(lambda: get_request_lab(request)),
        "me": access.get_member(viewer),
        "may_review": access.can_review(viewer),
        "may_curate": access.can_curate(viewer),
        "nav": (match.url_name or "").split("-")[0] if match else "",
        "nav_topics": SimpleLazyObject(lambda: list_nav_topics(viewer, get_request_lab(request))),
    }
