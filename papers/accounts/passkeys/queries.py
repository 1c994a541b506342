"""Reads of passkeys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from papers import access
from papers.models import Member

MOST = 20
"""Passkeys of one member."""


@dataclass(frozen=True, slots=True)
class Passkey:
    """One, as its member knows it. `is_alone_enough`: signs in without a password; None if the
    browser did not say."""

    pk: int
    name: str
    added_at: datetime
    used_at: datetime | None
    is_alone_enough: bool | None


def list_passkeys(member: Member) -> list[Passkey]:
    """All of a member, the oldest first."""
    return [describe(row) for row in access.passkeys_of(member).order_by("pk")]


def describe(row: Authenticator) -> Passkey:
    """A row as pages show it."""
    wrapped = row.wrap()
    return Passkey(row.pk, wrapped.name, row.created_at, row.last_used_at, wrapped.is_passwordless)


def has_passkeys(member: Member) -> bool:
    """Whether there is one."""
    return bool(access.passkeys_of(member).exists())


def is_only_way(passkey: Authenticator, member: Member) -> bool:
    """Whether nobody could get into the account without it: no password, no address for a link
    to a new one, no connected account elsewhere, and no other passkey."""
    if member.has_usable_password() or member.email:
        return False
    connected = SocialAccount.objects.filter(user=member, provider__in=settings.SIGN_IN_PROVIDERS)
    if connected.exists():
        return False
    return not access.passkeys_of(member).exclude(pk=passkey.pk).exists()
