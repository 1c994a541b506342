"""Picking papers by hand, for an export of just those."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from papers.exporting.forms import PicksForm
from papers.exporting.queries.picks import find_picks, list_choices
from papers.exporting.queries.scopes import (
    MOST_PICKED,
    Scope,
    find_scope,
    list_scope_papers,
    read_picks,
)
from papers.exporting.views.files import NOTHING
from papers.http import PageRequest, get_request_lab, public_reading, redirect_page, render_page
from papers.models import Lab
from papers.search.queries import SearchTooLong


@require_http_methods(["GET", "HEAD", "POST"])
@public_reading
def export_picks(request: PageRequest) -> HttpResponse:
    """Papers to tick or to name line by line; what was picked has an address of its own."""
    lab = get_request_lab(request)
    if request.method != "POST" and {"paper", "whole"} & request.GET.keys():
        return _open_ticked(request, request.GET, lab)
    scope = find_scope(request.GET.dict(), request.user, lab)
    if scope is None:
        raise Http404(NOTHING)
    form = PicksForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = find_picks(form.cleaned_data["lines"], request.user, lab)
        ticked = read_picks(request.POST.getlist("paper"), request.user, lab)
        papers = tuple(dict.fromkeys([*ticked, *found.papers]))
        if form.accepts(papers, found.unknown):
            return redirect_page(request, f"{reverse('export')}?{Scope(picked=papers).query}")
    keys = _list_keys(request, scope, lab, timezone.localdate())
    context = {
        "scope": scope, "form": form, "number": len(keys), "most": MOST_PICKED,
        "choices": list_choices(scope, keys),
        "ticked": read_picks(request.POST.getlist("paper"), request.user, lab) or scope.picked,
    }  # fmt: skip
    return render_page(request, "exporting/picks.html", context, status=422 if form.errors else 200)


def _open_ticked(request: PageRequest, asked: QueryDict, lab: Lab) -> HttpResponse:
    """The boxes of a list of papers; a whole result is the search itself."""
    picked = read_picks(asked.getlist("paper"), request.user, lab)
    whole = Scope(search=asked.get("q", "").strip())
    scope = whole if asked.get("whole") else Scope(picked=picked)
    return redirect_page(request, f"{reverse('export')}?{scope.query}".rstrip("?"))


def _list_keys(request: PageRequest, scope: Scope, lab: Lab, today: date) -> list[int]:
    try:
        return list_scope_papers(scope, request.user, lab, today)
    except SearchTooLong:
        return []
