"""Reads of accounts: invitations and who waits for one."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from papers.models import Invitation


class Standing(StrEnum):
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


def get_standing(invitation: Invitation, at: datetime) -> Standing:
    """Open, or why it is not."""
    if invitation.accepted_at:
        return Standing.ACCEPTED
    if invitation.revoked_at:
        return Standing.REVOKED
    return Standing.EXPIRED if invitation.expires_at <= at else Standing.OPEN
