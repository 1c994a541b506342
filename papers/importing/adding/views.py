"""Add a paper: paste anything, look, one click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from papers.catalogue.actions.papers import PaperExists, PaperLooksKnown
from papers.http import (
    MemberRequest,
    PageRequest,
    get_request_lab,
    redirect_page,
    render_page,
    require_reviewer,
)
from papers.importing.adding.actions import Source, add_found_paper
from papers.importing.adding.completing import complete
from papers.importing.adding.forms import NewPaperForm, fill_in, read_shared
from papers.importing.adding.queries import (
    Recognized,
    choose_subject,
    find_known,
    is_unchanged,
    read_recognized,
)
from papers.importing.adding.sandboxed import read_pasted
from papers.importing.adding.sharing import make_bookmarklet, make_manifest
from papers.lookups.actions.asking import request_lookup
from papers.lookups.queries import find_lookup
from papers.models import Paper
from papers.rows.queries import list_rows
from papers.topics.queries.tree import find_chosen_topics, list_topic_choices
from papers.writing.views import once

NOTHING_NEW = 204


@require_http_methods(["GET", "HEAD", "POST"])
@require_reviewer
def paper_new(request: MemberRequest) -> HttpResponseBase:
    """Add a paper; likely duplicates are shown before anything is made.

    With "look", what was pasted is shown, and other services are asked; "seen" is what a page
    that waits for them shows. GET makes and asks nothing, whoever wrote its address.
    """
    if request.method != "POST":
        return _show_recognized(request, read_shared(request.GET))
    if "look" not in request.POST:
        return _make(request)
    if is_unchanged(request.POST.get("seen", ""), timezone.now()):
        return HttpResponse(status=NOTHING_NEW)
    return _show_recognized(request, request.POST)


@once
def _make(request: MemberRequest) -> HttpResponse:
    data, source = complete(request.POST)
    form = NewPaperForm(data, topics=list_topic_choices(request.user, get_request_lab(request)))
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        paper = _add(request, form, source)
    except PaperExists as refusal:
        return _show(request, form, same=refusal.paper, status=422)
    except PaperLooksKnown as refusal:
        return _show(request, form, alike=refusal.papers, status=422)
    return redirect_page(request, paper.get_absolute_url())


def _add(request: MemberRequest, form: NewPaperForm, source: Source | None) -> Paper:
    is_claimed = "claim" in request.POST
    paper, refusal = add_found_paper(
        facts=form.get_facts(),
        topics=find_chosen_topics(
            request.user, get_request_lab(request), form.cleaned_data.get("topics", [])
        ),
        although_alike=form.cleaned_data["although_alike"],
        source=source,
        is_claimed=is_claimed,
        by=request.user,
        at=timezone.now(),
    )
    if refusal:
        messages.warning(request, _("Paper added, but not claimed: %(why)s") % {"why": refusal})
    elif is_claimed:
        messages.success(request, _("Paper added and claimed. You'll find it on your desk."))
    else:
        messages.success(request, _("Paper added."))
    return paper


def _show_recognized(request: MemberRequest, data: QueryDict) -> HttpResponse:
    """The form with its empty fields filled from what was pasted and looked up."""
    known = _recognize(data, may_ask=request.method == "POST")
    filled = fill_in(data, known.values)
    start: dict[str, object] = {name: filled.get(name, "") for name in NewPaperForm.base_fields}
    start["topics"] = filled.getlist("topics") or ""
    topics = list_topic_choices(request.user, get_request_lab(request))
    return _show(request, NewPaperForm(initial=start, topics=topics), recognized=known)


def _recognize(data: QueryDict, *, may_ask: bool) -> Recognized:
    """What was pasted, and what is known of it elsewhere."""
    at, shared = timezone.now(), data.get("shared", "")
    pasted = read_pasted(data.get("anything", ""))
    subject = choose_subject("\n".join(pasted.names) or data.get("names", ""))
    lookup = None
    if subject:
        lookup = request_lookup(subject=subject, at=at) if may_ask else find_lookup(subject)
    return read_recognized(pasted, lookup, subject, shared, at)


def _show(
    request: MemberRequest,
    form: NewPaperForm,
    *,
    recognized: Recognized | None = None,
    same: Paper | None = None,
    alike: Sequence[Paper] = (),
    status: int = 200,
) -> HttpResponse:
    lab = get_request_lab(request)
    papers = [same] if same else list(alike)
    context: dict[str, object] = {
        "form": form,
        "same": same,
        "known": list_rows(papers, request.user, lab) if papers else [],
        "filled": any(form.initial.values()),
    }
    if recognized:
        context |= _describe(request, recognized)
    parts = ["paper-form", "recognized"]
    return render_page(request, "importing/paper_new.html", context, fragments=parts, status=status)


def _describe(request: MemberRequest, recognized: Recognized) -> dict[str, object]:
    lab, pasted, values = get_request_lab(request), recognized.pasted, recognized.values
    here = None
    if pasted.kind:
        title = pasted.title or values.get("title", "")
        names = values.get("names", "")
        here = find_known(replace(pasted, title=title), names, by=request.user, lab=lab)
    return {
        "pasted": pasted,
        "values": values,
        "asked": recognized.asked,
        "subject": recognized.subject,
        "is_same": here.is_same if here else False,
        "here": list_rows(here.papers, request.user, lab) if here and here.papers else [],
    }


@require_safe
@require_reviewer
def bookmarklet(request: MemberRequest) -> HttpResponse:
    """How to add the page one is on, from a browser or a phone."""
    return render_page(request, "importing/bookmarklet.html", {"script": make_bookmarklet()})


@require_safe
@login_not_required
def manifest(request: PageRequest) -> JsonResponse:
    """What makes the site an app to which a phone shares pages. Browsers ask without a cookie."""
    return JsonResponse(make_manifest(), content_type="application/manifest+json")
