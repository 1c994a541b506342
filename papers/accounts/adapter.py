"""How this lab uses the accounts library: no sign-up, our mails, our addresses."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from papers.mail import send_mail

WRONG_PAIR = gettext_lazy("Wrong handle, email or password.")


class MemberAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed sign-up; an invitation is the only way in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG_PAIR,
        "email_password_mismatch": WRONG_PAIR,
        "too_many_login_attempts": gettext_lazy(
            "Too many failed attempts. Try again in five minutes."
        ),
        "enter_current_password": gettext_lazy("That's not your current password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: see accounts.actions.accept_invitation."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the profile, from where one came."""
        return reverse("profile")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the site's own address, whatever host the request named."""
        uid, _, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        return f"{settings.SITE_URL}{path}"

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """Our mail, through our queue."""
        lines = {"name": user.name, "handle": user.handle, "url": context["password_reset_url"]}
        send_mail(email, _("Reset your password"), "accounts/mail/password_reset", lines)
