"""The process that hands mails over: apart from the worker, so that killing one spares the other.

The worker writes a mail's number into a pipe and reads the answer from another. When it is killed,
with its whole process group if need be, the carrier finishes the mail in hand, records it, finds
the pipe closed and ends. Until then the mail's row is locked: the carrier of the next worker waits
for it and finds the mail sent.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from threading import Lock

from django.conf import settings
from django.core.mail import mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.utils import timezone

from papers.mail.delivery import MailNotSent, deliver_mail, hang_up

COMMAND = "send_queued_mail"
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

CONNECTED = 1.0
"""Seconds for which the connection to the mail server stays open when no more mail comes."""


class _Sender:
    """One such process, as the worker sees it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, settings.BASE_DIR / "manage.py", COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # what is sent to the worker's group does not reach it
            text=True,
        )
        atexit.register(self.bury)  # a worker that ends in order waits for it

    def ask(self, pk: int) -> str | None:
        """What kept the mail from being sent, empty if nothing did; None from a dead carrier."""
        process = self._process
        if process.stdin is None or process.stdout is None:
            return None
        with suppress(BrokenPipeError):
            process.stdin.write(f"{pk}\n")
            process.stdin.flush()
        answer = process.stdout.readline()
        return str(json.loads(answer)) if answer.endswith("\n") else None

    def bury(self) -> None:
        """Leave no zombie and no open pipe."""
        atexit.unregister(self.bury)
        with suppress(BrokenPipeError):
            self._process.communicate()


_turn = Lock()
_carrier: _Sender | None = None


def hand_over(*, pk: int) -> None:
    """Have the carrier deliver one mail; raises MailNotSent to be retried."""
    global _carrier
    with _turn:
        _carrier = _carrier or _Sender()
        problem = _carrier.ask(pk)
        if problem is None:
            _carrier.bury()
            _carrier, problem = None, "The process that hands mails over has ended."
    if problem:
        raise MailNotSent(problem)


def serve() -> None:
    """Be the carrier until the worker closes the pipe; its end is the only thing to obey.

    Any other failure than the mail server's ends this process: the worker tries the mail again
    with a new one.
    """
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
    sink = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints is no answer
    server = mailers.default
    while line := sys.stdin.readline():
        answer = json.dumps(_deliver(int(line), server))
        with suppress(BrokenPipeError):
            os.write(sink, f"{answer}\n".encode())
        if not select.select([sys.stdin], [], [], CONNECTED)[0]:
            hang_up(server)
    hang_up(server)


def _deliver(pk: int, server: BaseEmailBackend) -> str:
    try:
        deliver_mail(pk=pk, at=timezone.now(), server=server)
    except MailNotSent as problem:
        return str(problem)
    finally:
        connection.close()  # a restart of the database between two mails costs none of them
    return ""
