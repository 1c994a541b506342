"""Views of members on the curator's desk: roles, leaving, coming back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from papers.accounts.actions.departures import LastCurator
from papers.accounts.confirming.views import recent_sign_in
from papers.curation import queries
from papers.curation.actions.lab import change_role, make_alumni, reactivate_member
from papers.curation.forms import (
    OptionalReasonForm,
    RoleForm,
)
from papers.curation.list_pages import page_of
from papers.curation.views.lab import list_tabs
from papers.http import MemberRequest, redirect_page, render_page, require_curator
from papers.models import Event, Member
from papers.writing.views import offer_undo

SHOWN_STATES = (Member.State.ACTIVE, Member.State.ALUMNI)


@require_safe
@require_curator
def member_list(request: MemberRequest) -> HttpResponse:
    """Who has an account, or had one; roles, leaving, coming back."""
    state = request.GET.get("state", Member.State.ACTIVE)
    state = state if state in SHOWN_STATES else Member.State.ACTIVE
    context: dict[str, Any] = {
        "state": state,
        "counts": queries.count_states(),
        "roles": Member.Role.choices,
        "tabs": list_tabs("curation-members"),
    }
    context |= page_of(queries.list_members(state), "members", request.GET)
    return render_page(request, "curation/member_list.html", context)


@require_POST
@require_curator
@recent_sign_in
def member_role(request: MemberRequest, handle: str) -> HttpResponse:
    """Make a member reader, member or curator."""
    form = RoleForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("Choose reader, member or curator."), status=422)
    at, chosen = timezone.now(), form.cleaned_data
    return _change(
        request,
        handle,
        lambda member: change_role(member=member, **chosen, by=request.user, at=at),
        _("%(name)s is now a %(role)s."),
        undoable_at=at,
    )


@require_POST
@require_curator
@recent_sign_in
def member_departure(request: MemberRequest, handle: str) -> HttpResponse:
    """Make a member alumni."""
    form = OptionalReasonForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("A reason has at most 500 characters."), status=422)
    at = timezone.now()
    return _change(
        request,
        handle,
        lambda member: make_alumni(member=member, **form.cleaned_data, by=request.user, at=at),
        _("%(name)s is now alumni. Their work stays."),
        undoable_at=at,
    )


@require_POST
@require_curator
@recent_sign_in
def member_return(request: MemberRequest, handle: str) -> HttpResponse:
    """Open the account of one who is back."""
    at = timezone.now()
    return _change(
        request,
        handle,
        lambda member: reactivate_member(member=member, by=request.user, at=at),
        _("%(name)s is active again."),
        undoable_at=at,
    )


def _change(
    request: MemberRequest, handle: str, change: Callable[[Member], bool], sentence: str,
    undoable_at: datetime,
) -> HttpResponse:  # fmt: skip
    member = queries.get_editable_member(request.user, handle)
    if member is None:
        raise Http404
    try:
        done = change(member)
    except LastCurator as refusal:
        messages.error(request, str(refusal))
    else:
        member.refresh_from_db(fields=["role"])
        names = {"name": member, "role": member.get_role_display().lower()}
        if done:
            offer_undo(request, sentence % names, Event.Kind.MEMBER_CHANGED, undoable_at)
        else:
            messages.success(request, _("No changes to save."))
    return redirect_page(request, reverse("curation-members"))
