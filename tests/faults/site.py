"""The production site under attack: server and worker, members who send, one who only reads."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from papers.models import Member
from tests import make
from tests.production import ROOT, Server

PATIENCE = 120.0
"""Seconds until an answer counts as lost."""


@dataclass(frozen=True, slots=True)
class Bomb:
    """A form on its way: where to, as what, and its body."""

    path: str
    kind: str
    body: bytes


def make_upload(path: str, name: str, data: bytes) -> Bomb:
    """A file."""
    body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile(name, data)})
    return Bomb(path, MULTIPART_CONTENT, body)


def make_form(path: str, fields: dict[str, str]) -> Bomb:
    """Texts."""
    body = urlencode(fields, errors="replace").encode()
    return Bomb(path, "application/x-www-form-urlencoded", body)


class Visitor:
    """One member's browser on the production server."""

    def __init__(self, port: int, member: Member) -> None:
        browser = make.browser(member)
        browser.get("/import/")
        self._token = browser.cookies["csrftoken"].value
        self.cookie = f"sessionid={browser.cookies['sessionid'].value}; csrftoken={self._token}"
        self._port = port

    def send(self, bomb: Bomb) -> int:
        """The status of the answer."""
        call = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        headers = {"Cookie": self.cookie, "X-CSRFToken": self._token, "Content-Type": bomb.kind}
        try:
            call.request("POST", bomb.path, bomb.body, headers)
            answer = call.getresponse()
            answer.read()
            return answer.status
        finally:
            call.close()


class Observer:
    """A process that runs observer.py, and what it printed so far."""

    def __init__(self, *arguments: object) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("observer.py")), *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.lines: list[str] = []
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self.lines.append(line)

    def end(self) -> None:
        """Stop it; raises when it failed."""
        self._process.communicate()
        self._thread.join()
        assert self._process.returncode == 0


class Reader(Observer):
    """A member who opens a page again and again."""

    def __init__(self, port: int, path: str, visitor: Visitor) -> None:
        super().__init__("read", port, path, visitor.cookie)

    def wait_for(self, count: int) -> None:
        """Until so many more pages were opened."""
        goal = len(self.lines) + count
        while len(self.lines) < goal:
            time.sleep(0.05)

    def list_times(self, since: float, until: float) -> list[float]:
        """Seconds of the pages asked for between two moments of the monotonic clock."""
        rows = [line.split() for line in self.lines]
        return [float(took) for at, took, _ in rows if since <= float(at) < until]

    @property
    def statuses(self) -> set[str]:
        """Every status that was seen."""
        return {line.split()[2] for line in self.lines}


class Watcher(Observer):
    """Notes the largest memory that any process of the site ever had."""

    def __init__(self, *roots: int) -> None:
        super().__init__("watch", *roots)

    @property
    def largest(self) -> int:
        """Bytes."""
        return int(self.lines[-1].split()[0])

    @property
    def culprit(self) -> str:
        """The command line of that process."""
        return self.lines[-1].partition(" ")[2].strip()


@contextmanager
def running_worker(server: Server) -> Iterator[int]:
    """The background worker beside the server; yields its process id."""
    command = [sys.executable, "manage.py", "procrastinate", "worker"]
    with server.log.open("ab") as log:
        worker = subprocess.Popen(
            command,
            cwd=ROOT,
            env=server.environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield worker.pid
        assert worker.poll() is None, "the worker ended"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


class Attack:
    """Members who send bombs, all at once, each the next one when the last was answered."""

    def __init__(self, visitors: list[Visitor], bombs: dict[str, Bomb]) -> None:
        self._bombs = list(bombs.items())
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._send, args=[one]) for one in visitors]
        self.bad: dict[str, str] = {}
        self.seconds: dict[str, float] = {}

    def run(self) -> None:
        """Send all."""
        for thread in self._threads:
            thread.start()
        for thread in self._threads:
            thread.join()

    def _send(self, visitor: Visitor) -> None:
        while True:
            with self._lock:
                if not self._bombs:
                    return
                name, bomb = self._bombs.pop(0)
            started = time.perf_counter()
            try:
                status = visitor.send(bomb)
            except OSError as lost:
                self.bad[name] = repr(lost)
            else:
                if status >= 500:
                    self.bad[name] = str(status)
            self.seconds[name] = time.perf_counter() - started
