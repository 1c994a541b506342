"""Secret addresses of bibliographies; only the hash of a token is kept."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256

from papers import access
from papers.models import BibliographyLink, Member, Topic

MOST = 50
"""Addresses of one member."""


class TooManyLinks(Exception):
    """The member has as many addresses as there may be."""


def add_bibliography_link(
    *, topic: Topic | None, search: str, written_as: str, by: Member, at: datetime
) -> str:
    """The token of a new address. Raises TooManyLinks."""
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)
    if BibliographyLink.objects.filter(by=by).count() >= MOST:
        raise TooManyLinks
    token = secrets.token_urlsafe(24)
    BibliographyLink.objects.create(
        by=by, topic=topic, search=search, format=written_as, token_hash=hash_token(token),
        created_at=at,
    )  # fmt: skip
    return token


def revoke_bibliography_link(*, link: BibliographyLink) -> None:
    """From now on the address shows nothing."""
    link.delete()


def find_bibliography(token: str) -> tuple[BibliographyLink, Member] | None:
    """The address that a token opens and for whom it reads; None once they left or took it back."""
    rows = BibliographyLink.objects.select_related("by", "topic")
    found = rows.filter(token_hash=hash_token(token)).first()
    member = access.get_member(found.by) if found else None
    return (found, member) if found and member else None


def hash_token(token: str) -> str:
    """192 random bits need no salt."""
    return sha256(token.encode()).hexdigest()
