"""Claiming, releasing and extending, from a row or from the paper's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from papers import access
from papers.catalogue.rows import list_rows
from papers.claims import actions
from papers.http import MemberRequest, get_request_lab, redirect_page, require_reviewer
from papers.models import Claim, Paper


@require_POST
@require_reviewer
def claim(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a paper."""
    papers = access.papers_visible_to(request.user, get_request_lab(request))
    paper = get_object_or_404(papers, pk=pk)
    try:
        actions.claim_paper(paper=paper, by=request.user, at=timezone.now())
    except actions.ClaimRefused as refusal:
        return _answer(request, paper, str(refusal), refused=True)
    return _answer(request, paper, "Claimed. It is on your desk.")


@require_POST
@require_reviewer
def claim_release(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a paper back: one's own open claim, or as a curator the named member's."""
    own = Claim.objects.open().filter(paper_id=pk, member=request.user)
    named = request.POST.get("claim", "")
    if named.isdigit():
        own = Claim.objects.open().filter(paper_id=pk, pk=int(named))
    claim = get_object_or_404(own & access.claims_changeable_by(request.user))
    actions.release_claim(claim=claim, by=request.user, at=timezone.now())
    return _answer(request, claim.paper, "Released. What you typed stays among your drafts.")


@require_POST
@require_reviewer
def claim_extension(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for more time, once."""
    claim = get_object_or_404(access.claims_changeable_by(request.user), pk=pk)
    try:
        actions.extend_claim(claim=claim, by=request.user, at=timezone.now())
    except actions.ClaimRefused as refusal:
        return _answer(request, claim.paper, str(refusal), refused=True)
    return _answer(request, claim.paper, "Extended.")


def _answer(
    request: MemberRequest, paper: Paper, sentence: str, *, refused: bool = False
) -> HttpResponse:
    """The changed row where a row asked, else back to where the member was."""
    if request.htmx.target == f"paper-{paper.pk}":
        row = list_rows([paper.pk], request.user, get_request_lab(request))[0]
        context = {"row": row, "refusal": sentence if refused else ""}
        status = 409 if refused else 200
        return render(request, "components/paper_row.html", context, status=status)
    (messages.warning if refused else messages.success)(request, sentence)
    return redirect_page(request, _get_way_back(request, paper))


def _get_way_back(request: MemberRequest, paper: Paper) -> str:
    """The page that the form names, when it is one of ours."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    )
    return back if back and safe else paper.get_absolute_url()
