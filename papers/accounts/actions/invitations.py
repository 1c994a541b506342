"""Writes of invitations: the only way in. Only a token's hash is kept; it works once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from papers import throttle
from papers.accounts.account_mails import INVITATIONS, MAILS_TO
from papers.accounts.actions.members import EmailTaken
from papers.accounts.actions.new_members import activate, make_invited_member
from papers.accounts.queries import (
    InvitationState,
    get_invitation_state,
    has_had_account,
    hash_token,
)
from papers.events import record
from papers.mail import send_mail
from papers.models import Event, Invitation, JoinLink, Member
from papers.people import with_claim_counts

OPEN_FOR = timedelta(days=14)
"""How long an invitation may be taken up."""

WAITING = (Member.State.INVITED, Member.State.PLACEHOLDER)
"""Those who have no account yet and may take one up."""


class AlreadyMember(Exception):
    """Whoever is invited has an account."""

    def __init__(self, member: Member) -> None:
        super().__init__(
            _("%(name)s already has an account with this email address.") % {"name": member.name}
        )
        self.member = member


class InvitationClosed(Exception):
    """The invitation is unknown, was used or revoked, or has expired."""

    def __init__(self, state: InvitationState) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True, slots=True)
class Issued:
    """A new invitation and its link, which is known only now.

    `is_held_back`: no mail went out, because the address or the inviter had too many of late.
    `is_mailed`: one is on its way.
    """

    invitation: Invitation
    url: str
    is_held_back: bool = False
    is_mailed: bool = False


def invite_member(
    *,
    email: str,
    name: str,
    role: str,
    by: Member,
    at: datetime,
    has_mail: bool = True,
    open_for: timedelta = OPEN_FOR,
    join_link: JoinLink | None = None,
) -> Issued:
    """Invite a new person; an earlier open invitation to the same address is replaced.

    `join_link`: where they asked for it. Raises AlreadyMember.
    """
    email = email.lower()
    with transaction.atomic():
        known = Member.objects.filter(email__iexact=email).first() if email else None
        member = known or make_invited_member(name=name, email=email, role=role)
        return _issue(
            member, email, role=role, by=by, at=at, has_mail=has_mail, open_for=open_for,
            join_link=join_link,
        )  # fmt: skip


def invite_placeholder(
    *,
    member: Member,
    email: str,
    role: str,
    by: Member,
    at: datetime,
    has_mail: bool = True,
    open_for: timedelta = OPEN_FOR,
) -> Issued:
    """Invite the owner of a name met in an import; claims and reviews wait for her.

    Raises AlreadyMember, and EmailTaken when the address is another member's.
    """
    email = email.lower()
    if email and Member.objects.filter(email__iexact=email).exclude(pk=member.pk).exists():
        raise EmailTaken
    with transaction.atomic():
        return _issue(member, email, role=role, by=by, at=at, has_mail=has_mail, open_for=open_for)


def renew_invitation(
    *, invitation: Invitation, by: Member, at: datetime, has_mail: bool = True
) -> Issued:
    """A new link in place of the old one, to the same person. Raises AlreadyMember."""
    role = invitation.member.role
    with transaction.atomic():
        return _issue(
            invitation.member, invitation.email, role=role, by=by, at=at, has_mail=has_mail
        )


def revoke_invitation(*, invitation: Invitation, by: Member, at: datetime) -> bool:
    """Close an open invitation; False when it was closed already."""
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if invitation.accepted_at or invitation.revoked_at:
            return False
        invitation.revoked_at = at
        invitation.save(update_fields=["revoked_at"])
        record(
            Event.Kind.MEMBER_CHANGED,
            invitation.member,
            by=by,
            at=at,
            data={"invitation": "revoked"},
        )
    return True


def restore_invitation(*, invitation: Invitation, by: Member, at: datetime) -> bool:
    """Undo the revoking: the link that was sent lets in again; False when it cannot."""
    with transaction.atomic():
        member = Member.objects.select_for_update(no_key=True).get(pk=invitation.member_id)
        invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
        has_another = member.invitations.filter(accepted_at=None, revoked_at=None).exists()
        if not invitation.revoked_at or invitation.expires_at <= at or has_another:
            return False
        if member.state not in {Member.State.INVITED, Member.State.PLACEHOLDER}:
            return False
        invitation.revoked_at = None
        invitation.save(update_fields=["revoked_at"])
        data = {"invitation": "restored"}
        record(Event.Kind.MEMBER_CHANGED, member, by=by, at=at, data=data)
    return True


def accept_invitation(*, token: str, handle: str, name: str, password: str, at: datetime) -> Member:
    """Make the invited member active; all that stood under her name is hers.

    The invitation is locked: of two at once the second finds it accepted. Raises
    InvitationClosed, HandleTaken, EmailTaken; then the invitation stays open.
    """
    known = {"handle": handle, "name": name, "password": password}
    return accept_by_hash(token_hash=hash_token(token), at=at, **known)


def accept_by_hash(
    *, token_hash: str, handle: str, name: str, password: str | None, at: datetime
) -> Member:
    """The same by what is stored of the token; no password for one who comes by a provider."""
    with transaction.atomic():
        invitation = _lock_open(token_hash, at)
        members = Member.objects.select_for_update(no_key=True)
        member: Member = members.get(pk=invitation.member_id)
        member.handle, member.name = handle or member.handle, name or member.name
        member.email = invitation.email or member.email
        member.set_password(password)
        activate(member, at)
        invitation.accepted_at = at
        invitation.save(update_fields=["accepted_at"])
        if invitation.join_link_id:
            _count_use(invitation.join_link_id)
    return member


def _count_use(join_link: int) -> None:
    """Of two who come at once for the last use, the second finds the link used up."""
    link = JoinLink.objects.select_for_update().get(pk=join_link)
    if link.revoked_at:
        raise InvitationClosed(InvitationState.REVOKED)
    if link.uses >= link.most_uses:
        raise InvitationClosed(InvitationState.USED_UP)
    link.uses = F("uses") + 1
    link.save(update_fields=["uses"])


def _lock_open(token_hash: str, at: datetime) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("member")
    invitation = rows.filter(token_hash=token_hash).first()
    if invitation is None:
        raise InvitationClosed(InvitationState.REVOKED)
    state = get_invitation_state(invitation, at)
    if state == InvitationState.OPEN and invitation.member.state not in WAITING:
        state = InvitationState.ACCEPTED
    if state != InvitationState.OPEN:
        raise InvitationClosed(state)
    return invitation


def _issue(
    member: Member,
    email: str,
    *,
    role: str,
    by: Member,
    at: datetime,
    has_mail: bool,
    open_for: timedelta = OPEN_FOR,
    join_link: JoinLink | None = None,
) -> Issued:
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if member.state not in WAITING or has_had_account(member):
        raise AlreadyMember(member)
    member.role = Member.Role(role)
    member.save(update_fields=["role"])
    open_ones = member.invitations.filter(accepted_at=None, revoked_at=None)
    open_ones.update(revoked_at=at)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        member=member,
        email=email,
        token_hash=hash_token(token),
        invited_by=by,
        created_at=at,
        expires_at=at + open_for,
        join_link=join_link,
    )
    record(Event.Kind.MEMBER_INVITED, member, by=by, at=at)
    issued = Issued(invitation, settings.SITE_URL + reverse("invitation", args=[token]))
    if email and has_mail:
        return _write(issued, by, at)
    return issued


def _write(issued: Issued, by: Member, at: datetime) -> Issued:
    invitation = issued.invitation
    try:
        throttle.take(INVITATIONS.of(by.pk), MAILS_TO.of(invitation.email.casefold()), at=at)
    except throttle.TooOften:
        return replace(issued, is_held_back=True)
    context = {
        "name": invitation.member.name,
        "inviter": by.name,
        "url": issued.url,
        "expires": date_format(invitation.expires_at, "DATE_FORMAT"),
        "taken_over": describe_work(invitation.member),
    }
    subject = _("%(name)s has invited you to read papers together") % {"name": by.name}
    send_mail(invitation.email, subject, "accounts/mail/invitation", context)
    return replace(issued, is_mailed=True)


def describe_work(member: Member) -> str:
    """What waits for a placeholder's owner: `3 papers and 2 reviews`, or nothing."""
    counted = with_claim_counts(Member.objects.filter(pk=member.pk))
    papers: int = sum(counted.values_list("claimed_count", "listed_count").get())
    reviews = member.reviews.current().count()
    words = []
    if papers:
        words.append(ngettext("%(n)s paper", "%(n)s papers", papers) % {"n": papers})
    if reviews:
        words.append(ngettext("%(n)s review", "%(n)s reviews", reviews) % {"n": reviews})
    return get_text_list(words, _("and"))
