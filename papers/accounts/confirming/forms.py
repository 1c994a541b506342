"""The form that asks for the password, around the form that has to wait for it."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.account.forms import ReauthenticateForm
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from papers.accounts.forms import LONGEST_PASSWORD

PREFIX = "confirm-"
"""Begins the names of this form's fields, so that they meet none of the form that waits."""

BACK = f"{PREFIX}back"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105


class PasswordForm(ReauthenticateForm):  # type: ignore[misc]
    """The member's password; wrong ones count as tries to sign in."""

    password = forms.CharField(
        max_length=LONGEST_PASSWORD,
        strip=False,
        label=_("Password"),
        error_messages={"required": _("Enter your password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


class ConfirmForm(PasswordForm):
    """The same, within a form that waits."""

    prefix = PREFIX.rstrip("-")


def list_waiting(sent: QueryDict) -> Iterator[tuple[str, str]]:
    """Names and values of the form that waits, to be sent once more with the password."""
    for name, values in sent.lists():
        if name != TOKEN and not name.startswith(PREFIX):
            yield from ((name, str(value)) for value in values)


def take_out(sent: QueryDict) -> QueryDict:
    """What was sent, without the fields of the confirmation."""
    kept = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        if not name.startswith(PREFIX):
            kept.setlist(name, [str(value) for value in values])
    kept._mutable = False
    return kept
