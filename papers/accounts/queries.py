"""Reads of accounts: invitations and who waits for one."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from papers.models import Invitation


class InvitationState(StrEnum):
    """What an invitation is good for at some instant."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REVOKED = "revoked"
    EXPIRED = "expired"


def hash_token(token: str) -> str:
    """What the database keeps of a token: 256 random bits need no salt."""
    return sha256(token.encode()).hexdigest()


def find_invitation(token: str) -> Invitation | None:
    """The invitation of this token, open or not."""
    rows = Invitation.objects.select_related("member", "invited_by")
    return rows.filter(token_hash=hash_token(token)).first()


def get_invitation_state(invitation: Invitation, at: datetime) -> InvitationState:
    """Open, or why it is not."""
    if invitation.accepted_at:
        return InvitationState.ACCEPTED
    if invitation.revoked_at:
        return InvitationState.REVOKED
    return InvitationState.EXPIRED if invitation.expires_at <= at else InvitationState.OPEN
