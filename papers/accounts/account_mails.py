"""Asking for a mail about an account, alike for addresses that the lab knows and does not know.

The request only queues a job with what was typed. The worker looks up whose account it is and
writes the mail, or none: the answer can tell nothing, not even by how long it takes.

At most so many mails are asked for and sent:

| asked by, or sent to                | at once | then one every |
|-------------------------------------|---------|----------------|
| a stranger at one network address   | 20      | minute         |
| a member, for a new address         | 5       | 10 minutes     |
| a curator, invitations              | 200     | minute         |
| one mail address, of all these      | 6       | 15 minutes     |
"""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django import app

from papers import throttle
from papers.accounts.queries import LONGEST_LOGIN
from papers.throttle import Limit

WRITING = "papers.write_account_mail"
"""The job's name; papers.tasks binds it. Named, not imported: this module knows no worker."""

RESET, DEVICE, CONFIRMATION = "reset", "device", "confirmation"

MAILS_BY_STRANGER = Limit("mail-ip", 20, 60)
MAILS_BY_MEMBER = Limit("mail-by", 5, 600)
INVITATIONS = Limit("mail-invite", 200, 60)
MAILS_TO = Limit("mail-to", 6, 900)


def ask_for_mail(kind: str, *, login: str, ip: str, at: datetime) -> None:
    """Have the mail written that helps whoever typed this handle or address. Raises TooOften."""
    throttle.take(MAILS_BY_STRANGER.of(ip), at=at)
    queue_mail(kind, login=login)


def queue_mail(kind: str, *, login: str, member: int | None = None) -> None:
    """Queue the job that writes it."""
    app.configure_task(WRITING).defer(kind=kind, login=login[:LONGEST_LOGIN], member=member)


def may_mail(email: str, *, at: datetime) -> bool:
    """Count a mail to this address; False when it got too many of late."""
    try:
        throttle.take(MAILS_TO.of(email.casefold()), at=at)
    except throttle.TooOften:
        return False
    return True
