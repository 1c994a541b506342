"""The page on which a leaver, or a curator for one, hands everything over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import ngettext

from papers import access
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page
from papers.leaving.actions import hand_over
from papers.leaving.forms import HandoverForm
from papers.leaving.queries import Duties, list_duties, list_successors
from papers.models import Member
from papers.people import make_person


def member_handover(request: MemberRequest, handle: str) -> HttpResponse:
    """What the member holds; a POST gives it to others."""
    people = access.members_handed_over_by(request.user)
    member = get_object_or_404(people, handle__iexact=handle)
    duties = list_duties(member, request.user, get_request_lab(request), timezone.now())
    posted = request.POST if request.method == "POST" else None
    form = HandoverForm(posted, duties=duties, people=list_successors(member))
    if posted is not None and form.is_valid():
        _hand_over(request, duties, form)
        return redirect_page(request, request.path)
    return _show(request, member, duties, form)


def _hand_over(request: MemberRequest, duties: Duties, form: HandoverForm) -> None:
    handed = hand_over(
        claims=form.list_chosen("claim", duties.claims),
        experiments=form.list_chosen("experiment", duties.experiments),
        items=form.list_chosen("item", duties.items),
        by=request.user,
        at=timezone.now(),
    )
    if handed.number:
        said = ngettext("Handed over %(n)s item.", "Handed over %(n)s items.", handed.number)
        messages.success(request, said % {"n": handed.number})
    for refusal in handed.refusals:
        messages.warning(request, refusal)


def _show(
    request: MemberRequest, member: Member, duties: Duties, form: HandoverForm
) -> HttpResponse:
    rows = {
        kind: [(row, form[f"{kind}-{row.pk}"]) for row in group]
        for kind, group in (
            ("claim", duties.claims), ("experiment", duties.experiments), ("item", duties.items),
        )
    }  # fmt: skip
    context = {
        "member": make_person(member, request.user),
        "is_own": member == request.user,
        "duties": duties,
        "rows": rows,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render_page(request, "leaving/member_handover.html", context, status=status)
