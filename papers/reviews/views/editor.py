"""The editor: opening, saving drafts, preview, publishing, and both texts when a save is stale."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import reswap, retarget, trigger_client_event

from papers import access
from papers.caching.prepared import prepared
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page, require_reviewer
from papers.models import Depth, Lab, Paper, Verdict
from papers.reviews import queries
from papers.reviews.actions.publishing import NotReady, publish_review
from papers.reviews.cards import ReviewPart
from papers.reviews.drafts.actions import discard_draft, restore_draft, save_draft
from papers.reviews.drafts.author_state import StaleDraft, TooLate, get_stamp
from papers.reviews.drafts.content import ReviewContent
from papers.reviews.forms import ReviewForm, make_review_form, resolve_conflict
from papers.text import markdown
from papers.text.sections import PARTS
from papers.writing.views import TOAST

EDITOR = "reviews/editor.html"


@require_reviewer
def review_editor(request: MemberRequest, pk: int) -> HttpResponse:
    """Open the newest text (GET) or publish what the form holds (POST)."""
    paper = _get_paper(request, pk)
    if request.method != "POST":
        at = timezone.now()  # before reading: a save confirmed later may not be on this page
        state = queries.get_editor_state(paper, request.user)
        form = make_review_form(state.content, state.stamp)
        return show_editor(request, paper, form, state, at=at)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return show_editor(request, paper, form, status=422)
    try:
        review = publish_review(
            paper=paper,
            by=request.user,
            at=timezone.now(),
            content=form.get_content(),
            stamp=form.get_stamp(),
            writer=form.get_writer(),
        )
    except NotReady as reason:
        return _save_and_explain(request, paper, form, reason)
    except StaleDraft as stale:
        return show_conflict(request, paper, form.get_content(), stale)
    messages.success(request, _("Review published."), extra_tags=TOAST)
    return redirect_page(request, f"{paper.get_absolute_url()}#review-{review.pk}")


def _save_and_explain(
    request: MemberRequest, paper: Paper, form: ReviewForm, reason: NotReady
) -> HttpResponse:
    """What cannot be published yet is kept as a draft all the same."""
    content, writer = form.get_content(), form.get_writer()
    try:
        draft = save_draft(
            paper=paper,
            by=request.user,
            at=timezone.now(),
            content=content,
            stamp=form.get_stamp(),
            writer=writer,
        )
    except StaleDraft as stale:
        return show_conflict(request, paper, content, stale)
    form.add_error(reason.field, reason.sentence)
    if draft:
        form.data = {**request.POST.dict(), "stamp": str(get_stamp(draft, None))}
    return show_editor(request, paper, form, is_kept=True, status=422)


@require_POST
@require_reviewer
def review_draft(request: MemberRequest, pk: int) -> HttpResponse:
    """Save every field; the answer names the new stamp, and the minute only once it is kept."""
    paper = _get_paper(request, pk)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        if request.htmx:
            return render_page(request, "reviews/_saved.html", {"errors": form.errors}, status=422)
        return show_editor(request, paper, form, status=422)
    at, content = timezone.now(), form.get_content()
    try:
        draft = save_draft(
            paper=paper,
            by=request.user,
            at=at,
            content=content,
            stamp=form.get_stamp(),
            writer=form.get_writer(),
        )
    except StaleDraft as stale:
        return show_conflict(request, paper, content, stale)
    if request.htmx:
        review = None if draft else queries.find_review_saying(content, paper, request.user)
        stamp = get_stamp(draft, review) if draft or review else form.get_stamp()
        response = render_page(request, "reviews/_saved.html", {"at": at})
        told = {"stamp": str(stamp), "at": _count_ms(timezone.now())}
        return trigger_client_event(response, "draft-saved", told)
    messages.success(request, _("Draft saved."))
    return redirect("review-editor", pk=pk)


@require_POST
@require_reviewer
def review_conflict(request: MemberRequest, pk: int) -> HttpResponse:
    """Save the text that the member put together out of both."""
    paper = _get_paper(request, pk)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return show_editor(request, paper, form, status=422)
    content = resolve_conflict(form.get_content(), request.POST)
    try:
        save_draft(
            paper=paper,
            by=request.user,
            at=timezone.now(),
            content=content,
            stamp=form.get_stamp(),
        )
    except StaleDraft as stale:
        return show_conflict(request, paper, content, stale)
    messages.success(request, _("Saved the version you chose."))
    return redirect_page(request, reverse("review-editor", args=[pk]))


@require_POST
@require_reviewer
def review_preview(request: MemberRequest, pk: int) -> HttpResponse:
    """What the sections will look like."""
    paper = _get_paper(request, pk)
    form = ReviewForm(request.POST)
    form.is_valid()
    typed = form.cleaned_data
    parts = [
        ReviewPart(one, markdown.render(typed[one.key]))
        for one in PARTS
        if typed.get(one.key, "").strip()
    ]
    context = {"paper": paper, "parts": parts, "takeaway": typed.get("takeaway", "")}
    return render_page(request, "reviews/preview.html", context, fragments=["preview"])


@require_POST
@require_reviewer
def review_draft_discard(request: MemberRequest, pk: int) -> HttpResponse:
    """Put one's draft away."""
    drafts = access.drafts_of(request.user).filter(discarded_at__isnull=True)
    draft = get_object_or_404(drafts, paper_id=pk)
    discard_draft(draft=draft, at=timezone.now())
    messages.success(request, _("Draft discarded. You can restore it for 30 days."))
    return redirect("review-editor", pk=pk)


