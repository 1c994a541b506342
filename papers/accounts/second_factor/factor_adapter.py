"""How this lab uses the library of second factors: secrets are stored encrypted."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy

from papers.access import get_lab
from papers.accounts.passkeys.ceremonies import find_host
from papers.accounts.sessions.queries import describe
from papers.models import Member
from papers.models.sealed import seal, unseal


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seals secrets with SECRET_KEY, and names the lab in the authenticator app."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("Wrong code. Codes change every 30 seconds."),
    }

    def encrypt(self, text: str) -> str:
        """What the table holds."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; one that no key opens fits no code."""
        return unseal(encrypted_text) or ""

    def get_totp_issuer(self) -> str:
        """The lab's name, as the app lists it."""
        return get_lab().name

    def get_totp_label(self, user: Member) -> str:
        """The member's handle."""
        return user.handle

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whose passkeys these are: the site's, by the lab's name."""
        return {"id": find_host(context.request), "name": get_lab().name}

    def get_public_key_credential_user_entity(self, user: Member) -> dict[str, Any]:
        """How the device lists the passkey: no address stands in it."""
        known: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**known, "name": user.handle, "display_name": user.name or user.handle}

    def generate_authenticator_name(self, *args: Any) -> str:
        """The browser it is made in: `Firefox on Windows`."""
        return describe(context.request.headers.get("User-Agent", ""))

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Never: `second_factor.actions` writes these mails, by the lab's one way to send any."""
