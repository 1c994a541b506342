"""The one way to send mail: written now, delivered by a background job, once."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.policy import SMTP, Policy
from email.utils import make_msgid
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from papers import access
from papers.models import Mail

DELIVERY = "papers.deliver_mail"
"""The job's name; papers.tasks binds it. Named, not imported: this module knows no worker."""


KEEP_TRYING = timedelta(days=14)
LOST_AFTER = timedelta(minutes=10)
"""A mail younger than this may have been written by a job that is still at work."""


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


def send_mail(
    to: str,
    subject: str,
    template: str,
    context: Mapping[str, Any],
    *,
    key: str = "",
    unsubscribe_url: str = "",
) -> Mail | None:
    """Write a mail from `<template>.txt` and `<template>.html` and queue its delivery.

    Mail and job are rows of the caller's transaction: both are there when it commits, neither
    when it does not. With a `key` only the first mail of that key is ever written; the others
    give None. `unsubscribe_url` takes a POST that ends mail of this kind (RFC 8058).
    """
    lab = access.get_lab()
    known = {"lab": lab, "site_url": settings.SITE_URL, "unsubscribe_url": unsubscribe_url}
    context = {**known, **context}
    with timezone.override(lab.zone):
        text = _render_text(f"{template}.txt", context)
        html = render_to_string(f"{template}.html", context)
    mail = Mail(
        key=key,
        to=to,
        subject=" ".join(subject.split())[:300],
        template=template,
        text=text,
        html=html,
        message_id=make_msgid(domain=settings.SITE.hostname),
        unsubscribe_url=unsubscribe_url,
    )
    with transaction.atomic():
        Mail.objects.bulk_create([mail], ignore_conflicts=bool(key))
        written = Mail.objects.filter(message_id=mail.message_id).first()
        if written:
            _queue(written)
    return written


def send_again(mail: Mail) -> bool:
    """Queue a mail whose deliveries all failed; False when it is done or queued already."""
    if mail.is_done:
        return False
    try:
        with transaction.atomic():
            _queue(mail)
    except AlreadyEnqueued:
        return False
    return True


def send_lost(*, at: datetime) -> int:
    """Queue those mails again that nothing will deliver any more; how many.

    The tries of one job see out a day. When the server was away for longer its mails are still
    wanted, for KEEP_TRYING; after that a mail would only confuse.
    """
    since, until = at - KEEP_TRYING, at - LOST_AFTER
    rows = Mail.objects.filter(sent_at=None, refused_at=None)
    waiting = rows.filter(written_at__gte=since, written_at__lt=until)
    jobs = ProcrastinateJob.objects.filter(task_name=DELIVERY, status__in=["todo", "doing"])
    held = {args.get("pk") for args in jobs.values_list("args", flat=True)}
    return sum(send_again(mail) for mail in waiting.order_by("pk") if mail.pk not in held)


def deliver_mail(*, pk: int, at: datetime) -> None:
    """Hand one mail to the mail server unless that was done; raises MailNotSent to be retried.

    The row stays locked while the server is spoken to: a second worker that holds the same job
    (returned to the queue too early) waits and then finds it sent. A worker killed between the
    server's "accepted" and our commit is the one case left; the mail then goes out again with
    the same Message-ID, by which mail servers and programs know it for the same. So nothing
    stands between the two that can wait: the good-bye comes after the commit.
    """
    server = mailers.default
    try:
        problem = _deliver(pk, at, server)
    finally:
        with suppress(OSError):
            server.close()
    if problem is not None and not _is_final(problem):
        raise MailNotSent(str(problem)) from problem


def _deliver(pk: int, at: datetime, server: BaseEmailBackend) -> OSError | None:
    with transaction.atomic():
        # Not waiting for the disk: a crash of the database server may cost the mark of the last
        # half second, a wait would leave far more mails between the server's word and ours.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
        mail = Mail.objects.select_for_update().filter(pk=pk).first()
        if mail is None or mail.is_done:
            return None
        problem = _hand_over(mail, server)
        if problem is None or _is_final(problem):
            mail.sent_at, mail.refused_at = (None, at) if problem else (at, None)
            mail.text = mail.html = ""
        mail.problem = str(problem)[:500] if problem else ""
        mail.save(update_fields=["sent_at", "refused_at", "text", "html", "problem"])
    return problem


def _queue(mail: Mail) -> None:
    app.configure_task(DELIVERY, queueing_lock=f"mail-{mail.pk}").defer(pk=mail.pk)


def _render_text(name: str, context: Mapping[str, Any]) -> str:
    """Plain text: a name like O'Hara stays as it is written."""
    template: Any = get_template(name)
    text: str = template.template.render(Context(dict(context), autoescape=False))
    return text.strip() + "\n"


def _make_headers(mail: Mail) -> dict[str, str]:
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if mail.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _hand_over(mail: Mail, server: BaseEmailBackend) -> OSError | None:
    """Speak to the server once; what went wrong, or None. SMTPException is an OSError."""
    message = _Message(
        mail.subject,
        mail.text,
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
