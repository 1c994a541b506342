"""How this lab uses the accounts library: nobody signs up without an invitation."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class MemberAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed sign-up; an invitation is the only way in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: see accounts.actions.accept_invitation."""
        return False
