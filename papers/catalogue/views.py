"""The catalogue: search box, facets, rows."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from papers import access
from papers.catalogue.rows import list_rows
from papers.http import PageRequest, get_request_lab, public_reading, render_page


@require_safe
@public_reading
def paper_list(request: PageRequest) -> HttpResponse:
    """What the lab has, searched and narrowed."""
    lab = get_request_lab(request)
    papers = access.papers_visible_to(request.user, lab).newest_first()[:50]
    context = {"rows": list_rows(papers, request.user, lab)}
    return render_page(request, "catalogue/paper_list.html", context, fragments=["results"])
