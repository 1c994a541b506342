"""Who signs in with what, and permissions in the admin panel."""

from __future__ import annotations

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from papers import access
from papers.accounts.queries import find_account
from papers.caching.prepared import PreparedRead, number
from papers.models import Member


class MemberBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs in by handle or address, and gives curators the tables of the app.

    The one backend, so that every try costs one query and one password hash, whether the account
    is there, waits for its owner, is closed or was never heard of: the library's own asks up to
    three times for a known address and twice for an unknown one.
    """

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Member | None:
        login = str(credentials.get("email") or credentials.get("username") or "")
        member = find_account(login)
        found: Member | None = self._check_password(member, str(credentials.get("password") or ""))
        return found

    def get_user(self, user_id: Any) -> Member | None:
        """The member of a session; None for one who is not active any more."""
        member = next(iter(_get_member_read().run(int(user_id))), None)
        return member if member and self.user_can_authenticate(member) else None

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Curators hold every permission on the app's tables; the rest is Django's rule."""
        if perm.startswith("papers.") and access.can_curate(user_obj):
            return True
        return bool(super().has_perm(user_obj, perm, obj))

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Curators see the app in the panel."""
        if app_label == "papers" and access.can_curate(user_obj):
            return True
        return bool(super().has_module_perms(user_obj, app_label))


@cache
def _get_member_read() -> PreparedRead:
    return PreparedRead(lambda: Member.objects.filter(pk=number(0)))
