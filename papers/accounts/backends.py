"""Permissions in the admin panel: curators hold those of the app, administrators all."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.auth.backends import ModelBackend

from papers import access
from papers.caching.prepared import PreparedRead, number
from papers.models import Member


class MemberBackend(ModelBackend):
    """Signs in by handle and password, and gives curators the tables of the app."""

    def get_user(self, user_id: Any) -> Member | None:
        """The member of a session; None for one who is not active any more."""
        member = next(iter(_get_member_read().run(int(user_id))), None)
        return member if member and self.user_can_authenticate(member) else None

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Curators hold every permission on the app's tables; the rest is Django's rule."""
        if perm.startswith("papers.") and access.can_curate(user_obj):
            return True
        return super().has_perm(user_obj, perm, obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Curators see the app in the panel."""
        if app_label == "papers" and access.can_curate(user_obj):
            return True
        return super().has_module_perms(user_obj, app_label)


@cache
def _get_member_read() -> PreparedRead:
    return PreparedRead(lambda: Member.objects.filter(pk=number(0)))
