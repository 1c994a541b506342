"""What every page may count on: the lab, the member, and the topics beside the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from papers import access
from papers.curation.appearance.queries import Announcement, find_announcement
from papers.http import get_request_lab, get_request_state
from papers.languages import get_script_texts
from papers.models import Member
from papers.topics.index_html import render_index
from papers.topics.queries.tree import list_nav_topics


@dataclass(frozen=True, slots=True)
class Bar:
    """What the bar at the head of a page says of the lab and of whoever is signed in."""

    lab: str
    logo: str = ""
    logo_alt: str = ""
    name: str = ""
    handle: str = ""
    initials: str = ""
    role: str = ""
    theme: str = ""
    unread: int = 0
    may_add: bool = False
    is_curator: bool = False
    is_staff: bool = False
    may_search: bool = False


def _make_bar(request: HttpRequest, me: Member | None) -> Bar:
    lab = get_request_lab(request)
    logo = reverse("logo", args=[lab.logo_id]) if lab.logo_id else ""
    if me is None:
        return Bar(str(lab), logo, lab.logo_alt, may_search=access.can_read(None, lab))
    return Bar(
        lab=str(lab),
        logo=logo,
        logo_alt=lab.logo_alt,
        may_search=True,
        name=me.name or me.handle,
        handle=me.handle,
        initials=me.initials,
        role=me.get_role_display().lower(),
        theme=me.theme,
        unread=me.unread,
        may_add=access.can_add_papers(me),
        is_curator=access.can_curate(me),
        is_staff=me.is_staff,
    )


def _find_announcement(request: HttpRequest, me: Member | None) -> Announcement | None:
    lab = get_request_lab(request)
    return find_announcement(lab, me, timezone.localdate(timezone=lab.zone)) if me else None


def _make_index(request: HttpRequest, viewer: access.Viewer) -> SafeString:
    """The topics beside the text; empty without topics."""
    lab, state = get_request_lab(request), get_request_state(request)
    nodes = list_nav_topics(viewer, lab, state=state)
    return render_index(nodes) if nodes else SafeString()


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Context of every template; what is not shown costs no query."""
    viewer = getattr(request, "user", None)
    match = request.resolver_match
    me = access.get_member(viewer)
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "lab": SimpleLazyObject(lambda: get_request_lab(request)),
        "LANGUAGE_CODE": language,
        "script_texts": get_script_texts(language),
        "me": me,
        "announcement": SimpleLazyObject(lambda: _find_announcement(request, me)),
        "is_in": me is not None,
        "bar": SimpleLazyObject(lambda: _make_bar(request, me)),
        "may_review": access.can_review(viewer),
        "may_curate": access.can_curate(viewer),
        "nav": (match.url_name or "").split("-")[0] if match else "",
        "nav_index": SimpleLazyObject(lambda: _make_index(request, viewer)),
    }
