"""What every page may count on: the lab, the member, and the topics beside the text."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from papers import access
from papers.catalogue.tree import TopicNode, list_nav_topics
from papers.http import get_request_lab
from papers.kept import keep


def _keep_topics(request: HttpRequest, viewer: access.Viewer) -> list[TopicNode]:
    """The topics beside the text, the same for all who may read."""
    lab = get_request_lab(request)
    may_read = access.can_read(viewer, lab)
    return keep(lambda: list_nav_topics(viewer, lab), "nav_topics", may_read)


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Context of every template; what is not shown costs no query."""
    viewer = getattr(request, "user", None)
    match = request.resolver_match
    me = access.get_member(viewer)
    return {
        "lab": SimpleLazyObject(lambda: get_request_lab(request)),
        "me": me,
        "unread": me.unread if me else 0,
        "may_review": access.can_review(viewer),
        "may_curate": access.can_curate(viewer),
        "nav": (match.url_name or "").split("-")[0] if match else "",
        "nav_topics": SimpleLazyObject(lambda: _keep_topics(request, viewer)),
    }
