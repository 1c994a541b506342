"""Writes of one's own account: profile, address, colours."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from papers import throttle
from papers.accounts.account_mails import CONFIRMATION, MAILS_BY_MEMBER, queue_mail
from papers.events import record
from papers.mail import send_mail
from papers.models import Event, Member

CONFIRM_WITHIN = timedelta(days=3)
_SALT = "papers.accounts.email"


class EmailTaken(Exception):
    """Another member has this address."""

    def __init__(self) -> None:
        super().__init__(_("Another member uses this email address."))


class ConfirmationClosed(Exception):
    """The link is too old, was used, or belongs to somebody else."""

    def __init__(self) -> None:
        super().__init__(
            _("This link has expired or was already used. Request a new one on your profile.")
        )


def change_profile(
    *, member: Member, name: str, bio: str, language: str = "", at: datetime
) -> bool:
    """Change name, bio and language; False when all are as they were.

    The language is a setting of one's own: no event tells of it.
    """
    with transaction.atomic():
        member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        wanted = {"name": name, "bio": bio, "language": language}
        changed = [field for field, value in wanted.items() if getattr(member, field) != value]
        if not changed:
            return False
        member.name, member.bio, member.language = name, bio, language
        member.save(update_fields=changed)
        if told := [field for field in changed if field != "language"]:
            record(Event.Kind.MEMBER_CHANGED, member, by=member, at=at, data={"fields": told})
    return True


def choose_theme(*, member: Member, theme: str) -> None:
    """Keep the colours for this account. A setting of one's own: no event tells of it."""
    Member.objects.filter(pk=member.pk).update(theme=Member.Theme(theme))


def request_email_change(*, member: Member, email: str, at: datetime) -> None:
    """Have a link sent to the new address; nothing changes until it is opened. Raises TooOften.

    Whether the address is another member's is looked up by the worker that writes the mail: this
    does the same, and takes as long, for every address.
    """
    throttle.take(MAILS_BY_MEMBER.of(member.pk), at=at)
    queue_mail(CONFIRMATION, login=email.lower(), member=member.pk)


def make_confirmation_url(*, member: Member, email: str) -> str:
    """The address that confirms `email` for this member, once and within CONFIRM_WITHIN."""
    # The old address inside makes the link good for one change.
    token = signing.dumps([*_get_state(member), email], salt=_SALT, compress=True)
    path = reverse("email-confirmation", kwargs={"token": token})
    return f"{settings.SITE_URL}{path}"


def read_confirmation(*, member: Member, token: str) -> str:
    """The address that a link confirms for this member. Raises ConfirmationClosed."""
    try:
        *state, email = signing.loads(token, salt=_SALT, max_age=CONFIRM_WITHIN)
    except (signing.BadSignature, ValueError, TypeError) as problem:
        raise ConfirmationClosed from problem
    if state != _get_state(member):
        raise ConfirmationClosed
    return str(email)


def confirm_email(*, member: Member, token: str, at: datetime) -> Member:
    """Take the confirmed address and tell the old one. Raises ConfirmationClosed, EmailTaken."""
    try:
        with transaction.atomic():
            member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
            before, member.email = member.email, read_confirmation(member=member, token=token)
            member.save(update_fields=["email"])
            record(Event.Kind.MEMBER_CHANGED, member, by=member, at=at, data={"fields": ["email"]})
            if before:
                lines = {"name": member.name, "email": member.email}
                subject = _("Your email address was changed")
                send_mail(before, subject, "accounts/mail/email_changed", lines)
    except IntegrityError as problem:
        raise EmailTaken from problem
    return member


def _get_state(member: Member) -> list[object]:
    """What must be as it was when a link was written: the address, and the account open since."""
    return [member.pk, member.email, str(member.signed_out_at or "")]
