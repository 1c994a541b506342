"""Published reviews: side by side, versions, taking back, and writing away from the web."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from papers import access
from papers.http import (
    MemberRequest,
    PageRequest,
    get_request_lab,
    public_reading,
    render_page,
    require_reviewer,
)
from papers.models import CritiquePoint, Event, Paper, ReviewRevision
from papers.reviews import queries
from papers.reviews.actions.critique import mark_points, note_paper_version
from papers.reviews.actions.publishing import delete_review, restore_review, restore_version
from papers.reviews.drafts.actions import save_draft
from papers.reviews.drafts.author_state import StaleDraft, TooLate
from papers.reviews.drafts.offline_file import read_review, write_review
from papers.reviews.forms import ReviewForm, UploadForm
from papers.reviews.views.editor import show_conflict, show_editor
from papers.text.numbers import read_number
from papers.text.sections import PARTS
from papers.writing.views import offer_undo, once

LAST_VERSION = 999_999


@require_safe
@public_reading
def review_list(request: PageRequest, pk: int) -> HttpResponse:
    """All reviews of a paper: sections as rows, reviewers as columns."""
    lab = get_request_lab(request)
    paper = get_object_or_404(access.papers_visible_to(request.user, lab), pk=pk)
    reviews = queries.list_reviews(paper, request.user, lab)
    context = {"paper": paper, "reviews": reviews, "sections": PARTS}
    return render_page(request, "reviews/review_list.html", context)


@require_safe
@public_reading
def review_versions(request: PageRequest, pk: int) -> HttpResponse:
    """Two versions and the words that changed; the newest two unless the address names others."""
    lab = get_request_lab(request)
    rows = access.reviews_visible_to(request.user, lab).select_related("paper", "member")
    review = get_object_or_404(rows, pk=pk)
    new = _get_number(request, "new", review.number)
    old = _get_number(request, "old", max(1, new - 1))
    pair = queries.get_version_pair(review, request.user, lab, old, new)
    revisions = access.revisions_visible_to(request.user, lab).filter(review=review)
    context = {
        "review": review,
        "pair": pair,
        "revisions": revisions.select_related("published_by"),
        "may_restore": review.member_id == request.user.pk,
    }
    return render_page(request, "reviews/review_versions.html", context)


@require_POST
@require_reviewer
def version_return(request: MemberRequest, pk: int) -> HttpResponse:
    """Publish an earlier version again, as a new one."""
    review = get_object_or_404(access.reviews_editable_by(request.user).current(), pk=pk)
    number = _get_number(request, "number", 0)
    revision = get_object_or_404(ReviewRevision, review=review, number=number)
    restore_version(revision=revision, by=request.user, at=timezone.now())
    messages.success(request, _("Restored version %(n)s.") % {"n": number})
    return redirect("review-versions", pk=pk)


@require_POST
@require_reviewer
def review_deletion(request: MemberRequest, pk: int) -> HttpResponse:
    """Take one's review off every page."""
    review = get_object_or_404(access.reviews_editable_by(request.user), pk=pk)
    at = timezone.now()
    delete_review(review=review, by=request.user, at=at)
    said = _("Review deleted. You can restore it for 30 days.")
    offer_undo(request, said, Event.Kind.REVIEW_DELETED, at)
    return redirect("review-editor", pk=review.paper_id)


@require_POST
@require_reviewer
def review_return(request: MemberRequest, pk: int) -> HttpResponse:
    """Bring one's deleted review back."""
    review = get_object_or_404(access.reviews_editable_by(request.user), pk=pk)
    try:
        restore_review(review=review, by=request.user, at=timezone.now())
    except TooLate as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, _("Review restored."))
    return redirect(review.paper)


@require_reviewer
def review_critique(request: MemberRequest, pk: int) -> HttpResponse:
    """The points of one's own critique: still standing, answered, withdrawn."""
    rows = access.reviews_editable_by(request.user).current().select_related("paper")
    review = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        states = {p.pk: request.POST.get(f"point-{p.pk}", p.state) for p in review.points.all()}
        mark_points(review=review, states=states, by=request.user, at=timezone.now())
        messages.success(request, _("Critique updated."))
        return redirect(review)
    context = {
        "review": review,
        "points": review.points.all(),
        "states": CritiquePoint.State.choices,
        "asked": [q for q in queries.list_questions(request.user) if q.review_id == review.pk],
    }
    return render_page(request, "reviews/review_critique.html", context)


@require_safe
@require_reviewer
def critique_questions(request: MemberRequest) -> HttpResponse:
    """What I am asked: does my critique still stand?"""
    context = {"questions": queries.list_questions(request.user)}
    template = "reviews/critique_questions.html"
    return render_page(request, template, context, fragments=["asked"])


@require_POST
@require_reviewer
@once
def paper_version(request: MemberRequest, pk: int) -> HttpResponse:
    """Record that a new version of the paper is out."""
    papers = access.papers_visible_to(request.user, get_request_lab(request))
    paper = get_object_or_404(papers, pk=pk)
    version = request.POST.get("version", "").strip()[:100]
    if not version:
        messages.error(request, _("Enter a version, e.g. v2 or ICML camera-ready."))
        return redirect(paper)
    asked = note_paper_version(paper=paper, version=version, by=request.user, at=timezone.now())
    told = ngettext(
        "Version %(version)s saved. %(n)s reviewer will be asked what still holds.",
        "Version %(version)s saved. %(n)s reviewers will be asked what still holds.",
        asked,
    )
    messages.success(request, told % {"version": version, "n": asked})
    return redirect(paper)


@require_reviewer
def review_file(request: MemberRequest, pk: int) -> HttpResponse:
    """Download one's newest text as Markdown (GET); bring it back (POST)."""
    papers = access.papers_visible_to(request.user, get_request_lab(request))
    paper = get_object_or_404(papers, pk=pk)
    if request.method == "POST":
        return _read_upload(request, paper)
    state = queries.get_editor_state(paper, request.user)
    text = write_review(paper.title, state.content, state.stamp)
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="review-{paper.pk}.md"'
    return response


def _read_upload(request: MemberRequest, paper: Paper) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
        return redirect("review-editor", pk=paper.pk)
    content, stamp = read_review(form.cleaned_data["file"])
    items = queries.get_editor_state(paper, request.user).content.items  # no file holds them
    content = replace(content, items=items)
    checked = ReviewForm({**content.as_form(), "stamp": str(stamp)})
    if not checked.is_valid():
        return show_editor(request, paper, checked, status=422)
    try:
        save_draft(paper=paper, by=request.user, at=timezone.now(), content=content, stamp=stamp)
    except StaleDraft as stale:
        return show_conflict(request, paper, content, stale)
    messages.success(request, _("File loaded as your draft."))
    return redirect("review-editor", pk=paper.pk)


def _get_number(request: PageRequest, name: str, default: int) -> int:
    text = request.POST.get(name) or request.GET.get(name, "")
    number = read_number(text, most=LAST_VERSION)
    return default if number is None else number
