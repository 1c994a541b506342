"""Mail servers that refuse, hang and die, and workers that are killed: nothing lost or doubled.

What can be promised: a mail is handed to the server again only when we cannot know whether the
server took it, that is, when a worker dies in the few milliseconds between the server's "250" and
our commit. The mail then carries the same Message-ID, by which servers and programs drop it.
"""

from __future__ import annotations

import os
import random
import signal
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
from django.db import connection, connections, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from papers import mail, tasks
from papers.models import Mail
from reviewapp.environment import parse_mail_url
from tests import make
from tests.smtp import Postbox, postbox

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
        time.sleep(0.05)
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
    assert mail.send_lost(at=written + timedelta(days=15)) == 0, "nobody wants it any more"


@pytest.fixture
def environment() -> dict[str, str]:
    connection.ensure_connection()
    server = connection.connection.info
    return {
        **os.environ,
        "DATABASE_URL": f"postgres://{server.user}:{quote(server.password)}@/{server.dbname}"
        f"?host={quote(server.host, safe='')}&port={server.port}",
        "SECRET_KEY": "a worker of the tests",
    }


FOREMAN = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "reviewapp.settings"
import django
django.setup()
from django.utils import timezone
from papers import mail
from papers.models import Mail

def send():
    for pk in Mail.objects.filter(sent_at=None, refused_at=None).values_list("pk", flat=True):
        try:
            mail.deliver_mail(pk=pk, at=timezone.now())
        except mail.MailNotSent:
            pass

for line in sys.stdin:
    worker = os.fork()
    if worker == 0:
        send()
        os._exit(0)
    print(worker, flush=True)
    os.waitpid(worker, 0)
    print("over", flush=True)
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


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_twenty_times_loses_nothing_and_doubles_one_mail_a_kill_at_most(
    foreman: Callable[[int], subprocess.Popen[str]], record_property: Callable[[str, object], None]
):
    """Kills at random moments of the sending; a mail sent again has the Message-ID it had."""
    chance = random.Random(47)
    with postbox() as server:
        workers = foreman(server.port)
        for _ in range(20):
            if not Mail.objects.filter(sent_at=None).exists():
                write_mails()
            worker = int(ask(workers, "go"))
            time.sleep(chance.uniform(0.01, 0.25))
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
            assert ask(workers) == "over"
        ask(workers, "go")
        assert ask(workers) == "over"
        taken = Counter(message["Message-ID"] for message in server.taken)
    written = set(Mail.objects.values_list("message_id", flat=True))
    assert set(taken) == written, "none is lost"
    again = sum(taken.values()) - len(taken)
    record_property("sent again with the same Message-ID", again)
    # A kill can fall between the server's 250 and our commit: at most one mail for each kill.
    assert again <= 20, f"{again} of {len(taken)} were sent again after 20 kills"


def ask(process: subprocess.Popen[str], line: str = "") -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    if line:
        process.stdin.write(f"{line}\n")
        process.stdin.flush()
    return process.stdout.readline().strip()


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
def test_periodic_jobs_never_pile_up():
    periodic = (
        tasks.keep_claims, tasks.close_and_send_digests, tasks.tell_members, tasks.send_lost,
    )  # fmt: skip
    for task in periodic:
        for timestamp in range(5):
            with suppress(AlreadyEnqueued), transaction.atomic():
                task.defer(timestamp=timestamp)
        assert ProcrastinateJob.objects.filter(task_name=task.name).count() == 1
