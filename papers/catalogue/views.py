"""The catalogue: search box, facets, rows."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import replace_url

from papers.catalogue.queries import Asked, get_catalogue_page
from papers.http import PageRequest, get_request_lab, keep_page, public_reading, render_page


@require_safe
@public_reading
def paper_list(request: PageRequest) -> HttpResponse:
    """What the lab has, searched and narrowed; with `typing` the last word may be unfinished."""
    return keep_page(request, lambda: _show_list(request))


def _show_list(request: PageRequest) -> HttpResponse:
    typing = "typing" in request.GET
    page = get_catalogue_page(
        Asked.read(request.GET),
        request.user,
        get_request_lab(request),
        today=timezone.localdate(),
        typing=typing,
    )
    is_part = request.htmx.target == "results" and not request.htmx.history_restore_request
    is_followed = is_part and request.htmx.boosted
    context = {"page": page, "no_search": True, "is_part": is_part, "is_followed": is_followed}
    answer = render_page(request, "catalogue/paper_list.html", context, fragments=["results"])
    return replace_url(answer, page.url) if typing and request.htmx else answer
