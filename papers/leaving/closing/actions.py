"""Closing one's own account: work stays, everything that lets in or is private goes, for good."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from papers import access
from papers.accounts.actions.departures import (
    end_access,
    lock_member,
    require_another_administrator,
    require_another_curator,
)
from papers.events import record
from papers.leaving.actions import Handed, hand_over
from papers.leaving.closing.queries import FORMER, find_former_number, list_curators
from papers.leaving.queries import list_duties
from papers.mail import send_mail
from papers.models import (
    Absence,
    ApiAnswer,
    ApiToken,
    BibliographyLink,
    ChatAccount,
    Event,
    Follow,
    IssueFetch,
    Mail,
    Member,
    Notification,
    NotificationChoice,
    ReviewDraft,
    ReviewLink,
    SavedSearch,
    Skip,
    TextDraft,
    ZoteroLibrary,
)


def close_account(*, member: Member, is_name_replaced: bool, at: datetime) -> None:
    """Close it for good, and write to its owner and to the curators.

    Claims, experiments and agenda items that were not handed over are released. Raises
    LastCurator, of which LastAdministrator is one.
    """
    with transaction.atomic():
        member = lock_member(member)
        require_another_administrator(but=member)
        require_another_curator(but=member)
        name, email = member.name, member.email
        released = _release(member, at)
        _delete_private(member)
        libraries = _forget_secrets(member)
        end_access(member=member, at=at)
        _empty(member, at)
        if is_name_replaced:
            _replace_name(member)
        member.save()
        record(Event.Kind.MEMBER_LEFT, member, by=member, at=at)
        lines = {
            "name": name, "is_name_replaced": is_name_replaced, "released": released.number,
            "libraries": libraries,
        }  # fmt: skip
        _write_mails(member, email, lines)


def _release(member: Member, at: datetime) -> Handed:
    """What somebody else would have to go on with goes to nobody."""
    duties = list_duties(member, member, access.get_lab(), at)
    return hand_over(
        claims=[(one, None) for one in duties.claims],
        experiments=[(one, None) for one in duties.experiments],
        items=[(one, None) for one in duties.items],
        by=member,
        at=at,
    )


def _delete_private(member: Member) -> None:
    """What is nobody else's business, and all that lets in or speaks for the member."""
    rows: list[QuerySet[Any]] = [
        ReviewDraft.objects.filter(member=member),
        TextDraft.objects.filter(member=member),
        SavedSearch.objects.filter(by=member),
        Follow.objects.filter(by=member),
        Notification.objects.filter(member=member),
        NotificationChoice.objects.filter(member=member),
        Skip.objects.filter(member=member),
        Absence.objects.filter(member=member),
        ApiToken.objects.filter(member=member),
        ApiAnswer.objects.filter(member=member),
        ChatAccount.objects.filter(member=member),
        BibliographyLink.objects.filter(by=member),
        ReviewLink.objects.filter(review__member=member),
        Authenticator.objects.filter(user=member),
        SocialAccount.objects.filter(user=member),
        member.sessions.all(),
    ]
    for each in rows:
        each.delete()


def _forget_secrets(member: Member) -> int:
    """Keys to other sites that the member typed, and the address where it stands elsewhere.

    Returns how many Zotero libraries need another key.
    """
    IssueFetch.objects.filter(by=member).update(token="")
    libraries = ZoteroLibrary.objects.filter(connected_by=member).update(key="")
    member.invitations.update(email="")
    if member.email:
        Mail.objects.filter(to__iexact=member.email).delete()
    return libraries


def _empty(member: Member, at: datetime) -> None:
    member.closed_at = at
    member.email = member.moved_from = member.bio = member.language = member.orcid = ""
    member.is_superuser, member.unread = False, 0
    member.digest_day, member.agenda_by_mail = Member.DigestDay.NEVER, False
    member.set_unusable_password()


def _replace_name(member: Member) -> None:
    """The lock of `lock_member` gives each number once."""
    before, number = member.handle, find_former_number()
    member.name, member.handle = _("Former member %(n)d") % {"n": number}, f"{FORMER}{number}"
    for event in Event.objects.filter(data__owner=before):
        event.data["owner"] = member.handle
        event.save(update_fields=["data"])


def _write_mails(member: Member, email: str, lines: dict[str, Any]) -> None:
    if email:
        send_mail(email, _("Your account is closed"), "leaving/mail/closed", lines)
    subject = _("%(name)s closed their account") % {"name": lines["name"]}
    for curator in list_curators(but=member):
        if curator.email:
            known = {**lines, "curator": curator.name}
            send_mail(curator.email, subject, "leaving/mail/closed_for_curators", known)
