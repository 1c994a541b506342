"""Mails are written with the change they tell of, and go out once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.utils import parseaddr
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core import mail as django_mail
from django.db import connection, connections, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from papers import mail, tasks
from papers.models import Lab, Mail
from reviewapp.environment import parse_mail_url
from tests import make
from tests.smtp import Postbox, postbox
from tests.waiting import wait_for

TEMPLATE = "accounts/mail/email_confirmation"
SINCE = 60.0
"""Seconds that a worker process may take to start and do its work."""


@pytest.fixture
def post(settings: Any) -> Iterator[Postbox]:
    """A mail server that the site is told to use."""
    with postbox() as server:
        settings.MAILERS = {"default": parse_mail_url(f"smtp://127.0.0.1:{server.port}")}
        yield server


def write(key: str = "", to: str = "ben@lab.example") -> Mail:
    written = mail.send_mail(
        to, "A new\naddress", TEMPLATE, {"name": "Ben O'Hara", "url": "https://x.example/"}, key=key
    )
    assert written is not None
    return written


def deliver(row: Mail) -> Mail:
    mail.deliver_mail(pk=row.pk, at=make.NOW)
    row.refresh_from_db()
    return row


def test_a_mail_has_text_and_html_and_one_line_of_subject(lab: Lab, post: Postbox) -> None:
    row = deliver(write())
    [message] = post.taken
    assert message["Subject"] == "A new address"
    assert parseaddr(str(message["From"]))[0] == lab.name
    assert message["Message-ID"] == row.message_id
    text, html = (part.get_payload(decode=True).decode() for part in message.get_payload())  # type: ignore[union-attr]
    assert "Ben O'Hara" in text
    assert "Ben O&#x27;Hara" in html
    assert f'style="background:{lab.mail_color};' in html, "its one button is filled"
    assert lab.name in text


def test_a_delivered_mail_keeps_no_text(lab: Lab, post: Postbox) -> None:
    row = deliver(write())
    assert (row.sent_at, row.text, row.html) == (make.NOW, "", "")


def test_delivering_twice_sends_once(lab: Lab, post: Postbox) -> None:
    row = write()
    deliver(row)
    deliver(row)
    assert len(post.taken) == 1


def test_one_occasion_is_written_about_once(lab: Lab) -> None:
    assert write(key="digest-2026-W47-ben")
    again = mail.send_mail("ben@lab.example", "x", TEMPLATE, {}, key="digest-2026-W47-ben")
    assert again is None
    assert Mail.objects.count() == ProcrastinateJob.objects.count() == 1


def test_a_change_that_is_rolled_back_sends_nothing(lab: Lab) -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not Mail.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_the_queue_holds_no_text_of_a_mail(lab: Lab) -> None:
    row = write()
    assert ProcrastinateJob.objects.get().args == {"pk": row.pk}


def test_a_server_that_is_busy_is_asked_again(lab: Lab, post: Postbox) -> None:
    post.answers = ["451 later"]
    row = write()
    with pytest.raises(mail.MailNotSent):
        mail.deliver_mail(pk=row.pk, at=make.NOW)
    row.refresh_from_db()
    assert "451" in row.problem
    assert row.text
    assert deliver(row).sent_at


def test_a_server_that_is_away_is_asked_again(lab: Lab, settings: Any) -> None:
    with postbox() as server:
        settings.MAILERS = {"default": parse_mail_url(f"smtp://127.0.0.1:{server.port}")}
    row = write()
    with pytest.raises(mail.MailNotSent):
        mail.deliver_mail(pk=row.pk, at=make.NOW)


def test_an_address_that_does_not_exist_is_not_tried_again(lab: Lab, post: Postbox) -> None:
    post.answers = ["550 no such person"]
    row = deliver(write())
    assert row.refused_at == make.NOW
    assert "550" in row.problem
    deliver(row)
    assert not post.taken


def test_tries_are_spread_over_a_day() -> None:
    job = type("Job", (), {"attempts": 0})
    waits = []
    for job.attempts in range(9):
        decision = tasks.MAIL_TRIES.get_retry_decision(exception=OSError(), job=job)  # type: ignore[arg-type]
        waits.append(decision is not None)
    assert waits == [True] * 8 + [False]


def test_a_failed_mail_is_queued_again_once(lab: Lab) -> None:
    row = write()
    assert mail.send_again(row) is False, "it waits in the queue already"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert mail.send_again(row) is True


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_mail_send_it_once(post: Postbox) -> None:
    row = write()
    post.let_go.clear()
    threads = [threading.Thread(target=_deliver_apart, args=[row.pk]) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert post.is_held.wait(5)
    post.let_go.set()
    for thread in threads:
        thread.join()
    assert len(post.taken) == 1


def _deliver_apart(pk: int) -> None:
    try:
        mail.deliver_mail(pk=pk, at=make.NOW)
    finally:
        connections.close_all()


@pytest.fixture
def start_worker(post: Postbox) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts real worker processes on the test's database and mail server."""
    connection.ensure_connection()
    server = connection.connection.info
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgres://{server.user}:{quote(server.password)}@/{server.dbname}"
        f"?host={quote(server.host, safe='')}&port={server.port}",
        "MAIL_URL": f"smtp://127.0.0.1:{post.port}",
        "SECRET_KEY": settings.SECRET_KEY,  # mails are encrypted with it
    }
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "manage.py", "procrastinate", "worker"]
        started.append(subprocess.Popen(command, env=environment, stderr=subprocess.PIPE))
        return started[-1]

    yield start
    for process in started:
        process.send_signal(signal.SIGTERM)
    for process in started:
        process.communicate(timeout=SINCE)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_mail_in_the_hands_of_a_killed_worker_is_sent_all_the_same(
    post: Postbox, start_worker: Callable[[], subprocess.Popen[bytes]]
) -> None:
    post.let_go.clear()
    row = write()
    first = start_worker()
    assert post.is_held.wait(SINCE), "the worker speaks to the mail server"
    first.send_signal(signal.SIGKILL)
    first.wait()
    post.let_go.set()
    wait_for(lambda: Mail.objects.filter(pk=row.pk, sent_at__isnull=False).exists())
    assert ProcrastinateJob.objects.get(args__pk=row.pk).status == "doing"

    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 min'")
    with suppress(AlreadyEnqueued):  # the first worker may have queued this minute's already
        tasks.return_stalled_jobs.defer(timestamp=0)
    start_worker()
    wait_for(lambda: ProcrastinateJob.objects.get(args__pk=row.pk).status == "succeeded")
    assert [message["Message-ID"] for message in post.taken] == [row.message_id]
    assert not django_mail.outbox
