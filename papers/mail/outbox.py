"""Writing mails: the mail and the job that delivers it are rows of one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.db import transaction
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

KEEP_TRYING = timedelta(days=35)
"""As long as an issue of the digest is mailed at all."""

LOST_AFTER = timedelta(minutes=10)
"""A mail younger than this may have been written by a job that is still at work."""


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
    with transaction.atomic(savepoint=False):
        Mail.objects.bulk_create([mail], ignore_conflicts=bool(key))
        # A key that was taken gives no error and no row.
        rows = Mail.objects.filter(message_id=mail.message_id).values_list("pk", flat=True)
        mail.pk = mail.pk or rows.first()
        if mail.pk:
            _queue(mail)
    return mail if mail.pk else None


def list_written(keys: Collection[str]) -> set[str]:
    """Those of the occasions about which a mail was written already; one query."""
    rows = Mail.objects.filter(key__in=keys).exclude(key="")  # as the index says it
    return set(rows.values_list("key", flat=True))


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


def _queue(mail: Mail) -> None:
    app.configure_task(DELIVERY, queueing_lock=f"mail-{mail.pk}").defer(pk=mail.pk)


def _render_text(name: str, context: Mapping[str, Any]) -> str:
    """Plain text: a name like O'Hara stays as it is written."""
    template: Any = get_template(name)
    text: str = template.template.render(Context(dict(context), autoescape=False))
    return text.strip() + "\n"
