"""A paper's facts put right, and its citation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from papers import access
from papers.catalogue.actions.citation_keys import assign_citation_keys
from papers.catalogue.actions.papers import PaperExists, change_paper
from papers.catalogue.forms import PaperEditForm, PaperForm, make_paper_initial
from papers.catalogue.queries.title_page import make_paper_bibtex
from papers.http import (
    MemberRequest,
    PageRequest,
    get_request_lab,
    public_reading,
    redirect_page,
    render_page,
    require_reviewer,
)
from papers.models import CitationKey, Paper
from papers.rows.queries import list_rows
from papers.text.titles import title_slug
from papers.topics.queries.tree import find_chosen_topics, list_topic_choices
from papers.writing.views import in_turn


@require_http_methods(["GET", "HEAD", "POST"])
@require_reviewer
@in_turn
def paper_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a paper's facts right."""
    paper = get_object_or_404(access.papers_editable_by(request.user), pk=pk)
    choices = list_topic_choices(request.user, get_request_lab(request))
    if request.method != "POST":
        return _show_edit(request, paper, PaperEditForm(initial=_read(paper), topics=choices))
    form = PaperEditForm(request.POST, initial=_read(paper), topics=choices)
    if not form.is_valid():
        return _show_edit(request, paper, form, status=422)
    try:
        paper = change_paper(
            paper=paper,
            facts=form.get_facts(paper),
            topics=find_chosen_topics(
                request.user, get_request_lab(request), form.cleaned_data.get("topics", [])
            ),
            by=request.user,
            at=timezone.now(),
        )
    except PaperExists as refusal:
        return _show_edit(request, paper, form, same=refusal.paper, status=422)
    messages.success(request, _("Changes saved."))
    return redirect_page(request, paper.get_absolute_url())


@require_safe
@public_reading
def paper_citation(request: PageRequest, pk: int) -> HttpResponse:
    """The paper as a BibTeX file."""
    papers = access.papers_visible_to(request.user, get_request_lab(request))
    paper = get_object_or_404(papers, pk=pk)
    assign_citation_keys([paper.pk])
    key = str(CitationKey.objects.get(paper=paper))
    identifiers = list(paper.identifiers.order_by("pk").values_list("kind", "value"))
    name = f"{title_slug(paper.title) or 'paper'}.bib"
    return HttpResponse(
        make_paper_bibtex(paper, identifiers, key=key),
        content_type="application/x-bibtex; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


def _read(paper: Paper) -> dict[str, object]:
    identifiers = paper.identifiers.order_by("pk").values_list("kind", "value")
    links = paper.links.values_list("url", flat=True)
    topics = [str(pk) for pk in paper.listings.values_list("topic", flat=True)]
    return {**make_paper_initial(paper, identifiers, links), "topics": topics}


def _show_edit(
    request: MemberRequest,
    paper: Paper,
    form: PaperForm,
    *,
    same: Paper | None = None,
    status: int = 200,
) -> HttpResponse:
    known = list_rows([same], request.user, get_request_lab(request)) if same else []
    context = {"form": form, "paper": paper, "same": same, "known": known}
    return render_page(
        request, "catalogue/paper_edit.html", context, fragments=["paper-form"], status=status
    )
