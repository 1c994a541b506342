"""Claiming, releasing, extending and skipping; and a curator's word on a claim."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from papers import access
from papers.claims.actions.claims import ClaimRefused, claim_paper, extend_claim, release_claim
from papers.claims.actions.overrides import end_claim_of_another, set_due_day
from papers.claims.actions.skips import offer_again, skip_paper
from papers.claims.forms import OverrideForm
from papers.claims.queries import find_draft
from papers.http import (
    MemberRequest,
    add_messages,
    get_request_lab,
    redirect_page,
    render_page,
    require_curator,
    require_reviewer,
)
from papers.models import Claim, Event, Paper
from papers.rows.queries import list_rows
from papers.text.numbers import read_number
from papers.ways_back import find_own_page
from papers.writing.views import offer_undo, once


@require_POST
@require_reviewer
def claim(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a paper."""
    papers = access.papers_visible_to(request.user, get_request_lab(request))
    paper = get_object_or_404(papers, pk=pk)
    try:
        claim_paper(paper=paper, by=request.user, at=timezone.now())
    except ClaimRefused as refusal:
        return _answer(request, paper, str(refusal), refused=True)
    return _answer(request, paper, _("Claimed. You'll find it on your desk."))


@require_POST
@require_reviewer
def claim_release(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a paper back; a curator who means another's claim is asked for the reason."""
    named = read_number(request.POST.get("claim", ""))
    if named is not None:
        other = access.claims_overridable_by(request.user).filter(paper_id=pk, pk=named)
        if other.exclude(member=request.user).exists():
            return redirect_page(request, reverse("claim-override", args=[named]))
    own = Claim.objects.open().filter(paper_id=pk, member=request.user)
    claim = get_object_or_404(own if named is None else own.filter(pk=named))
    at = timezone.now()
    release_claim(claim=claim, by=request.user, at=at)
    offer_undo(request, _("Released."), Event.Kind.CLAIM_RELEASED, at)
    if find_draft(pk, request.user.pk):
        return redirect_page(request, reverse("claim-handover", args=[pk]))
    return _answer(request, claim.paper)


@require_POST
@require_reviewer
@once
def claim_extension(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for more time, once."""
    claim = get_object_or_404(access.claims_changeable_by(request.user), pk=pk)
    try:
        extend_claim(claim=claim, by=request.user, at=timezone.now())
    except ClaimRefused as refusal:
        return _answer(request, claim.paper, str(refusal), refused=True)
    return _answer(request, claim.paper, _("Extended."))


@require_curator
@once
def claim_override(request: MemberRequest, pk: int) -> HttpResponse:
    """A curator's word on a claim: another due day, or its end, with the reason."""
    rows = access.claims_overridable_by(request.user).select_related("paper", "member")
    claim = get_object_or_404(rows, pk=pk)
    form = OverrideForm(request.POST or None, initial={"due_on": claim.due_on, "act": "day"})
    if request.method == "POST" and form.is_valid():
        try:
            _override(claim, form, request)
        except ClaimRefused as refusal:
            form.add_error("due_on", str(refusal))
        else:
            messages.success(
                request, _("Done. %(name)s has been emailed.") % {"name": claim.member}
            )
            return redirect_page(request, claim.paper.get_absolute_url())
    status = 422 if form.errors else 200
    context = {"form": form, "claim": claim}
    return render_page(request, "claims/override.html", context, status=status)


@require_POST
@require_reviewer
def paper_skip(request: MemberRequest, pk: int) -> HttpResponse:
    """Do not offer this paper on the desk again."""
    papers = access.papers_visible_to(request.user, get_request_lab(request))
    skip_paper(paper=get_object_or_404(papers, pk=pk), by=request.user, at=timezone.now())
    return redirect_page(request, reverse("desk"))


@require_POST
@require_reviewer
def skip_list(request: MemberRequest) -> HttpResponse:
    """Offer everything again that was skipped."""
    if offer_again(by=request.user):
        messages.success(request, _("Skipped papers are back in your suggestions."))
    return redirect_page(request, reverse("desk"))


def _override(claim: Claim, form: OverrideForm, request: MemberRequest) -> None:
    word = {"claim": claim, "reason": form.cleaned_data["reason"], "by": request.user}
    if form.cleaned_data["act"] == "end":
        end_claim_of_another(**word, at=timezone.now())
    else:
        set_due_day(**word, due_on=form.cleaned_data["due_on"], at=timezone.now())


def _answer(
    request: MemberRequest, paper: Paper, sentence: str = "", *, refused: bool = False
) -> HttpResponse:
    """The changed row where a row asked, else back to where the member was."""
    if request.htmx.target == f"paper-{paper.pk}":
        row = list_rows([paper.pk], request.user, get_request_lab(request))[0]
        context = {"row": row, "has_box": "boxes" in request.POST}
        context["refusal"] = sentence if refused else ""
        status = 409 if refused else 200
        answer = render_page(request, "components/paper_row.html", context, status=status)
        return add_messages(request, answer)
    if sentence:
        (messages.warning if refused else messages.success)(request, sentence)
    return redirect_page(request, _get_return_url(request, paper))


def _get_return_url(request: MemberRequest, paper: Paper) -> str:
    """The page that the form names, when it is one of ours."""
    back = request.POST.get("next", "")
    return find_own_page(request, back, otherwise=paper.get_absolute_url())
