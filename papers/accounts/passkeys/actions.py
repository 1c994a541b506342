"""Writes of passkeys. One's own business: a mail tells their owner, and no event anybody else."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.internal.flows import delete_dangling_recovery_codes
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.utils.translation import gettext as _

from papers import access
from papers.accounts.passkeys.forms import PasskeyForm
from papers.accounts.passkeys.queries import MOST, is_only_way
from papers.accounts.second_factor.actions import Change, report_change
from papers.models import Member


class TooMany(Exception):
    """Twenty are enough for every device that somebody has."""

    def __init__(self) -> None:
        super().__init__(_("You have %(n)d passkeys. Remove one first.") % {"n": MOST})


class OnlyWay(Exception):
    """Without it nobody could get into the account any more."""

    def __init__(self) -> None:
        super().__init__(
            _("This passkey is the only way into your account. Set a password or an email first.")
        )


def add_passkey(*, member: Member, name: str, credential: dict[str, Any], agent: str) -> bool:
    """Add it, with recovery codes if there are none; whether these are new. Raises TooMany."""
    with transaction.atomic():
        member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        if access.passkeys_of(member).count() >= MOST:
            raise TooMany
        before = Authenticator.objects.filter(user=member, type=Authenticator.Type.RECOVERY_CODES)
        has_codes = before.exists()
        WebAuthn.add(member, name, credential)
        RecoveryCodes.activate(member)
        report_change(Change.PASSKEY_ADDED, member=member, agent=agent, passkey=name)
    return not has_codes


def rename_passkey(*, passkey: Authenticator, name: str) -> None:
    """Give it another name."""
    passkey.wrap().name = name
    passkey.save(update_fields=["data"])


def remove_passkey(*, passkey: Authenticator, member: Member, agent: str) -> None:
    """Remove it; recovery codes go with the last second factor. Raises OnlyWay."""
    with transaction.atomic():
        member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        if is_only_way(passkey, member):
            raise OnlyWay
        name = passkey.wrap().name
        passkey.delete()
        delete_dangling_recovery_codes(member)
        report_change(Change.PASSKEY_REMOVED, member=member, agent=agent, passkey=name)


def note_use(form: PasskeyForm) -> None:
    """Note when the passkey that answered was used; the form is valid."""
    form.save()
