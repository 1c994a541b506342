"""Forms of passkeys: the library's, with our fields, and one sentence for every refusal."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as library
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from papers.accounts.passkeys.ceremonies import CredentialField, check_origin, refusing
from papers.fields import LineInput

LONGEST_NAME = 80
REFUSED = _("That passkey doesn't open an account here. Try another one, or your password.")
NOT_ADDED = _("The passkey couldn't be added. Please try again.")
NOT_CONFIRMED = _("That passkey isn't one of yours. Try another one.")


def make_name_field() -> LineInput:
    """What the member calls it."""
    return LineInput(
        max_length=LONGEST_NAME,
        label=_("Name"),
        help_text=_("So that you know it again, for example: work laptop."),
        error_messages={"required": _("Enter a name.")},
    )


class AddForm(library.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey."""

    passwordless = None  # the library's question; every passkey may do without a password here
    name = make_name_field()
    credential = CredentialField()

    def clean_name(self) -> str:
        """What was typed: here it is required."""
        return str(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        """The passkey is checked last, and only when its name is right: it is good for one try."""
        if self.errors:
            return dict(self.cleaned_data)
        with refusing(NOT_ADDED):
            check_origin(context.request, self.cleaned_data["credential"])
            return dict(super().clean())


class RenameForm(forms.Form):
    """Another name."""

    name = make_name_field()


class PasskeyForm(library.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The second step of signing in, by a passkey."""

    credential = CredentialField()
    said = NOT_CONFIRMED

    def clean_credential(self) -> Authenticator:
        """The passkey, of a member who may sign in."""
        with refusing(self.said):
            check_origin(context.request, self.cleaned_data["credential"])
            found: Authenticator = super().clean_credential()
            if not found.user.is_active:
                raise ValidationError(self.said)
        return found


class SignInForm(PasskeyForm):
    """Signing in by a passkey alone: whose it is stands in its answer."""

    passwordless = True
    said = REFUSED

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=None, **kwargs)


class ConfirmForm(PasskeyForm):
    """Confirming who one is before a change of the account."""

    reauthenticated = True
