"""Forms of the second factor: the library's, with our labels and our counts of tries."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError
from django.forms import TextInput
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from papers import throttle
from papers.accounts.signing_in.account_adapter import say_wait
from papers.fields import LineInput
from papers.throttle import Limit, TooOften

CODES = Limit("code", 5, 60)
"""Wrong codes for one account: 1,445 a day, of a million codes that are right for 90 seconds."""


LONGEST_CODE = 20


def make_code_field(label: Any) -> LineInput:
    """The one field of these forms."""
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}
    return LineInput(
        max_length=LONGEST_CODE,
        label=label,
        error_messages={"required": _("Enter a code.")},
        widget=TextInput(attrs=attrs),
    )


EITHER = _("Code from your authenticator app, or a recovery code")


class CodeForm:
    """Counts wrong codes per account."""

    user: Any

    def clean_code(self) -> str:
        """The code, if it is right; a right one gives its try back."""
        count = CODES.of(self.user.pk)
        try:
            throttle.take(count, at=timezone.now())
        except TooOften as refusal:
            raise ValidationError(say_wait(refusal)) from refusal
        code: str = super().clean_code()  # type: ignore[misc]
        throttle.refund(count)
        return code


class SecondStepForm(CodeForm, forms.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""

    code = make_code_field(EITHER)


class ConfirmForm(CodeForm, forms.ReauthenticateForm):  # type: ignore[misc]
    """Confirming who one is before a change of the account."""

    code = make_code_field(EITHER)


class AppForm(CodeForm, ActivateTOTPForm):  # type: ignore[misc]
    """Adding an authenticator app: the first code proves that it holds the secret."""

    code = make_code_field(_("Code from your authenticator app"))
