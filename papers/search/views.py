"""The page that explains the search language."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from papers.http import PageRequest, get_request_lab, public_reading, render_page
from papers.search.completing import complete
from papers.search.fields import FIELDS


@require_safe
@public_reading
def search_help(request: PageRequest) -> HttpResponse:
    """Every field with an example that can be tried."""
    context = {"fields": list(FIELDS.values()), "year": timezone.localdate().year}
    return render_page(request, "search/search_help.html", context)


@require_safe
@public_reading
def search_completions(request: PageRequest) -> HttpResponse:
    """Ways to go on with the search typed so far: a list of links."""
    text = request.GET.get("q", "").replace("\0", " ")[:500]
    completions = complete(text, by=request.user, lab=get_request_lab(request))
    return render_page(request, "search/_completions.html", {"completions": completions})
