"""One helper process as the site sees it: ask it, and kill it when it is late."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from papers.sandbox.wire import ANSWER, LARGEST_NOTE, Verdict

ROOT = Path(__file__).resolve().parents[2]
START = 5.0  # seconds a new helper has to get ready
GRACE = 0.05  # seconds in which a helper says itself that a job was late, before it is killed


class HelperLost(Exception):
    """The helper ended without an answer, or gave one that is none."""


class AnswerLate(Exception):
    """No answer came within the time."""


class Answer(NamedTuple):
    """What a helper said: `note` is the function's last one, `cpu` what the job took in seconds."""

    verdict: Verdict
    body: bytes
    note: str
    cpu: float


def _environment() -> dict[str, str]:
    """Return what Python needs to start, and none of the site's secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LC_ALL": "C.UTF-8"}


class Helper:
    """One helper process and its two pipes."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "papers.sandbox.helper", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            cwd=ROOT,
            env=_environment(),
            process_group=0,  # Ctrl-C ends the site, and the site ends the helper
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise HelperLost
        self._to, self._from = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._to, False)
        os.set_blocking(self._from, False)
        self.pid = self._process.pid
        self.is_ready = False
        self._started = time.monotonic()

    def get_ready(self, until: float) -> None:
        """Wait until the helper has loaded all it needs."""
        if not self.is_ready:
            self._receive(ANSWER.size, until)
            self.is_ready = True

    def ask(self, parts: Sequence[bytes], largest: int, until: float) -> Answer:
        """Return the answer to a request; a helper that raises is of no more use.

        `until` by `time.monotonic`. Raises AnswerLate, HelperLost.
        """
        until += GRACE
        for part in parts:
            self._send(part, until)
        note = ""
        while True:
            number, size, cpu = ANSWER.unpack(self._receive(ANSWER.size, until))
            if number != Verdict.NOTE:
                break
            note = self._receive(min(size, LARGEST_NOTE), until).decode("utf-8", "replace")
        if size > largest or number not in set(Verdict):
            raise HelperLost
        return Answer(Verdict(number), self._receive(size, until), note, cpu)

    def is_alive(self) -> bool:
        """Say whether the process runs."""
        return self._process.poll() is None

    def is_starting(self) -> bool:
        """Say whether the helper may still become ready."""
        return not self.is_ready and time.monotonic() < self._started + START

    def end(self) -> None:
        """Kill the helper and its child, and leave no zombie."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, 9)
        self._process.wait()
        self._close()

    def forget(self) -> None:
        """Let go of a helper that belongs to the process we were forked from."""
        self._process.returncode = 0
        self._close()

    def _close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    def _send(self, data: bytes, until: float) -> None:
        view = memoryview(data)
        while view:
            _wait(self._to, select.POLLOUT, until)
            try:
                view = view[os.write(self._to, view) :]
            except BlockingIOError:
                continue
            except OSError as lost:
                raise HelperLost from lost

    def _receive(self, size: int, until: float) -> bytes:
        data = BytesIO()
        while (left := size - data.tell()) > 0:
            _wait(self._from, select.POLLIN, until)
            part = os.read(self._from, min(left, 1 << 20))
            if not part:
                raise HelperLost
            data.write(part)
        return data.getvalue()  # not a copy, as `bytes` of a bytearray would be


def _wait(pipe: int, event: int, until: float) -> None:
    poll = select.poll()
    poll.register(pipe, event)
    if not poll.poll(max(0.0, until - time.monotonic()) * 1000):
        raise AnswerLate
