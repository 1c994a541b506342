"""Reads of connections: which providers there are, and which a member has connected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from papers import access
from papers.accounts.providers.provider_rules import Provider
from papers.models import Member


@dataclass(frozen=True, slots=True)
class Connection:
    """An account at a provider. `name` is its key where it is switched off by now."""

    pk: int
    name: str
    label: str
    since: datetime


def list_providers() -> list[Provider]:
    """Those that are switched on, in one order everywhere."""
    return list(settings.SIGN_IN_PROVIDERS.values())


def get_settings(key: str) -> Provider:
    """The operator's settings of this provider. Raises KeyError."""
    found: Provider = settings.SIGN_IN_PROVIDERS[key]
    return found


def list_connections(member: Member) -> list[Connection]:
    """What the member has connected, oldest first."""
    known = settings.SIGN_IN_PROVIDERS
    return [
        Connection(
            row.pk,
            known[row.provider].name if row.provider in known else row.provider,
            str(row.extra_data.get("label", "")),
            row.date_joined,
        )
        for row in SocialAccount.objects.filter(user=member).order_by("date_joined", "pk")
    ]


def list_ways_back(member: Member) -> list[Provider]:
    """Providers by which the member signs in: how one without a password confirms who they are."""
    return _choose(SocialAccount.objects.filter(user=member).values_list("provider", flat=True))


def has_other_way_in(member: Member, account: SocialAccount) -> bool:
    """Whether the member still gets in without this account."""
    if member.has_usable_password() or access.passkeys_of(member).exists():
        return True
    others = SocialAccount.objects.filter(user=member).exclude(pk=account.pk)
    return bool(_choose(others.values_list("provider", flat=True)))


def _choose(keys: Iterable[str]) -> list[Provider]:
    connected = set(keys)
    return [one for one in list_providers() if one.key in connected]
