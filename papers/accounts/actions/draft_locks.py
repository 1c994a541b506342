"""Locking drafts when somebody else may have got into the account, and opening them again.

A draft is its author's alone. An administrator who moves an account to another address can reset
its password there and sign in; the first reset after such a move therefore locks every draft. A
link to the address from before opens them, and so does whoever runs the server
(`manage.py unlock_drafts`), who could read the database anyway. A member who still knows the
password signs in as ever and says on the profile that the new address is right: then nothing is
locked later.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from papers.mail import send_mail
from papers.models import Member, ReviewDraft

_SALT = "papers.accounts.actions.draft_locks"


class LinkClosed(Exception):
    """The link was cut short, or the drafts are open already."""


def count_locked(member: Member) -> int:
    """Drafts that wait for the link."""
    return ReviewDraft.objects.filter(member=member, locked_at__isnull=False).count()


def lock_drafts(*, member: Member, at: datetime) -> int:
    """Before a password is reset: lock the drafts if the account was moved since; how many."""
    with transaction.atomic():
        member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        if not member.moved_from or count_locked(member):
            return 0
        count = ReviewDraft.objects.filter(member=member).update(
            locked_at=at, discarded_at=Coalesce(F("discarded_at"), at)
        )
        if count:
            lines = {"name": member.name, "email": member.email, "url": _make_url(member)}
            subject = _("Your drafts are locked")
            send_mail(member.moved_from, subject, "accounts/mail/drafts_locked", lines)
    return count


def agree_to_move(*, member: Member) -> bool:
    """The member, signed in, says that the new address is theirs; False when drafts are locked
    already: then that is for whoever reads the old address to say."""
    if count_locked(member):
        return False
    Member.objects.filter(pk=member.pk).update(moved_from="")
    return True


def read_unlocking(token: str) -> Member:
    """Whose drafts this link opens. Raises LinkClosed."""
    try:
        pk, address = signing.loads(token, salt=_SALT)
        member: Member = Member.objects.get(pk=pk, moved_from=address)
    except (signing.BadSignature, ValueError, TypeError, Member.DoesNotExist) as problem:
        raise LinkClosed from problem
    if not address:
        raise LinkClosed
    return member


def unlock_drafts(*, member: Member, at: datetime) -> int:
    """Open the drafts; how many. One on a paper that has a newer draft is put away for 30 days."""
    with transaction.atomic():
        member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        locked = ReviewDraft.objects.filter(member=member, locked_at__isnull=False)
        papers = set(
            ReviewDraft.objects.current().filter(member=member).values_list("paper", flat=True)
        )
        drafts = list(locked.order_by("-saved_at", "-pk"))
        for draft in drafts:
            if draft.discarded_at == draft.locked_at:  # it was open when it was locked
                draft.discarded_at = at if draft.paper_id in papers else None
                papers.add(draft.paper_id)
            draft.locked_at = None
            draft.save(update_fields=["locked_at", "discarded_at"])
        Member.objects.filter(pk=member.pk).update(moved_from="")
    return len(drafts)


def _make_url(member: Member) -> str:
    token = signing.dumps([member.pk, member.moved_from], salt=_SALT)
    return f"{settings.SITE_URL}{reverse('draft-unlocking', kwargs={'token': token})}"
