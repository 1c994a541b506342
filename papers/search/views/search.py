"""The page that explains the search language, and lists that grow while one types."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from papers.http import (
    MemberRequest,
    PageRequest,
    get_request_lab,
    public_reading,
    render_page,
)
from papers.search.language.search_fields import FIELDS
from papers.search.palette.completion import complete
from papers.search.palette.queries import find_mentioned_papers, list_mentions, list_palette

LONGEST = 200
"""Characters of a text that the palette reads."""


@require_safe
@public_reading
def search_help(request: PageRequest) -> HttpResponse:
    """Every field with an example that can be tried."""
    context = {"fields": list(FIELDS.values()), "year": timezone.localdate().year}
    return render_page(request, "search/search_help.html", context)


@require_safe
def shortcut_list(request: MemberRequest) -> HttpResponse:
    """The keys of the house, which `?` shows in a dialog."""
    return render_page(request, "search/shortcuts.html", fragments=["shortcuts"])


@require_safe
@public_reading
def search_completions(request: PageRequest) -> HttpResponse:
    """Ways to go on with the search typed so far: a list of links.

    With `hits` papers that answer it stand below, for boxes that show no results beside them.
    """
    text, lab = request.GET.get("q", "").replace("\0", " ")[:500], get_request_lab(request)
    context: dict[str, object] = {"completions": complete(text, by=request.user, lab=lab)}
    if "hits" in request.GET:
        today, asked = timezone.localdate(), text.strip()[:LONGEST]
        finds = find_mentioned_papers(asked, by=request.user, lab=lab, today=today)
        context["hits"] = finds
    return render_page(request, "search/_completions.html", context)


@require_safe
def palette(request: MemberRequest) -> HttpResponse:
    """Go anywhere by a few letters: a page of links, which Ctrl+K shows in a dialog."""
    text, lab = _read(request), get_request_lab(request)
    groups = list_palette(text, by=request.user, lab=lab, today=timezone.localdate())
    context = {"text": text, "groups": groups, "no_search": True}
    return render_page(request, "search/palette.html", context, fragments=["finds"])


@require_safe
def mention_list(request: MemberRequest) -> HttpResponse:
    """Whom or what `@ad` or `#atten` could mean, for the completion of a text."""
    text, lab = _read(request), get_request_lab(request)
    finds = list_mentions(text, by=request.user, lab=lab, today=timezone.localdate())
    return render_page(request, "search/_mentions.html", {"finds": finds})


def _read(request: PageRequest) -> str:
    return request.GET.get("q", "").replace("\0", " ").strip()[:LONGEST]
