"""A paper's details beside those of a service: look, and take what is better."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import trigger_client_event

from papers import access
from papers.catalogue.actions.papers import PaperExists
from papers.http import (
    MemberRequest,
    get_request_lab,
    redirect_page,
    render_page,
    require_reviewer,
)
from papers.lookups.actions.asking import request_lookup
from papers.lookups.actions.refreshing import take_facts
from papers.lookups.fact_differences import list_differences, make_stamp
from papers.lookups.forms import FactsForm
from papers.lookups.queries import (
    find_lookup,
    find_note,
    find_subject,
    get_found,
    get_service_name,
    list_names,
)
from papers.lookups.service_registry import list_services
from papers.models import Lookup, Paper, PaperLookup

NOTHING_NEW = 204
MINUTE = timedelta(minutes=1)


@require_http_methods(["GET", "HEAD", "POST"])
@require_reviewer
def paper_facts(request: MemberRequest, pk: int) -> HttpResponse:
    """Both values field by field. POST with "look" asks anew, else takes the chosen fields."""
    paper = get_object_or_404(access.papers_editable_by(request.user), pk=pk)
    if request.method != "POST":
        return _show(request, paper)
    if "look" not in request.POST:
        return _take(request, paper)
    lookup = None
    if subject := find_subject(list_names(paper)):
        lookup = request_lookup(subject=subject, at=timezone.now(), newer_than=MINUTE)
    is_waiting = lookup is not None and lookup.state == Lookup.State.WAITING
    if "seen" in request.POST and is_waiting:
        return HttpResponse(status=NOTHING_NEW)
    return _show(request, paper)


def _take(request: MemberRequest, paper: Paper) -> HttpResponse:
    context = _describe(paper)
    found = context["found"]
    names = [one.name for one in context["differences"]]
    form = FactsForm(request.POST, fields=names)
    if not found or not form.is_valid() or form.cleaned_data["seen"] != context["seen"]:
        problem = _("Something changed since you opened this page. Here is how it is now.")
        return _show(request, paper, problem=problem, status=422)
    try:
        paper = take_facts(
            paper=paper, found=found, fields=form.cleaned_data["take"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip
    except PaperExists as refusal:
        return _show(request, paper, problem=str(refusal), status=422)
    messages.success(request, _("Details updated."))
    return redirect_page(request, paper.get_absolute_url())


def _show(
    request: MemberRequest, paper: Paper, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {**_describe(paper), "paper": paper, "problem": problem}
    return render_page(
        request, "lookups/paper_facts.html", context, fragments=["facts"], status=status
    )


def _describe(paper: Paper) -> dict[str, Any]:
    names = list_names(paper)
    subject = find_subject(names)
    lookup = find_lookup(subject) if subject else None
    found = get_found(lookup)
    differences = list_differences(paper, names, found) if found else []
    services = list_services(subject) if subject else []
    name = get_service_name(lookup.service) if lookup else ""
    return {
        "subject": subject,
        "lookup": lookup,
        "found": found,
        "service": name or (services[0].name if services else ""),
        "differences": differences,
        "seen": make_stamp(differences),
    }


@require_safe
def paper_lookup(request: MemberRequest, pk: int) -> HttpResponse:
    """Whether a paper's details have come; a page that waits asks, and loads itself again."""
    papers = access.papers_visible_to(request.user, get_request_lab(request))
    paper = get_object_or_404(papers, pk=pk)
    note = find_note(paper)
    if note and note.state == PaperLookup.State.WAITING:
        return HttpResponse(status=NOTHING_NEW)
    response = render_page(request, "lookups/lookup_note.html", {"paper": paper, "note": note})
    return trigger_client_event(response, "details-came")
