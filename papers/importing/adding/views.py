"""Add a paper: paste anything, look, one click."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from papers.catalogue.actions.papers import PaperExists, PaperLooksKnown, add_paper
from papers.http import (
    MemberRequest,
    get_request_lab,
    redirect_page,
    render_page,
    require_reviewer,
)
from papers.importing.adding.actions import add_and_claim_paper
from papers.importing.adding.forms import NewPaperForm, fill_in, list_values
from papers.importing.adding.queries import find_known
from papers.importing.adding.sandboxed import read_pasted
from papers.importing.reading.naming import Pasted
from papers.models import Paper
from papers.rows.queries import list_rows
from papers.topics.queries.tree import find_chosen_topics, list_topic_choices
from papers.writing.views import once


@require_http_methods(["GET", "HEAD", "POST"])
@require_reviewer
def paper_new(request: MemberRequest) -> HttpResponseBase:
    """Add a paper; likely duplicates are shown before anything is made."""
    data: QueryDict = request.POST if request.method == "POST" else request.GET
    if request.method != "POST" or "look" in request.POST:
        return _show_recognized(request, data)
    return _make(request)


@once
def _make(request: MemberRequest) -> HttpResponse:
    data: QueryDict = request.POST
    if not any(data.get(name, "").strip() for name in ("title", "names")):
        data = fill_in(data, list_values(read_pasted(data.get("anything", ""))))
    form = NewPaperForm(data, topics=list_topic_choices(request.user, get_request_lab(request)))
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        paper = _add(request, form)
    except PaperExists as refusal:
        return _show(request, form, same=refusal.paper, status=422)
    except PaperLooksKnown as refusal:
        return _show(request, form, alike=refusal.papers, status=422)
    return redirect_page(request, paper.get_absolute_url())


def _add(request: MemberRequest, form: NewPaperForm) -> Paper:
    lab, at = get_request_lab(request), timezone.now()
    facts = form.get_facts()
    topics = find_chosen_topics(request.user, lab, form.cleaned_data.get("topics", []))
    alike = form.cleaned_data["although_alike"]
    if "claim" not in request.POST:
        paper = add_paper(facts=facts, topics=topics, although_alike=alike, by=request.user, at=at)
        messages.success(request, _("Paper added."))
        return paper
    paper, refusal = add_and_claim_paper(
        facts=facts, topics=topics, although_alike=alike, by=request.user, at=at
    )
    if refusal:
        messages.warning(request, _("Paper added, but not claimed: %(why)s") % {"why": refusal})
    else:
        messages.success(request, _("Paper added and claimed. You'll find it on your desk."))
    return paper


def _show_recognized(request: MemberRequest, data: QueryDict) -> HttpResponse:
    """The form with its empty fields filled from what was pasted; nothing is made."""
    lab = get_request_lab(request)
    pasted = read_pasted(data.get("anything", ""))
    values = list_values(pasted)
    filled = fill_in(data, values)
    start: dict[str, object] = {name: filled.get(name, "") for name in NewPaperForm.base_fields}
    start["topics"] = filled.getlist("topics") or ""
    form = NewPaperForm(initial=start, topics=list_topic_choices(request.user, lab))
    return _show(request, form, pasted=pasted, values=values)


def _show(
    request: MemberRequest,
    form: NewPaperForm,
    *,
    pasted: Pasted | None = None,
    values: dict[str, str] | None = None,
    same: Paper | None = None,
    alike: Sequence[Paper] = (),
    status: int = 200,
) -> HttpResponse:
    lab = get_request_lab(request)
    known = [same] if same else list(alike)
    here = find_known(pasted, by=request.user, lab=lab) if pasted and pasted.kind else None
    context = {
        "form": form,
        "same": same,
        "known": list_rows(known, request.user, lab) if known else [],
        "pasted": pasted,
        "values": values or {},
        "is_same": here.is_same if here else False,
        "here": list_rows(here.papers, request.user, lab) if here and here.papers else [],
    }
    parts = ["paper-form", "recognized"]
    return render_page(request, "importing/paper_new.html", context, fragments=parts, status=status)
