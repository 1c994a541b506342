"""The guide, for everyone who may read the lab."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from papers.help.contents import PAGES, find_page
from papers.http import PageRequest, public_reading, render_page


@require_safe
@public_reading
def help_index(request: PageRequest) -> HttpResponse:
    """All pages of the guide."""
    return render_page(request, "help/index.html", {"pages": PAGES})


@require_safe
@public_reading
def help_page(request: PageRequest, name: str) -> HttpResponse:
    """One page with its picture and the ways to the others."""
    page = find_page(name)
    if page is None:
        raise Http404("There is no help page at this address.")
    place = PAGES.index(page)
    context = {
        "page": page,
        "pages": PAGES,
        "later": PAGES[place + 1] if place + 1 < len(PAGES) else None,
    }
    return render_page(request, page.template, context)
