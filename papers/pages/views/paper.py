"""The paper's page, where the catalogue, claims, reviews, experiments and talk meet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from papers import access
from papers.catalogue.queries.similar import list_similar
from papers.catalogue.queries.title_page import get_title_page
from papers.discussion.queries import list_threads
from papers.experiments.queries import list_paper_experiments
from papers.http import PageRequest, get_request_lab, public_reading, render_if_changed, render_page
from papers.lookups.queries import list_newest, make_note
from papers.meetings.queries.paper_meetings import list_paper_meetings
from papers.models import Lab
from papers.pages.queries.paper_history import list_history
from papers.reviews.queries import list_reviews

TAKEAWAYS = 4
"""So many sentences of reviewers stand below the title."""


@require_safe
@public_reading
def paper_detail(request: PageRequest, pk: int, slug: str = "") -> HttpResponse:
    """Everything that the lab knows of a paper; an old or missing slug leads to the right one."""
    return render_if_changed(request, lambda: _show_paper(request, pk))


def _show_paper(request: PageRequest, pk: int) -> HttpResponse:
    context = _gather(pk, request.user, get_request_lab(request))
    if context is None:
        raise Http404("There is no paper at this address.")
    address = context["paper"].get_absolute_url()
    if request.path != address:
        return HttpResponsePermanentRedirect(_keep_query(request, address))
    return render_page(request, "pages/paper_detail.html", context)


def _gather(pk: int, viewer: access.Viewer, lab: Lab) -> dict[str, Any] | None:
    """What each room has to say about the paper; None without such a paper."""
    page = get_title_page(pk, viewer, lab)
    if page is None:
        return None
    reviews = list_reviews(page.paper, viewer, lab)
    quoted = [card for card in reviews.cards if card.takeaway][:TAKEAWAYS]
    above = {card.id for card in quoted}
    cards = [replace(card, is_quoted=card.id in above) for card in reviews.cards]
    return {
        "page": page,
        "paper": page.paper,
        "reviews": replace(reviews, cards=cards),
        "takeaways": quoted,
        "experiments": list_paper_experiments(page.paper, viewer, lab),
        "discussion": list_threads(page.paper, viewer, lab),
        "talk": list_paper_meetings(page.paper, viewer, lab),
        "note": make_note(**page.lookup) if page.lookup else None,
        "updates": list_newest(
            page.updates,
            added_on=page.paper.added_at.date(),
            known=[one.value for one in page.identifiers],
        ),
        "is_member": access.get_member(viewer) is not None,
        "today": timezone.localdate(),
    }


@require_safe
@public_reading
def paper_history(request: PageRequest, pk: int) -> HttpResponse:
    """What happened to a paper; its page fetches it when it is asked for."""
    viewer, lab = request.user, get_request_lab(request)
    paper = get_object_or_404(access.papers_visible_to(viewer, lab), pk=pk)
    context = {"paper": paper, "history": list_history(paper, viewer, lab)}
    return render_page(request, "pages/paper_history.html", context, fragments=["history"])


@require_safe
@public_reading
def paper_similar(request: PageRequest, pk: int) -> HttpResponse:
    """Papers like this one; its page fetches them when they come into view."""
    viewer, lab = request.user, get_request_lab(request)
    paper = get_object_or_404(access.papers_visible_to(viewer, lab), pk=pk)
    context = {"paper": paper, "similar": list_similar(paper, viewer, lab)}
    return render_page(request, "pages/paper_similar.html", context, fragments=["similar"])


def _keep_query(request: PageRequest, path: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path
