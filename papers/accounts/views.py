"""Invitations, profile, address and colours."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from papers.accounts.actions import draft_locks, invitations, members
from papers.accounts.actions.new_members import HandleTaken
from papers.accounts.confirming.views import recent_sign_in
from papers.accounts.forms import AcceptanceForm, EmailForm, ProfileForm, ThemeForm
from papers.accounts.providers.queries import list_providers
from papers.accounts.queries import InvitationState, find_invitation, get_invitation_state
from papers.accounts.signing_in.account_adapter import say_wait
from papers.accounts.signing_in.devices import LinkClosed, read_device_link, set_device_cookie
from papers.http import MemberRequest, PageRequest, redirect_page, render_page
from papers.models import Invitation, Member
from papers.throttle import TooOften
from papers.writing.views import in_turn, once

BACKEND = "papers.accounts.backends.MemberBackend"


@sensitive_post_parameters("password")
@never_cache
@login_not_required
def invitation(request: PageRequest, token: str) -> HttpResponse:
    """Take up an invitation: name, handle, password, and one is in."""
    found = find_invitation(token)
    state = get_invitation_state(found, timezone.now()) if found else InvitationState.REVOKED
    if found is None or state != InvitationState.OPEN:
        return _show_closed(request, state)
    start = {"name": found.member.name, "handle": found.member.handle}
    form = AcceptanceForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            return _accept(request, token, form)
        except invitations.InvitationClosed as closed:
            return _show_closed(request, closed.state)
        except HandleTaken as taken:
            form.add_error("handle", str(taken))
        except members.EmailTaken as taken:
            form.add_error(None, str(taken))
    return _show_invitation(request, found, form, token)


@never_cache
@in_turn
def profile(request: MemberRequest) -> HttpResponse:
    """One's name, bio and language."""
    member = request.user
    form = ProfileForm(request.POST or None, initial=_read_profile(member))
    if request.method == "POST" and form.is_valid():
        members.change_profile(member=member, **form.cleaned_data, at=timezone.now())
        messages.success(request, _("Profile saved."))
        return redirect_page(request, reverse("profile"))
    return _show_profile(request, form=form)


@require_POST
@recent_sign_in
@once
def email_change(request: MemberRequest) -> HttpResponse:
    """Ask for another address; a link goes to it."""
    form = EmailForm(request.POST)
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            members.request_email_change(member=request.user, email=email, at=timezone.now())
        except TooOften as refusal:
            form.add_error("email", say_wait(refusal))
        else:
            said = _("We're sending a link to %(email)s. Open it to confirm.") % {"email": email}
            messages.success(request, said)
            return redirect_page(request, reverse("profile"))
    return _show_profile(request, email_form=form)


@never_cache
def email_confirmation(request: MemberRequest, token: str) -> HttpResponse:
    """Open the link of that mail; the button changes the address (programs that fetch do not)."""
    try:
        if request.method == "POST":
            members.confirm_email(member=request.user, token=token, at=timezone.now())
            messages.success(request, _("Email address confirmed."))
            return redirect_page(request, reverse("profile"))
        email = members.read_confirmation(member=request.user, token=token)
    except (members.ConfirmationClosed, members.EmailTaken) as problem:
        messages.error(request, str(problem))
        return redirect("profile")
    return render_page(request, "accounts/email_confirmation.html", {"email": email})


@never_cache
@login_not_required
def device_link(request: PageRequest, token: str) -> HttpResponse:
    """Open the link of that mail; the button makes the device known, not a program that fetches."""
    try:
        member = read_device_link(token)
    except LinkClosed:
        messages.error(request, _("This link has expired. Request a new one."))
        return redirect("account_device")
    if request.method != "POST":
        return render_page(request, "accounts/device_link.html", {"member": member})
    messages.success(request, _("We know this device now. Sign in with your password."))
    response = redirect("account_login")
    set_device_cookie(request, response, member)
    return response


@require_POST
def address_agreement(request: MemberRequest) -> HttpResponse:
    """The address to which an administrator moved the account is right."""
    if draft_locks.agree_to_move(member=request.user):
        messages.success(request, _("Email confirmed."))
    return redirect_page(request, reverse("profile"))


@never_cache
@login_not_required
def draft_unlocking(request: PageRequest, token: str) -> HttpResponse:
    """Whoever reads the address from before agrees that the account was moved."""
    try:
        member = draft_locks.read_unlocking(token)
    except draft_locks.LinkClosed:
        messages.error(request, _("This link is incomplete, or the drafts are unlocked already."))
        return redirect("account_login")
    if request.method != "POST":
        return render_page(request, "accounts/draft_unlocking.html", {"member": member})
    draft_locks.unlock_drafts(member=member, at=timezone.now())
    messages.success(request, _("Your drafts are unlocked."))
    return redirect("account_login")


@require_POST
def theme(request: MemberRequest) -> HttpResponse:
    """Keep the colours with the account and stay where one was."""
    form = ThemeForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("Choose system, light or dark."), status=422)
    members.choose_theme(member=request.user, theme=form.cleaned_data["theme"])
    if request.htmx:
        return HttpResponse(status=204)
    return HttpResponseRedirect(_get_return_url(request))


def _accept(request: PageRequest, token: str, form: AcceptanceForm) -> HttpResponse:
    member = invitations.accept_invitation(token=token, **form.cleaned_data, at=timezone.now())
    login(request, member, backend=BACKEND)
    messages.success(request, _("Welcome, %(name)s.") % {"name": member.name})
    response = redirect_page(request, reverse("desk"))
    set_device_cookie(request, response, member)
    return response


def _show_invitation(
    request: PageRequest, found: Invitation, form: AcceptanceForm, token: str
) -> HttpResponse:
    context = {
        "providers": list_providers(),
        "invitation_token": token,
        "invitation": found,
        "form": form,
        "work": invitations.describe_work(found.member),
    }
    status = 422 if form.errors else 200
    return render_page(request, "accounts/invitation.html", context, status=status)


def _show_closed(request: PageRequest, state: InvitationState) -> HttpResponse:
    context = {"state": state.value}
    return render_page(request, "accounts/invitation_closed.html", context, status=410)


def _show_profile(
    request: MemberRequest,
    *,
    form: ProfileForm | None = None,
    email_form: EmailForm | None = None,
) -> HttpResponse:
    member = request.user
    form = form or ProfileForm(initial=_read_profile(member))
    email_form = email_form or EmailForm(initial={"email": member.email})
    status = 422 if form.errors or email_form.errors else 200
    context = {"form": form, "email_form": email_form, "themes": Member.Theme.choices}
    context["locked"] = draft_locks.count_locked(member)
    return render_page(request, "accounts/profile.html", context, status=status)


def _read_profile(member: Member) -> dict[str, str]:
    return {"name": member.name, "bio": member.bio, "language": member.language}


def _get_return_url(request: MemberRequest) -> str:
    """The page of ours that the form stood on."""
    back = request.POST.get("next") or request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    )
    return back if is_ours else reverse("profile")
