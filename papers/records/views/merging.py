"""Merging two papers: what moves is shown first; and a reviewer's answer about her two reviews."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from papers import access
from papers.accounts.confirming.views import recent_sign_in
from papers.http import (
    MemberRequest,
    get_request_lab,
    redirect_page,
    render_page,
    require_curator,
    require_reviewer,
)
from papers.models import Event, Paper, Removal
from papers.records.actions.besides import keep_both, keep_this
from papers.records.actions.merging import FACTS, MergeRefused, merge_papers
from papers.records.actions.suggesting import keep_apart
from papers.records.forms import MergeForm
from papers.records.joining.patience import Busy
from papers.records.queries.preview import preview_merge
from papers.writing.views import offer_undo, once


@require_http_methods(["GET", "HEAD", "POST"])
@require_curator
@recent_sign_in
@once
def merge(request: MemberRequest, one: int, other: int) -> HttpResponse:
    """Two papers beside each other, and what merging them does; a POST merges or keeps apart."""
    papers = access.papers_visible_to(request.user, get_request_lab(request)).in_bulk([one, other])
    if len(papers) < 2:
        return _lead_on(request, one, other)
    if request.POST.get("act") == "different":
        return _keep_apart(request, papers[one], papers[other])
    form = MergeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.cleaned_data["keep"] in papers:
        kept = papers[form.cleaned_data["keep"]]
        gone = papers[other if kept.pk == one else one]
        at = timezone.now()
        try:
            removal = merge_papers(
                kept=kept,
                gone=gone,
                take=form.cleaned_data["take"],
                by=request.user,
                at=at,
            )
        except (MergeRefused, Busy) as refusal:
            messages.warning(request, str(refusal))
            return redirect_page(request, reverse("merge", args=[one, other]))
        return _answer(request, removal, kept, at)
    return _show(request, papers[one], papers[other])


def _show(request: MemberRequest, one: Paper, other: Paper) -> HttpResponse:
    """The older record stays unless `keep` says otherwise."""
    kept, gone = sorted([one, other], key=lambda paper: (paper.added_at, paper.pk))
    if request.GET.get("keep") == str(gone.pk):
        kept, gone = gone, kept
    lab = get_request_lab(request)
    preview = preview_merge(kept, gone, request.user, lab, FACTS)
    status = 422 if request.method == "POST" else 200
    context = {"preview": preview, "one": one, "other": other}
    return render_page(request, "records/merge.html", context, status=status)


def _answer(request: MemberRequest, removal: Removal, kept: Paper, at: datetime) -> HttpResponse:
    said = _("Merged. “%(title)s” now leads here. You can undo this for 30 days.")
    offer_undo(request, said % {"title": removal.name}, Event.Kind.PAPER_MERGED, at)
    kept.refresh_from_db()
    return redirect_page(request, kept.get_absolute_url())


def _keep_apart(request: MemberRequest, one: Paper, other: Paper) -> HttpResponse:
    keep_apart(paper=one, other=other, by=request.user, at=timezone.now())
    messages.success(request, _("Kept as two papers. They won't be suggested again."))
    return redirect_page(request, reverse("duplicates"))


def _lead_on(request: MemberRequest, one: int, other: int) -> HttpResponse:
    """What somebody has merged meanwhile is said, not a page that is missing."""
    done = access.removals_visible_to(request.user).current().mergers()
    removal = done.filter(gone__in=[one, other]).select_related("paper").first()
    if removal is None or removal.paper is None:
        raise Http404("There are no two such papers.")
    messages.info(request, _("These papers have been merged already."))
    return redirect_page(request, removal.paper.get_absolute_url())


@require_POST
@require_reviewer
@once
def review_beside(request: MemberRequest, pk: int) -> HttpResponse:
    """One's own second review of a paper: keep both, or only this one."""
    rows = access.reviews_editable_by(request.user).select_related("paper")
    review = get_object_or_404(rows, pk=pk)
    if request.POST.get("act") == "this":
        keep_this(review=review, by=request.user, at=timezone.now())
        messages.success(request, _("Kept this review. You can restore the other for 30 days."))
    else:
        keep_both(review=review, by=request.user)
        messages.success(request, _("Kept both reviews."))
    return redirect_page(request, review.paper.get_absolute_url())
