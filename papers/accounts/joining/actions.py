"""Writes of join links: make, revoke, and the invitation that one sends."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from papers import throttle
from papers.accounts.account_mails import MAILS_BY_STRANGER, may_mail
from papers.accounts.actions.invitations import (
    OPEN_FOR,
    AlreadyMember,
    Issued,
    invite_member,
    renew_invitation,
)
from papers.accounts.queries import hash_token
from papers.events import record
from papers.mail import send_mail
from papers.models import Event, Invitation, JoinLink, Member
from papers.throttle import Limit

JOINING = "papers.send_join_invitation"
"""The job's name; papers.tasks binds it."""

BY_LINK = Limit("join-link", 60, 60)
"""Mails that one link sends, however many ask from however many addresses."""

SPARE = 20
"""Invitations that may be open beyond the uses that are left: some people never come."""


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A new link and its address, which is known only now."""

    link: JoinLink
    url: str


def make_join_link(
    *, name: str, role: str, most_uses: int, ends_at: datetime, by: Member, at: datetime
) -> MadeLink:
    """A link by which at most `most_uses` people join as readers or members until `ends_at`."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        link = JoinLink.objects.create(
            name=name, role=role, most_uses=most_uses, ends_at=ends_at, created_by=by,
            created_at=at, token_hash=hash_token(token),
        )  # fmt: skip
        record(Event.Kind.JOIN_LINK_MADE, by=by, at=at, data={"join_link": link.pk})
    return MadeLink(link, settings.SITE_URL + reverse("join", args=[token]))


def revoke_join_link(*, link: JoinLink, by: Member, at: datetime) -> bool:
    """Close the link and the invitations that it sent; False when it was closed already."""
    with transaction.atomic():
        link = JoinLink.objects.select_for_update().get(pk=link.pk)
        if link.revoked_at:
            return False
        link.revoked_at = at
        link.save(update_fields=["revoked_at"])
        link.invitations.filter(accepted_at=None, revoked_at=None).update(revoked_at=at)
        record(Event.Kind.JOIN_LINK_REVOKED, by=by, at=at, data={"join_link": link.pk})
    return True


def ask_to_join(*, link: JoinLink, name: str, email: str, ip: str, at: datetime) -> None:
    """Have an invitation sent to this address. Raises TooOften.

    Whether it is a member's is looked up by the worker: the answer is the same, and takes as
    long, for every address.
    """
    throttle.take(MAILS_BY_STRANGER.of(ip), BY_LINK.of(link.pk), at=at)
    app.configure_task(JOINING).defer(link=link.pk, name=name, email=email.lower())


def send_join_invitation(*, link: int, name: str, email: str, at: datetime) -> None:
    """Write the mail: the invitation, or to a member a note that they have an account.

    The name that was typed does not go into it: nobody writes to others in the lab's name.
    """
    found = JoinLink.objects.open(at).select_related("created_by").filter(pk=link).first()
    if found is None or found.created_by is None or not may_mail(email, at=at):
        return
    try:
        issued = _issue(found, found.created_by, name, email, at)
    except AlreadyMember:
        lines = {"url": settings.SITE_URL + reverse("account_login")}
        send_mail(email, _("You already have an account"), "accounts/mail/join_known", lines)
        return
    if issued:
        expires = date_format(issued.invitation.expires_at, "DATE_FORMAT")
        lines = {"url": issued.url, "expires": expires}
        send_mail(email, _("Your invitation"), "accounts/mail/join", lines)


def _issue(link: JoinLink, by: Member, name: str, email: str, at: datetime) -> Issued | None:
    """An invitation; one that a curator sent before is renewed as it was. None: too many wait."""
    waiting = Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=at)
    before = waiting.filter(member__email__iexact=email, join_link=None).first()
    if before:
        return renew_invitation(invitation=before, by=by, at=at, has_mail=False)
    others = waiting.filter(join_link=link).exclude(email__iexact=email)
    if others.count() >= link.most_uses - link.uses + SPARE:
        return None
    return invite_member(
        email=email, name=name, role=link.role, by=by, at=at, has_mail=False, join_link=link,
        open_for=min(OPEN_FOR, link.ends_at - at),
    )  # fmt: skip
