"""A worker that is killed in the middle: every mail is sent, under one name."""

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
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from papers import mail
from papers.mail import sender
from papers.models import Mail
from tests.rhythm.mails import MAILS, write_mails
from tests.smtp import Postbox, postbox
from tests.waiting import PATIENCE, wait_for


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
