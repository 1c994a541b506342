"""How this lab uses the accounts library: no sign-up, our counts of tries, our addresses."""

from __future__ import annotations

import math
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from papers.accounts.signing_in import guarding
from papers.throttle import TooOften

TOO_MANY = "too_many_login_attempts"
WRONG_PAIR = gettext_lazy("Wrong handle, email or password.")


class MemberAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed sign-up; an invitation is the only way in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG_PAIR,
        "email_password_mismatch": WRONG_PAIR,
        "enter_current_password": gettext_lazy("That's not your current password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: see accounts.actions.accept_invitation."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether `next` may lead there; what is no address at all leads nowhere."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the profile, from where one came."""
        return reverse("profile")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try by the rule of `guarding`, in place of the library's counts."""
        login = str(credentials.get("email") or credentials.get("username") or "")
        try:
            self._attempt = guarding.begin_attempt(request, login, at=timezone.now())
        except TooOften as refusal:
            raise ValidationError(say_wait(refusal), code=TOO_MANY) from refusal

    def _rollback_login_failed_rl_usage(self) -> None:
        """The password was right."""
        guarding.forgive(self._attempt)


def say_wait(refusal: TooOften) -> str:
    """How long to wait, in words."""
    minutes = math.ceil(refusal.seconds / 60)
    sentence = ngettext(
        "Too many attempts. Try again in %(minutes)d minute.",
        "Too many attempts. Try again in %(minutes)d minutes.",
        minutes,
    )
    return sentence % {"minutes": minutes}
