"""The catalogue: search box, facets, rows."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import replace_url

from papers.catalogue.paper_list.queries.catalogue_page import (
    USUAL_SIZE,
    CatalogueRequest,
    get_catalogue_page,
)
from papers.catalogue.paper_list.queries.matches import find_matches
from papers.http import (
    PageRequest,
    get_request_lab,
    get_request_state,
    public_reading,
    redirect_page,
    render_if_changed,
    render_page,
)
from papers.rows.row_html import render_later_matches
from papers.text.numbers import read_number


@require_safe
@public_reading
def paper_list(request: PageRequest) -> HttpResponse:
    """What the lab has, searched and narrowed; with `typing` the last word may be unfinished."""
    return render_if_changed(request, lambda: _show_list(request))


@require_safe
@public_reading
def passage_list(request: PageRequest) -> HttpResponse:
    """Where the words of a search stand in some papers; the rows fetch it as they are seen."""
    asked = CatalogueRequest.read(request.GET)
    if not request.htmx:
        return redirect_page(request, asked.make_url(asked.text))
    return render_if_changed(request, lambda: _show_passages(request, asked))


def _show_passages(request: PageRequest, asked: CatalogueRequest) -> HttpResponse:
    named = map(read_number, request.GET.get("papers", "").split(",")[:USUAL_SIZE])
    papers = [key for key in named if key is not None]
    lab, typing = get_request_lab(request), "typing" in request.GET
    found = find_matches(asked.text, papers, request.user, lab, typing=typing)
    return HttpResponse(render_later_matches(found))


def _show_list(request: PageRequest) -> HttpResponse:
    typing = "typing" in request.GET
    page = get_catalogue_page(
        CatalogueRequest.read(request.GET),
        request.user,
        get_request_lab(request),
        today=timezone.localdate(),
        typing=typing,
        state=get_request_state(request),
    )
    is_part = request.htmx.target == "results" and not request.htmx.history_restore_request
    is_followed = is_part and request.htmx.boosted
    context = {"page": page, "no_search": True, "is_part": is_part, "is_followed": is_followed}
    answer = render_page(request, "catalogue/paper_list.html", context, fragments=["results"])
    return replace_url(answer, page.url) if typing and request.htmx else answer
