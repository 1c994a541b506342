"""The production site under attack: server and worker, members who send, one who only reads."""

from __future__ import annotations

import http.client
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from papers.models import Member
from tests import make
from tests.production import ROOT, Server

PATIENCE = 120.0
"""Seconds until an answer counts as lost."""

type Bomb = Callable[[Visitor], int]
"""Sends something hostile, and returns the answer's status."""


class Visitor:
    """One member's browser on the production server."""

    def __init__(self, port: int, member: Member) -> None:
        browser = make.browser(member)
        browser.get("/import/")
        self._token = browser.cookies["csrftoken"].value
        self._cookie = f"sessionid={browser.cookies['sessionid'].value}; csrftoken={self._token}"
        self._port = port

    def get(self, path: str) -> int:
        """The status of a page."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: dict[str, str]) -> int:
        """The status after a form was sent."""
        body = urlencode(fields, errors="replace").encode()
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def upload(self, path: str, name: str, data: bytes) -> int:
        """The status after a file was sent."""
        body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile(name, data)})
        return self._ask("POST", path, body, {"Content-Type": MULTIPART_CONTENT})

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> int:
        call = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        known = {"Cookie": self._cookie, "X-CSRFToken": self._token}
        try:
            call.request(method, path, body, headers | known)
            answer = call.getresponse()
            answer.read()
            return answer.status
        finally:
            call.close()


class Watcher(threading.Thread):
    """Notes the largest memory that any process of the site ever had, in bytes."""

    def __init__(self, *roots: int) -> None:
        super().__init__(daemon=True)
        self.roots = roots
        self.largest = 0
        self.culprit = ""
        self._ended = threading.Event()

    def run(self) -> None:
        """Look again and again: a process keeps its own peak until it ends."""
        while not self._ended.wait(0.02):
            for process in list_family(*self.roots):
                peak = read_peak(process)
                if peak > self.largest:
                    self.largest, self.culprit = peak, read_command(process)

    def end(self) -> None:
        """Stop looking."""
        self._ended.set()
        self.join()


def list_family(*roots: int) -> set[int]:
    """These processes and all that descend from them."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            parents[int(entry.name)] = int(
                (entry / "stat").read_text().rpartition(")")[2].split()[1]
            )
    family = set(roots)
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def read_peak(process: int) -> int:
    """The largest memory that a process had in RAM, in bytes; 0 when it is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024
    return 0


def read_command(process: int) -> str:
    """The command line of a process."""
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


class Reader(threading.Thread):
    """Opens a page every tenth of a second and notes how long it took."""

    def __init__(self, visitor: Visitor, path: str) -> None:
        super().__init__(daemon=True)
        self._visitor, self._path = visitor, path
        self._ended = threading.Event()
        self._times: list[float] = []
        self.statuses: set[int] = set()

    def run(self) -> None:
        """Read on."""
        while not self._ended.wait(0.1):
            started = time.perf_counter()
            self.statuses.add(self._visitor.get(self._path))
            self._times.append(time.perf_counter() - started)

    def take_times(self, least: int) -> list[float]:
        """The times since the last call, at least so many."""
        while len(self._times) < least:
            time.sleep(0.05)
        taken, self._times = self._times, []
        return taken

    def end(self) -> None:
        """Stop reading."""
        self._ended.set()
        self.join()


@contextmanager
def running_worker(server: Server) -> Iterator[int]:
    """The background worker beside the server; yields its process id."""
    command = [sys.executable, "manage.py", "procrastinate", "worker"]
    with server.log.open("ab") as log:
        worker = subprocess.Popen(
            command, cwd=ROOT, env=server.environment, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
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
                status = bomb(visitor)
            except OSError as lost:
                self.bad[name] = repr(lost)
            else:
                if status >= 500:
                    self.bad[name] = str(status)
            self.seconds[name] = time.perf_counter() - started


def get_ratio(before: list[float], under: list[float], after: list[float]) -> float:
    """How many times slower the median page was under attack than at its usual times."""
    return statistics.median(under) / statistics.median([*before, *after])
