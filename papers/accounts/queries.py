"""Reads of accounts: invitations and who waits for one."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from django.db.models import Q

from papers.models import Invitation, Member

LONGEST_LOGIN = 254
"""Characters of an address; handles are shorter."""


class InvitationState(StrEnum):
    """What an invitation is good for at some instant."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REVOKED = "revoked"
    EXPIRED = "expired"
    USED_UP = "used-up"


def hash_token(token: str) -> str:
    """What the database keeps of a token: 256 random bits need no salt."""
    return sha256(token.encode()).hexdigest()


def find_invitation(token: str) -> Invitation | None:
    """The invitation of this token, open or not; its member is read when it is asked for, so that
    a closed one takes no longer than one that never was.
    """
    return Invitation.objects.filter(token_hash=hash_token(token)).first()


def get_invitation_state(invitation: Invitation, at: datetime) -> InvitationState:
    """Open, or why it is not."""
    if invitation.accepted_at:
        return InvitationState.ACCEPTED
    if invitation.revoked_at:
        return InvitationState.REVOKED
    if invitation.expires_at <= at:
        return InvitationState.EXPIRED
    link = invitation.join_link
    return InvitationState.USED_UP if link and link.uses >= link.most_uses else InvitationState.OPEN


def has_had_account(member: Member) -> bool:
    """Whether somebody was ever let in as this member: then the account is hers for good, and no
    invitation and no curator gives it to anybody else.
    """
    return (
        bool(member.password and member.has_usable_password())
        or member.last_login is not None
        or member.invitations.filter(accepted_at__isnull=False).exists()
    )


def is_last_curator(member: Member) -> bool:
    """Whether nobody else could open the curators' desk."""
    keepers = Member.objects.active().filter(Q(role=Member.Role.CURATOR) | Q(is_superuser=True))
    return member.is_curator and not keepers.exclude(pk=member.pk).exists()


def is_last_administrator(member: Member) -> bool:
    """Whether nobody else could look after curators."""
    others = Member.objects.active().filter(is_superuser=True).exclude(pk=member.pk)
    return member.is_superuser and not others.exists()


def find_account(login: str) -> Member | None:
    """The member of this handle or address, in any case; one query, whatever was typed."""
    login = login[:LONGEST_LOGIN]
    has_it = Q(handle__iexact=login) | Q(email__iexact=login) & ~Q(email="")
    found: Member | None = Member.objects.filter(has_it).first()
    return found
