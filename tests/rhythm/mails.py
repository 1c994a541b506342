"""Fifty mails in the queue, and what a server took of them."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import Any

from papers import mail
from papers.models import Mail
from tests import make
from tests.smtp import Postbox

MAILS = 50

TEMPLATE = "accounts/mail/email_confirmation"


def write_mails() -> list[Mail]:
    rows = []
    for number in range(MAILS):
        context = {"name": "Ben", "url": "https://x.example/"}
        row = mail.send_mail(f"m{number}@lab.example", "Hello", TEMPLATE, context)
        assert row is not None
        rows.append(row)
    return rows


def run_queue(at: Any = make.NOW) -> int:
    """One round over the mails that are not done; how many are left."""
    rows = Mail.objects.filter(sent_at=None, refused_at=None)
    for pk in list(rows.values_list("pk", flat=True)):
        with suppress(mail.MailNotSent):
            mail.deliver_mail(pk=pk, at=at)
    return rows.count()


def count_taken(server: Postbox) -> Counter[str]:
    return Counter(str(message["To"]) for message in server.taken)


ALL_ONCE = Counter({f"m{number}@lab.example": 1 for number in range(MAILS)})
