"""Invitations and placeholders on the curators' desk."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from papers.accounts.actions import invitations
from papers.accounts.actions.bulk_invitations import Invited, invite_people
from papers.accounts.actions.members import EmailTaken
from papers.accounts.confirming.views import recent_sign_in
from papers.curation.chores.queries import list_chores
from papers.curation.inviting.forms import InvitationForm, PeopleForm, TakeoverForm
from papers.curation.inviting.queries import list_open_invitations, list_placeholders
from papers.curation.list_pages import page_of
from papers.curation.views.lab import list_tabs
from papers.http import MemberRequest, get_request_lab, redirect_page, render_page, require_curator
from papers.models import Event, Invitation, Member
from papers.writing.views import offer_undo, once, read_secret, redirect_to_secret


@require_curator
@recent_sign_in
@once
def invitation_list(request: MemberRequest) -> HttpResponse:
    """Who is invited; invite somebody."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            issued = _invite(form, request.user, timezone.now())
        except (invitations.AlreadyMember, EmailTaken) as known:
            form.add_error("email", str(known))
        else:
            return _show_link(issued)
    now = timezone.now()
    chores = list_chores(timezone.localdate(timezone=get_request_lab(request).zone))
    context = {"form": form, "now": now, "chores": chores, "tabs": list_tabs("curation")}
    context |= page_of(list_open_invitations(now), "invitations", request.GET)
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
            by=request.user, at=timezone.now(), placeholders=form.list_takeovers(),
        )  # fmt: skip
        _say_invited(request, invited)
        return redirect_page(request, reverse("curation"))
    context = {"form": form, "tabs": list_tabs("curation")}
    status = 422 if form.errors else 200
    return render_page(request, "curation/invitation_bulk.html", context, status=status)


def _invite(form: InvitationForm, by: Member, at: datetime) -> invitations.Issued:
    """As somebody new, or as the owner of the name that was selected."""
    asked = {name: form.cleaned_data[name] for name in ("email", "role", "has_mail")}
    for member in form.list_takeovers().values():
        return invitations.invite_placeholder(member=member, **asked, by=by, at=at)
    return invitations.invite_member(name=form.cleaned_data["name"], **asked, by=by, at=at)


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
    context |= page_of(list_placeholders(), "placeholders", request.GET)
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


def _show_link(issued: invitations.Issued) -> HttpResponse:
    """To the page that shows the link: a reload of it invites nobody again."""
    url = reverse("invitation-link", args=[issued.invitation.pk])
    return redirect_to_secret(url, json.dumps([issued.url, issued.is_held_back, issued.is_mailed]))
