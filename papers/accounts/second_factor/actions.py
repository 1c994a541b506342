"""Telling members by mail that somebody changed how their account is signed in to."""

from __future__ import annotations

from enum import Enum

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from papers.accounts.sessions.queries import describe
from papers.mail import send_mail
from papers.models import Member


class Change(Enum):
    """What was changed: the subject of the mail, and its sentence about `passkey`."""

    PASSKEY_ADDED = (
        gettext_noop("A passkey was added to your account"),
        gettext_noop("The passkey “%(passkey)s” was added to your account. It can sign you in."),
    )
    PASSKEY_REMOVED = (
        gettext_noop("A passkey was removed from your account"),
        gettext_noop("The passkey “%(passkey)s” was removed from your account."),
    )
    APP_ADDED = (
        gettext_noop("An authenticator app was added to your account"),
        gettext_noop("Signing in to your account asks for a code of an authenticator app now."),
    )
    APP_REMOVED = (
        gettext_noop("The authenticator app was removed from your account"),
        gettext_noop("Signing in to your account asks for no code of an app any more."),
    )
    CODES_RENEWED = (
        gettext_noop("Your recovery codes were replaced"),
        gettext_noop("Your account has new recovery codes. The old ones stopped working."),
    )


def report_change(change: Change, *, member: Member, agent: str, passkey: str = "") -> None:
    """Write the mail, if there is an address. `agent`: the browser's name of itself."""
    if not member.email:
        return
    subject, said = change.value
    lines = {
        "name": member.name,
        "said": _(said) % {"passkey": passkey},
        "browser": describe(agent),
        "url": f"{settings.SITE_URL}{reverse('session-list')}",
    }
    send_mail(member.email, _(subject), "accounts/mail/second_factor", lines)
