"""Views of people on the curator's desk: invitations, placeholders, roles, leaving."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from papers.accounts.actions import invitations
from papers.accounts.actions.bulk_invitations import Invited, invite_people
from papers.accounts.actions.departures import LastCurator
from papers.accounts.actions.members import EmailTaken
from papers.accounts.confirming.views import recent_sign_in
from papers.curation import queries
from papers.curation.actions.lab import change_role, make_alumni, reactivate_member
from papers.curation.chores.queries import list_chores
from papers.curation.forms import (
    InvitationForm,
    OptionalReasonForm,
    PeopleForm,
    RoleForm,
    TakeoverForm,
)
from papers.curation.views.lab import list_tabs
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page, require_curator
from papers.models import Event, Invitation, Member
from papers.writing.views import offer_undo, once, read_secret, redirect_to_secret

ROWS = 50
"""People on one page of a list."""

SHOWN_STATES = (Member.State.ACTIVE, Member.State.ALUMNI)


@require_curator
@recent_sign_in
@once
def invitation_list(request: MemberRequest) -> HttpResponse:
    """Who is invited; invite somebody."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            issued = invitations.invite_member(
                **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except invitations.AlreadyMember as known:
            form.add_error("email", str(known))
        else:
            return _show_link(issued)
    now = timezone.now()
    chores = list_chores(timezone.localdate(timezone=get_request_lab(request).zone))
    context = {"form": form, "now": now, "chores": chores, "tabs": list_tabs("curation")}
    context |= _page(request, queries.list_open_invitations(now), "invitations")
    status = 422 if form.errors else 200
    return render_page(request, "curation/invitation_list.html", context, status=status)


@require_curator
@recent_sign_in
@once
def invitation_bulk(request: MemberRequest) -> HttpResponse:
    """Invite many: names and addresses, pasted."""
    form = PeopleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        invited = invite_people(
            people=form.found.people, role=data["role"], open_for=timedelta(days=data["days"]),
            by=request.user, at=timezone.now(),
        )  # fmt: skip
        _say_invited(request, invited)
        return redirect_page(request, reverse("curation"))
    context = {"form": form, "tabs": list_tabs("curation")}
    status = 422 if form.errors else 200
    return render_page(request, "curation/invitation_bulk.html", context, status=status)


def _say_invited(request: MemberRequest, invited: Invited) -> None:
    said = ngettext("%(n)s invitation sent.", "%(n)s invitations sent.", invited.sent)
    messages.success(request, said % {"n": invited.sent})
    if invited.known:
        names = ", ".join(member.name for member in invited.known)
        messages.info(request, _("Already have an account: %(names)s.") % {"names": names})
    if invited.held_back:
        said = _("Too many emails today. Make new links below and share them yourself: %(emails)s.")
        messages.warning(request, said % {"emails": ", ".join(invited.held_back)})


@require_POST
@require_curator
@recent_sign_in
@once
def invitation_renewal(request: MemberRequest, pk: int) -> HttpResponse:
    """A new link for one whose old one ran out or was lost."""
    invitation = get_object_or_404(Invitation.objects.select_related("member"), pk=pk)
    try:
        issued = invitations.renew_invitation(
            invitation=invitation, by=request.user, at=timezone.now()
        )
    except invitations.AlreadyMember:
        messages.warning(
            request, _("%(name)s already has an account.") % {"name": invitation.member}
        )
        return redirect_page(request, reverse("curation"))
    return _show_link(issued)


@require_safe
@require_curator
def invitation_link(request: MemberRequest, pk: int) -> HttpResponse:
    """The link of an invitation, for ten minutes in the browser that made it."""
    invitation = get_object_or_404(Invitation.objects.select_related("member"), pk=pk)
    made = read_secret(request)
    if not made:
        messages.info(request, _("The link isn't shown again. Make a new link if you need one."))
        return redirect_page(request, reverse("curation"))
    issued = invitations.Issued(invitation, *json.loads(made))
    context = {"issued": issued, "tabs": list_tabs("curation")}
    response = render_page(request, "curation/invitation.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@require_curator
def invitation_revocation(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(Invitation, pk=pk)
    at = timezone.now()
    if invitations.revoke_invitation(invitation=invitation, by=request.user, at=at):
        offer_undo(request, _("Invitation revoked."), Event.Kind.MEMBER_CHANGED, at)
    else:
        messages.success(request, _("Already closed."))
    return redirect_page(request, reverse("curation"))


@require_safe
@require_curator
def placeholder_list(request: MemberRequest) -> HttpResponse:
    """Names met in imports, with the work that waits for their owners."""
    context = {"tabs": list_tabs("curation-placeholders")}
    context |= _page(request, queries.list_placeholders(), "placeholders")
    return render_page(request, "curation/placeholder_list.html", context)


@require_curator
@recent_sign_in
@once
def placeholder_invitation(request: MemberRequest, handle: str) -> HttpResponse:
    """Invite the owner of a name."""
    member = get_object_or_404(Member.objects.placeholders(), handle=handle)
    form = TakeoverForm(request.POST or None, initial={"email": member.email, "role": member.role})
    if request.method == "POST" and form.is_valid():
        try:
            issued = invitations.invite_placeholder(
                member=member, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except EmailTaken as taken:
            form.add_error("email", str(taken))
        else:
            return _show_link(issued)
    work = invitations.describe_work(member)
    context = {"form": form, "member": member, "work": work}
    context["tabs"] = list_tabs("curation-placeholders")
    status = 422 if form.errors else 200
    return render_page(request, "curation/placeholder_invitation.html", context, status=status)


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
    context |= _page(request, queries.list_members(state), "members")
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


def _show_link(issued: invitations.Issued) -> HttpResponse:
    """To the page that shows the link: a reload of it invites nobody again."""
    url = reverse("invitation-link", args=[issued.invitation.pk])
    return redirect_to_secret(url, json.dumps([issued.url, issued.is_held_back, issued.is_mailed]))


def _page(request: MemberRequest, rows: QuerySet[Any], name: str) -> dict[str, Any]:
    """One page of a list with the addresses around it; a wrong number is the nearest page."""
    page: Page[Any] = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    query = request.GET.copy()

    def address(number: int) -> str:
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    return {
        name: page.object_list,
        "total": page.paginator.count,
        "previous_url": address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": address(page.next_page_number()) if page.has_next() else "",
        "place": _("%(first)s to %(last)s of %(total)s")
        % {"first": page.start_index(), "last": page.end_index(), "total": page.paginator.count},
    }
