"""Mail servers that refuse, hang and die, and workers that are killed: nothing lost or doubled.

The hand-over is the work of a process that outlives the worker. What cannot be promised: when that
process itself is killed between the server's "250" and its commit, the mail goes out again. It
then carries the same Message-ID, by which servers and programs drop it.
"""

from __future__ import annotations

import socket
import threading
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import mailers
from django.db import connection, connections, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.periodic import PeriodicDeferrer

from papers import mail, tasks
from papers.models import Mail
from reviewapp.environment import parse_mail_url
from tests import make
from tests.rhythm.mails import ALL_ONCE, count_taken, run_queue, write_mails
from tests.smtp import postbox


@pytest.mark.django_db
def test_a_server_that_refuses_in_the_middle_gets_all_mails_once(settings: Any):
    write_mails()
    with postbox() as server:
        settings.MAILERS = {"default": parse_mail_url(f"smtp://127.0.0.1:{server.port}")}
        server.answers = ["250 ok"] * 20 + ["451 too many"] * 25
        assert run_queue() == 25
        assert run_queue() == 0
        assert count_taken(server) == ALL_ONCE


@pytest.mark.django_db
def test_a_server_that_dies_in_the_middle_gets_all_mails_once(settings: Any):
    write_mails()
    with postbox() as first:
        settings.MAILERS = {"default": parse_mail_url(f"smtp://127.0.0.1:{first.port}")}
        rows = list(Mail.objects.order_by("pk"))
        for row in rows[:20]:
            mail.deliver_mail(pk=row.pk, at=make.NOW)
    first.server_close()
    assert run_queue() == 30
    with postbox() as second:
        settings.MAILERS = {"default": parse_mail_url(f"smtp://127.0.0.1:{second.port}")}
        assert run_queue() == 0
        assert count_taken(first) + count_taken(second) == ALL_ONCE


@pytest.mark.django_db
def test_a_server_that_hangs_is_left_and_gets_all_mails_once(settings: Any):
    write_mails()
    with postbox() as server:
        mailer = parse_mail_url(f"smtp://127.0.0.1:{server.port}")
        mailer["OPTIONS"]["timeout"] = 0.1  # type: ignore[index]
        settings.MAILERS = {"default": mailer}
        server.let_go.clear()  # hangs before it takes anything
        row = Mail.objects.order_by("pk")[7]
        for _ in range(3):
            with pytest.raises(mail.MailNotSent):
                mail.deliver_mail(pk=row.pk, at=make.NOW)
        server.let_go.set()
        assert run_queue() == 0
        assert count_taken(server) == ALL_ONCE


@pytest.mark.django_db
def test_mails_whose_tries_are_used_up_are_queued_again(settings: Any):
    rows = write_mails()
    written = make.NOW
    Mail.objects.update(written_at=written)
    later = written + timedelta(days=2)
    assert mail.send_lost(at=later) == 0, "their jobs stand in the queue"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    assert mail.send_lost(at=written + timedelta(minutes=5)) == 0
    assert mail.send_lost(at=later) == len(rows)
    assert mail.send_lost(at=later) == 0
    assert mail.send_lost(at=written + timedelta(days=36)) == 0, "nobody wants it any more"


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_the_same_time_send_each_mail_once(settings: Any):
    write_mails()
    with postbox() as server:
        settings.MAILERS = {"default": parse_mail_url(f"smtp://127.0.0.1:{server.port}")}

        def send() -> None:
            try:
                run_queue()
            finally:
                connections.close_all()

        threads = [threading.Thread(target=send) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert count_taken(server) == ALL_ONCE


@pytest.mark.django_db
def test_a_burst_of_mails_goes_over_one_connection(settings: Any):
    write_mails()
    with postbox() as server:
        settings.MAILERS = {"default": parse_mail_url(f"smtp://127.0.0.1:{server.port}")}
        line = mailers.default
        for pk in Mail.objects.values_list("pk", flat=True):
            mail.deliver_mail(pk=pk, at=make.NOW, server=line)
        line.close()
        assert server.conversations == 1
        assert count_taken(server) == ALL_ONCE


@pytest.mark.django_db
def test_a_connection_that_broke_between_two_mails_costs_a_try_and_no_mail(settings: Any):
    write_mails()
    with postbox() as server:
        settings.MAILERS = {"default": parse_mail_url(f"smtp://127.0.0.1:{server.port}")}
        line = mailers.default
        first, second, *_ = Mail.objects.order_by("pk")
        mail.deliver_mail(pk=first.pk, at=make.NOW, server=line)
        line.connection.sock.shutdown(socket.SHUT_RDWR)
        with pytest.raises(mail.MailNotSent):
            mail.deliver_mail(pk=second.pk, at=make.NOW, server=line)
        mail.deliver_mail(pk=second.pk, at=make.NOW, server=line)
        line.close()
        assert [message["To"] for message in server.taken] == [first.to, second.to]


@pytest.mark.django_db
def test_what_a_sleeping_machine_missed_is_done_once():
    """A worker that was frozen for some hours finds hundreds of ticks; each job waits once."""
    deferrer = PeriodicDeferrer(app.periodic_registry)
    awake = make.NOW.timestamp()
    list(deferrer.get_previous_tasks(awake))
    missed = list(deferrer.get_previous_tasks(awake + 3 * 3600))
    assert len(missed) > 400
    for periodic, timestamp in missed:
        with suppress(AlreadyEnqueued), transaction.atomic():
            periodic.task.configure(**periodic.configure_kwargs).defer(timestamp=timestamp)
    waiting = Counter(ProcrastinateJob.objects.values_list("task_name", flat=True))
    assert set(waiting.values()) == {1}


@pytest.mark.django_db
def test_periodic_jobs_never_pile_up():
    periodic = (
        tasks.maintain_claims, tasks.close_and_send_digests, tasks.notify_members, tasks.send_lost,
    )  # fmt: skip
    for task in periodic:
        for timestamp in range(5):
            with suppress(AlreadyEnqueued), transaction.atomic():
                task.defer(timestamp=timestamp)
        assert ProcrastinateJob.objects.filter(task_name=task.name).count() == 1
