"""Duplicates: those of one paper, which members suggest, and the curators' list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from papers import access
from papers.catalogue.actions.papers import find_alike
from papers.curation.views.lab import list_tabs
from papers.http import (
    MemberRequest,
    get_request_lab,
    redirect_page,
    render_page,
    require_curator,
    require_reviewer,
)
from papers.models import Paper
from papers.records.actions.suggesting import SamePaper, suggest_duplicate
from papers.records.forms import SuggestionForm
from papers.records.queries.duplicates import list_likely, list_likely_of
from papers.records.queries.finding import find_paper
from papers.writing.views import once


@require_safe
@require_curator
def duplicate_list(request: MemberRequest) -> HttpResponse:
    """Papers that may be one work: suggested by members, then found by rules."""
    context = {"likely": list_likely(request.user), "tabs": list_tabs("duplicates")}
    return render_page(request, "records/duplicate_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require_reviewer
@once
def paper_duplicates(request: MemberRequest, pk: int) -> HttpResponse:
    """What may be the same work as this paper; a POST tells the curators."""
    lab = get_request_lab(request)
    paper = get_object_or_404(access.papers_visible_to(request.user, lab), pk=pk)
    form = SuggestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        other = find_paper(form.cleaned_data["other"], request.user, lab)
        if other is None:
            form.add_error("other", _("No paper here has this address, identifier or title."))
        else:
            return _suggest(request, paper, other, form)
    context = {
        "paper": paper,
        "form": form,
        "likely": list_likely_of(paper, request.user, find_alike(paper.title)),
    }
    status = 422 if form.errors else 200
    return render_page(request, "records/paper_duplicates.html", context, status=status)


def _suggest(
    request: MemberRequest, paper: Paper, other: Paper, form: SuggestionForm
) -> HttpResponse:
    try:
        pair = suggest_duplicate(
            paper=paper,
            other=other,
            by=request.user,
            at=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
    except SamePaper as refusal:
        form.add_error("other", str(refusal))
        context = {"paper": paper, "form": form, "likely": []}
        return render_page(request, "records/paper_duplicates.html", context, status=422)
    if access.can_curate(request.user):
        return redirect_page(request, reverse("merge", args=[pair.one_id, pair.other_id]))
    messages.success(request, _("Suggested. A curator will compare both papers."))
    return redirect_page(request, paper.get_absolute_url())
