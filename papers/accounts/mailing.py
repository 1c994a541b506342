"""The worker's side of asking: whose account is it, and which mail is to be written."""

from __future__ import annotations

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from papers.accounts.account_mails import CONFIRMATION, DEVICE, may_mail
from papers.accounts.actions.members import make_confirmation_url
from papers.accounts.queries import find_account
from papers.accounts.signing_in.devices import make_device_url
from papers.mail import send_mail
from papers.models import Member


def write_account_mail(*, kind: str, login: str, member: int | None, at: datetime) -> None:
    """Write the mail that was asked for, if there is somebody to write to."""
    if kind == CONFIRMATION:
        _write_confirmation(Member.objects.active().filter(pk=member).first(), login, at)
        return
    found = find_account(login)
    if found is None or not found.is_active or not found.email:
        return
    if may_mail(found.email, at=at):
        (_write_device_link if kind == DEVICE else _write_reset)(found)


def _write_reset(member: Member) -> None:
    key = default_token_generator.make_token(member)
    where = {"uidb36": user_pk_to_url_str(member), "key": key}
    path = reverse("account_reset_password_from_key", kwargs=where)
    lines = {"name": member.name, "handle": member.handle, "url": f"{settings.SITE_URL}{path}"}
    send_mail(member.email, _("Reset your password"), "accounts/mail/password_reset", lines)


def _write_device_link(member: Member) -> None:
    lines = {"name": member.name, "handle": member.handle, "url": make_device_url(member)}
    send_mail(member.email, _("Sign in on a new device"), "accounts/mail/device", lines)


def _write_confirmation(member: Member | None, email: str, at: datetime) -> None:
    """To the new address; to one that is another member's, a note that it is taken."""
    if member is None or not may_mail(email, at=at):
        return
    if Member.objects.filter(email__iexact=email).exclude(pk=member.pk).exists():
        send_mail(email, _("This email is already in use"), "accounts/mail/email_taken", {})
        return
    lines = {"name": member.name, "url": make_confirmation_url(member=member, email=email)}
    send_mail(email, _("Confirm your email"), "accounts/mail/email_confirmation", lines)
