"""Mail servers that refuse, hang and die, and workers that are killed: nothing lost or doubled.

The hand-over is the work of a process that outlives the worker. What cannot be promised: when that
process itself is killed between the server's "250" and its commit, the mail goes out again. It
then carries the same Message-ID, by which servers and programs drop it.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.mail import mailers
from django.db import connection, connections, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.periodic import PeriodicDeferrer

from papers import mail, tasks
from papers.mail import sender
from papers.models import Mail
from reviewapp.environment import parse_mail_url
from tests import make
from tests.smtp import Postbox, postbox
from tests.waiting import PATIENCE, wait_for

MAILS = 50
"""Seconds that a process may take to start and come to what is waited for."""

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


@pytest.fixture
def environment() -> dict[str, str]:
    connection.ensure_connection()
    server = connection.connection.info
    return {
        **os.environ,
        "DATABASE_URL": f"postgres://{server.user}:{quote(server.password)}@/{server.dbname}"
        f"?host={quote(server.host, safe='')}&port={server.port}",
        "SECRET_KEY": settings.SECRET_KEY,  # mails are encrypted with it
    }


FOREMAN = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "reviewapp.settings"
import django
django.setup()
from papers.mail import MailNotSent
from papers.models import Mail
from papers.tasks import deliver_mail

def send():
    for pk in Mail.objects.filter(sent_at=None, refused_at=None).values_list("pk", flat=True):
        try:
            deliver_mail(pk=pk)
        except MailNotSent:
            pass

for line in sys.stdin:
    worker = os.fork()
    if worker == 0:
        os.setpgid(0, 0)
        send()
        os._exit(0)
    print(worker, flush=True)
    _, status = os.waitpid(worker, 0)
    print("killed" if os.WIFSIGNALED(status) else "over", flush=True)
"""
"""Starts a worker process for each line that it reads, and says its number; each does with the
mails what the queue's worker does, so that kills fall into the sending and not into a start."""


@pytest.fixture
def foreman(environment: dict[str, str]) -> Iterator[Callable[[int], subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def start(port: int) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", FOREMAN],
            env={**environment, "MAIL_URL": f"smtp://127.0.0.1:{port}"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


KILLS = 20


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_twenty_times_loses_nothing_and_doubles_nothing(
    foreman: Callable[[int], subprocess.Popen[str]], record_property: Callable[[str, object], None]
):
    """Half of the kills at any moment of the sending, half when the server has a mail and has not
    said so yet: the moment at which nobody else knows that the mail is gone."""
    chance = random.Random(47)
    in_hand, standing = 0, list_backends()
    with postbox() as server:
        server.thinking = 0.01
        workers = foreman(server.port)
        for number in range(KILLS):
            if Mail.objects.filter(sent_at=None).count() < MAILS:
                write_mails()
            worker = int(ask(workers, "go"))
            if number % 2:
                in_hand += kill_after(server, worker, chance.uniform(0, 0.25))
            else:
                in_hand += kill_while_a_job_starts(server, worker, chance.randrange(1, 9))
            assert ask(workers) == "killed", "the worker had not ended by itself"
        ask(workers, "go")
        assert ask(workers) == "over"
        taken = Counter(message["Message-ID"] for message in server.taken)
    written = set(Mail.objects.values_list("message_id", flat=True))
    assert set(taken) == written, "none is lost"
    record_property("kills with a mail in hand", in_hand)
    assert in_hand >= KILLS // 2, "the kills fell into the sending"
    assert set(taken.values()) == {1}, f"twice: {[key for key, n in taken.items() if n > 1]}"
    assert not Mail.objects.filter(sent_at=None).exists()
    wait_for(lambda: list_backends() <= standing)  # whoever was killed let go of the database


def kill_after(server: Postbox, worker: int, seconds: float) -> bool:
    """Kill the worker so long after its first mail; whether a mail was in hand just then."""
    before = len(server.taken)
    wait_for(lambda: len(server.taken) > before)
    time.sleep(seconds)
    is_in_hand = server.in_hand > 0
    os.killpg(worker, signal.SIGKILL)
    return is_in_hand


def kill_while_a_job_starts(server: Postbox, worker: int, number: int) -> bool:
    """Kill the worker when its mail of this number is in the server, and before it knows that."""
    killed = threading.Event()
    last = len(server.taken) + number

    def kill() -> None:
        if len(server.taken) >= last and not killed.is_set():
            os.killpg(worker, signal.SIGKILL)
            killed.set()

    server.on_taken = kill
    assert killed.wait(PATIENCE)
    server.on_taken = lambda: None
    return True


def list_backends() -> set[int]:
    """Who is connected to this database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return {row[0] for row in cursor.fetchall()}


def ask(process: subprocess.Popen[str], line: str = "") -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    if line:
        process.stdin.write(f"{line}\n")
        process.stdin.flush()
    return process.stdout.readline().strip()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_mail_whose_carrier_is_killed_is_sent_again_under_the_same_name(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    """Its word that the mail is gone is lost with it; so the mail is sent rather than lost."""
    [row, *_] = write_mails()
    with postbox() as server:
        for name, value in {**environment, "MAIL_URL": f"smtp://127.0.0.1:{server.port}"}.items():
            monkeypatch.setenv(name, value)
        server.on_taken = kill_mail_sender
        with pytest.raises(mail.MailNotSent):
            mail.hand_over(pk=row.pk)
        server.on_taken = lambda: None
        mail.hand_over(pk=row.pk)
        mail.hand_over(pk=row.pk)
        kill_mail_sender()
        with pytest.raises(mail.MailNotSent):
            mail.hand_over(pk=row.pk)
        assert [message["Message-ID"] for message in server.taken] == [row.message_id] * 2
    row.refresh_from_db()
    assert row.sent_at


def kill_mail_sender() -> None:
    assert sender._carrier
    sender._carrier._process.kill()


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
