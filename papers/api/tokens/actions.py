"""Making, revoking and finding the tokens of programs."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from django.utils.crypto import constant_time_compare

from papers.models import ApiToken, Member

PREFIX = "rva_"
"""With it a token that was published by mistake is recognized by scanners of secrets."""

MOST_TOKENS = 20
DAYS = (7, 30, 90, 365)
"""For how many days a token may be made."""

USE_IS_NOTED_EVERY = timedelta(minutes=5)


class TooManyTokens(Exception):
    """A member has as many tokens as she may."""


def make_token(
    *, name: str, scopes: Sequence[str], days: int, by: Member, at: datetime
) -> tuple[ApiToken, str]:
    """A token and its secret, which is stored nowhere. Raises TooManyTokens."""
    if ApiToken.objects.filter(member=by, expires_at__gt=at).count() >= MOST_TOKENS:
        raise TooManyTokens
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        member=by, name=name, token_hash=hash_secret(secret), scopes=list(scopes), created_at=at,
        expires_at=at + timedelta(days=days), account_hash=by.get_session_auth_hash(),
    )  # fmt: skip
    return token, secret


def revoke_token(*, pk: int, by: Member) -> bool:
    """Delete one of the member's tokens; False when it is gone already."""
    return ApiToken.objects.filter(pk=pk, member=by).delete()[0] > 0


def find_token(secret: str, *, at: datetime) -> ApiToken | None:
    """The token of this secret while it holds and its member is active; its use is noted.

    It ends with the member's sessions: by a new password, by leaving, by a moved account.
    """
    if not secret.startswith(PREFIX):
        return None
    tokens = ApiToken.objects.select_related("member").filter(
        token_hash=hash_secret(secret), expires_at__gt=at
    )
    token = tokens.first()
    if token is None or not token.member.is_active:
        return None
    if not constant_time_compare(token.account_hash, token.member.get_session_auth_hash()):
        return None
    if token.used_at is None or at - token.used_at > USE_IS_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(used_at=at)
    return token


def hash_secret(secret: str) -> str:
    """256 random bits need no salt."""
    return sha256(secret.encode()).hexdigest()
