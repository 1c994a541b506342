"""Forms of the second factor: the library's, with our labels and our counts of tries."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from papers import throttle
from papers.accounts.signing_in.adapter import say_wait
from papers.throttle import Limit, TooOften

CODES = Limit("code", 5, 60)
"""Wrong codes for one account: 1,445 a day, of a million codes that are right for 90 seconds."""


class CodeForm:
    """One field for a code; wrong ones are counted per account."""

    fields: dict[str, Any]
    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = self.label
        field.max_length = 20
        field.error_messages["required"] = _("Enter a code.")
        field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    label = _("Code from your authenticator app, or a recovery code")

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


class ConfirmForm(CodeForm, forms.ReauthenticateForm):  # type: ignore[misc]
    """Confirming who one is before a change of the account."""


class AppForm(CodeForm, ActivateTOTPForm):  # type: ignore[misc]
    """Adding an authenticator app: the first code proves that it holds the secret."""

    label = _("Code from your authenticator app")
