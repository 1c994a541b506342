"""Handing one mail to the mail server, and recording what came of it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.policy import SMTP, Policy
from email.utils import formataddr, parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from papers import access
from papers.models import Mail

UNREADABLE = "Written under another SECRET_KEY, which is gone: it cannot be read any more."


class MailNotSent(Exception):
    """The mail server could not take the mail just now; trying later may help."""


class _Whole(UnstructuredHeader):
    """A header that is never folded: in a folded address no mail program finds the link."""

    name: str

    def fold(self, *, policy: Policy) -> str:
        """The header as it is."""
        return f"{self.name}: {self}{policy.linesep}"


class _Message(EmailMultiAlternatives):
    """A mail whose List-Unsubscribe stays on one line (RFC 5322 allows 998 characters)."""

    def message(self, *, policy: Any = SMTP) -> Any:
        """The message, with our header in place of the library's."""
        headers: Any = HeaderRegistry()
        headers.map_to_type("list-unsubscribe", _Whole)
        return super().message(policy=policy.clone(header_factory=headers))


def deliver_mail(*, pk: int, at: datetime, server: BaseEmailBackend | None = None) -> None:
    """Hand one mail to the mail server unless that was done; raises MailNotSent to be retried.

    The row stays locked while the server is spoken to: whoever else holds the same mail waits and
    then finds it sent. Nothing that can wait stands between the server's "taken" and the commit:
    the good-bye comes after it. Called in the carrier, which survives the worker; if it is killed
    itself just there, or the machine dies, the mail goes out again with the same Message-ID, by
    which mail servers and programs know it for the same.

    A `server` that is given stays connected for the next mail, unless something went wrong.
    """
    is_own, server = server is None, server or mailers.default
    problem: OSError | None = None
    try:
        problem = _deliver(pk, at, server)
    finally:
        if is_own or problem:
            hang_up(server)
    if problem is not None and not _is_final(problem):
        raise MailNotSent(str(problem)) from problem


def hang_up(server: BaseEmailBackend) -> None:
    """Say good-bye, whether or not somebody listens."""
    with suppress(OSError):
        server.close()


def _deliver(pk: int, at: datetime, server: BaseEmailBackend) -> OSError | None:
    with transaction.atomic():
        mail = Mail.objects.select_for_update().filter(pk=pk).first()
        if mail is None or mail.is_done:
            return None
        if mail.text is None or mail.html is None:
            Mail.objects.filter(pk=pk).update(refused_at=at, problem=UNREADABLE, text="", html="")
            return None
        problem = _hand_over(mail, server)
        changes: dict[str, Any] = {"problem": str(problem)[:500] if problem else ""}
        if problem is None or _is_final(problem):
            changes |= {"refused_at" if problem else "sent_at": at, "text": "", "html": ""}
        Mail.objects.filter(pk=pk).update(**changes)
    return problem


def _make_headers(mail: Mail) -> dict[str, str]:
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if mail.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _get_sender() -> str:
    """The lab's name before the address of the site, unless the settings name somebody."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or access.get_lab().name, address))


def _hand_over(mail: Mail, server: BaseEmailBackend) -> OSError | None:
    """Speak to the server once; what went wrong, or None. SMTPException is an OSError."""
    message = _Message(
        mail.subject,
        mail.text,
        _get_sender(),
        to=[mail.to],
        headers=_make_headers(mail),
    )
    message.attach_alternative(mail.html, "text/html")
    try:
        server.open()
        server.send_messages([message])
    except OSError as problem:
        return problem
    return None


def _is_final(problem: OSError) -> bool:
    """The server said never (5xx) about this mail, not about its own state."""
    if isinstance(problem, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in problem.recipients.values())
    return (
        isinstance(problem, SMTPException)
        and isinstance(problem, SMTPResponseException)
        and problem.smtp_code in {550, 551, 552, 553, 554}
    )
