"""Writes of connections: letting a person in by what a provider says, connecting, disconnecting."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from papers.accounts.actions.draft_locks import lock_drafts
from papers.accounts.actions.invitations import WAITING, InvitationClosed, accept_by_hash
from papers.accounts.actions.members import EmailTaken
from papers.accounts.actions.new_members import activate, make_invited_member
from papers.accounts.providers.provider_rules import (
    Person,
    Provider,
    find_role,
    would_fit_if_verified,
)
from papers.accounts.providers.queries import has_other_way_in
from papers.accounts.queries import has_had_account
from papers.events import record
from papers.mail import send_mail
from papers.models import Event, Invitation, Member

ORCID = "orcid"


class Reason(StrEnum):
    """Why somebody does not get in; the page says no more about accounts than this."""

    NO_RULE = "no-rule"
    UNVERIFIED = "unverified"
    INVITATION = "invitation"


class Refused(Exception):
    """Nothing lets this person in."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class ConnectedElsewhere(Exception):
    """The account at the provider signs another member in."""

    def __init__(self, provider: Provider) -> None:
        said = _("This %(provider)s account is connected to another member.")
        super().__init__(said % {"provider": provider.name})


class LastWayIn(Exception):
    """Without it, the member could not sign in any more."""

    def __init__(self) -> None:
        super().__init__(_("This is your only way to sign in. Set a password first."))


def admit_person(
    *, provider: Provider, person: Person, invitation_hash: str = "", at: datetime
) -> SocialAccount:
    """Find or open the account of one who comes by a provider for the first time; connect it.

    By the invitation they opened; else by their verified address, where the provider is trusted
    with it; else by a rule. Raises Refused.
    """
    with transaction.atomic():
        if invitation_hash:
            member = _accept(invitation_hash, person, at)
        elif holder := _find_holder(person):
            member = _open_account(provider, person, holder, at)
        else:
            member = _make_by_rule(provider, person, at)
        return connect_account(member=member, provider=provider, person=person, at=at)


def connect_account(
    *, member: Member, provider: Provider, person: Person, at: datetime
) -> SocialAccount:
    """Let this account at a provider sign the member in, and say so by mail; twice is once.

    Raises ConnectedElsewhere.
    """
    with transaction.atomic():
        member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        account = _make_account(member, provider, person)
        if account is None:
            return SocialAccount.objects.get(provider=provider.key, uid=person.uid)
        if provider.key == ORCID:
            member.orcid = person.uid
            member.save(update_fields=["orcid"])
        _note(member, {"connected": provider.key}, at)
        if member.email:
            lines = {"name": member.name, "provider": provider.name}
            subject = _("%(provider)s can now sign you in") % {"provider": provider.name}
            send_mail(member.email, subject, "accounts/mail/provider_connected", lines)
    return account


def disconnect_account(*, member: Member, pk: int, at: datetime) -> bool:
    """Let this account sign the member in no longer; False when it is gone. Raises LastWayIn."""
    with transaction.atomic():
        member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        account = SocialAccount.objects.filter(user=member, pk=pk).first()
        if account is None:
            return False
        if not has_other_way_in(member, account):
            raise LastWayIn
        if account.provider == ORCID and member.orcid == account.uid:
            member.orcid = ""
            member.save(update_fields=["orcid"])
        account.delete()
        _note(member, {"disconnected": account.provider}, at)
    return True


def _make_account(member: Member, provider: Provider, person: Person) -> SocialAccount | None:
    """The new connection; None when the member has it already."""
    known = SocialAccount.objects.filter(provider=provider.key, uid=person.uid).first()
    if known is None:
        label = person.email or person.handle or person.name or person.uid
        row = SocialAccount(
            user=member, provider=provider.key, uid=person.uid, extra_data={"label": label}
        )
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:  # another request was faster
            known = SocialAccount.objects.get(provider=provider.key, uid=person.uid)
        else:
            return row
    if known.user_id != member.pk:
        raise ConnectedElsewhere(provider)
    return None


def _find_holder(person: Person) -> Member | None:
    """Whoever has an address that the provider has confirmed."""
    if not person.email:
        return None
    rows = Member.objects.select_for_update(no_key=True)
    found: Member | None = rows.filter(email__iexact=person.email).first()
    return found


def _accept(invitation_hash: str, person: Person, at: datetime) -> Member:
    try:
        member = accept_by_hash(
            token_hash=invitation_hash, handle="", name="", password=None, at=at,
        )  # fmt: skip
    except (InvitationClosed, EmailTaken) as problem:
        raise Refused(Reason.INVITATION) from problem
    if not member.email and _find_holder(person) is None:
        member.email = person.email.lower()
        member.save(update_fields=["email"])
    return member


def _open_account(provider: Provider, person: Person, holder: Member, at: datetime) -> Member:
    """The account with the same address: only a provider that is trusted with addresses opens it.

    One that an administrator moved there loses its drafts from sight, as after a reset.
    """
    if not provider.is_trusted:
        raise Refused(Reason.NO_RULE)
    if holder.is_active:
        lock_drafts(member=holder, at=at)
        return holder
    if holder.state not in WAITING or has_had_account(holder):
        raise Refused(Reason.NO_RULE)
    invitation = Invitation.objects.filter(
        member=holder, email__iexact=person.email, accepted_at=None, revoked_at=None,
        expires_at__gt=at,
    ).first()  # fmt: skip
    if invitation:
        return _accept(invitation.token_hash, person, at)
    role = find_role(provider, person)
    if role is None:
        raise Refused(Reason.NO_RULE)
    holder.role, holder.name = Member.Role(role), person.name or holder.name
    activate(holder, at)
    return holder


def _make_by_rule(provider: Provider, person: Person, at: datetime) -> Member:
    role = find_role(provider, person)
    if role is None:
        is_close = would_fit_if_verified(provider, person)
        raise Refused(Reason.UNVERIFIED if is_close else Reason.NO_RULE)
    name = person.name or person.handle
    try:
        member = make_invited_member(name=name, email=person.email.lower(), role=role)
    except EmailTaken as problem:  # at the same moment, by another way
        raise Refused(Reason.NO_RULE) from problem
    activate(member, at)
    return member


def _note(member: Member, data: dict[str, str], at: datetime) -> None:
    record(Event.Kind.MEMBER_CHANGED, member, by=member, at=at, data=data)