@require_POST
@require_reviewer
def review_draft_restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Bring one's discarded draft back."""
    drafts = access.drafts_of(request.user).filter(paper_id=pk, discarded_at__isnull=False)
    draft = drafts.order_by("-discarded_at").first() or get_object_or_404(drafts)
    try:
        restore_draft(draft=draft, by=request.user, at=timezone.now())
    except TooLate as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, _("Draft restored."))
    return redirect("review-editor", pk=pk)


def _get_paper(request: MemberRequest, pk: int) -> Paper:
    found = _read_paper(request.user, get_request_lab(request), pk)
    if not found:
        raise Http404("There is no paper at this address.")
    return found[0]


@prepared
def _read_paper(viewer: access.Viewer, lab: Lab, pk: int) -> QuerySet[Paper, Paper]:
    return access.papers_visible_to(viewer, lab).filter(pk=pk).order_by()


def show_editor(
    request: MemberRequest,
    paper: Paper,
    form: ReviewForm,
    state: queries.EditorState | None = None,
    *,
    at: datetime | None = None,
    is_kept: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The editor with this form on it, as the text stood at `at`."""
    at = at or timezone.now()
    state = state or queries.get_editor_state(paper, request.user)
    context = {
        "paper": paper,
        "form": form,
        "state": state,
        "sections": PARTS,
        "at_ms": _count_ms(at),
        "zone": get_request_lab(request).zone,
        "is_unsaved": form.is_bound and not is_kept,
    }
    return render_page(request, EDITOR, context, fragments=["editor"], status=status)


def show_conflict(
    request: MemberRequest, paper: Paper, mine: ReviewContent, stale: StaleDraft
) -> HttpResponse:
    """Both texts side by side, section by section; nothing of either is dropped."""
    context = {
        "paper": paper,
        "mine": mine,
        "theirs": stale.theirs,
        "stamp": stale.stamp,
        "items": _number_items(queries.join_items(stale.theirs, mine)),
        "fields": queries.compare_contents(stale.theirs, mine),
        "verdicts": ["", *Verdict.values],
        "depths": ["", *Depth.values],
    }
    if not request.htmx:
        return render_page(request, "reviews/conflict.html", context, status=409)
    response = render(request, "reviews/conflict.html#editor", context, status=409)
    return retarget(reswap(response, "outerHTML"), "#editor")


def _count_ms(at: datetime) -> int:
    """Milliseconds since 1970, as the editor's script compares them."""
    return round(at.timestamp() * 1000)


def _number_items(items: list[dict[str, str]]) -> list[dict[str, object]]:
    return [{"number": n, "fields": list(item.items())} for n, item in enumerate(items)]
