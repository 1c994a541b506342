"""The private token in the addresses of a member's feeds and calendars; only its hash is kept."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256

from papers.models import FeedToken, Member


def renew_token(*, by: Member, at: datetime) -> str:
    """A new token; whoever had the old one sees nothing from now on."""
    token = secrets.token_urlsafe(24)
    FeedToken.objects.update_or_create(
        member=by, defaults={"token_hash": _hash(token), "created_at": at}
    )
    return token


def revoke_token(*, by: Member) -> bool:
    """Close the feeds; False when they were closed."""
    return FeedToken.objects.filter(member=by).delete()[0] > 0


def find_reader(token: str) -> Member | None:
    """The active member for whom this token stands."""
    if not token:
        return None
    rows = FeedToken.objects.select_related("member").filter(token_hash=_hash(token))
    found = rows.first()
    return found.member if found and found.member.is_active else None


def _hash(token: str) -> str:
    """192 random bits need no salt."""
    return sha256(token.encode()).hexdigest()
