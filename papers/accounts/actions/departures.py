"""What every way of leaving does to an account, and who may not leave."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from papers.accounts.queries import is_last_administrator, is_last_curator
from papers.models import FeedToken, Member


class LastCurator(Exception):
    """Nobody would be left who can open the curators' desk."""

    def __init__(self, said: str = "") -> None:
        super().__init__(said or _("You need at least one curator. Promote someone else first."))


class LastAdministrator(LastCurator):
    """Nobody would be left who can look after curators."""

    def __init__(self) -> None:
        super().__init__(
            _("You're the last administrator. Make someone else an administrator first.")
        )


def lock_member(member: Member) -> Member:
    """The row as it is now; all curators are locked first, so that two cannot both go last."""
    keepers = Member.objects.filter(Q(role=Member.Role.CURATOR) | Q(is_superuser=True))
    list(keepers.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    locked: Member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    return locked


def require_another_curator(*, but: Member) -> None:
    """Raise LastCurator where nobody would be left to keep the lab."""
    if is_last_curator(but):
        raise LastCurator


def require_another_administrator(*, but: Member) -> None:
    """Raise LastAdministrator where there would be none any more."""
    if is_last_administrator(but):
        raise LastAdministrator


def end_access(*, member: Member, at: datetime) -> None:
    """Close a locked account; its new state is for the caller to save.

    Sessions, tokens, known devices, feeds and every link that lets in are void from here on.
    """
    member.state, member.signed_out_at = Member.State.ALUMNI, at
    FeedToken.objects.filter(member=member).delete()
    member.invitations.filter(accepted_at=None, revoked_at=None).update(revoked_at=at)
