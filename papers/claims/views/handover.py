"""Offering a draft, taking the offer back, and going on with somebody's draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from papers import access
from papers.claims.actions.claims import ClaimRefused
from papers.claims.actions.handover import accept_draft, offer_draft, withdraw_draft
from papers.http import (
    MemberRequest,
    get_request_lab,
    redirect_page,
    render_page,
    require_reviewer,
)
from papers.writing.views import once


@require_reviewer
@once
def claim_handover(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask whoever gave a paper back whether her draft may be handed on; on POST, offer it."""
    papers = access.papers_visible_to(request.user, get_request_lab(request))
    paper = get_object_or_404(papers, pk=pk)
    if request.method != "POST":
        return render_page(request, "claims/handover.html", {"paper": paper})
    try:
        offer_draft(paper=paper, by=request.user, at=timezone.now())
    except ClaimRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Your draft is offered to the next reviewer."))
    return redirect_page(request, paper.get_absolute_url())


@require_POST
@require_reviewer
def handover_withdrawal(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep one's draft after all."""
    offers = access.handovers_withdrawable_by(request.user).select_related("paper")
    offer = get_object_or_404(offers, pk=pk)
    withdraw_draft(handover=offer, by=request.user, at=timezone.now())
    messages.success(request, _("Offer withdrawn. Your draft is private again."))
    return redirect_page(request, offer.paper.get_absolute_url())


@require_POST
@require_reviewer
def handover_acceptance(request: MemberRequest, pk: int) -> HttpResponse:
    """Claim the paper and go on with the draft."""
    offers = access.handovers_acceptable_by(request.user).select_related("paper", "giver")
    offer = get_object_or_404(offers, pk=pk)
    try:
        accept_draft(handover=offer, by=request.user, at=timezone.now())
    except ClaimRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect_page(request, offer.paper.get_absolute_url())
    said = _("Continue where %(name)s left off. You'll both be credited.") % {"name": offer.giver}
    messages.success(request, said)
    return redirect_page(request, reverse("review-editor", args=[offer.paper_id]))
