"""The site's side of rendering: keeps helpers warm, asks them, and kills one that is late.

A text waits for a free helper and then for its answer, both within one limit. Safe with threads
(each helper serves one text at a time) and with forks (a child forgets its parent's helpers).
"""

import atexit
import os
import queue
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from papers.text.rendering.wire import ANSWER, LARGEST_ANSWER, REQUEST, Verdict

ROOT = Path(__file__).resolve().parents[3]
START = 5.0  # seconds a new helper has to get ready
GRACE = 0.05  # seconds in which a helper says itself that a text was late, before it is killed


class HelperLostError(Exception):
    """The helper ended without an answer."""


class TooLateError(Exception):
    """No answer came within the time."""


def _environment() -> dict[str, str]:
    """Return what Python needs to start, and none of the site's secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LC_ALL": "C.UTF-8"}


class Helper:
    """One helper process and its two pipes."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "papers.text.rendering.helper"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            cwd=ROOT,
            env=_environment(),
            process_group=0,  # Ctrl-C ends the site, and the site ends the helper
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise HelperLostError
        self._to, self._from = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._to, False)
        os.set_blocking(self._from, False)
        self.is_ready = False
        self._started = time.monotonic()

    def get_ready(self, until: float) -> None:
        """Wait until the helper has loaded all it needs."""
        if not self.is_ready:
            self._receive(ANSWER.size, until)
            self.is_ready = True

    def ask(self, text: bytes, until: float) -> tuple[Verdict, bytes]:
        """Return the verdict and the HTML; a helper that raises once ready is of no more use."""
        self.get_ready(until)
        seconds = max(0.001, until - time.monotonic())
        until += GRACE
        self._send(REQUEST.pack(len(text), seconds) + text, until)
        verdict, size = ANSWER.unpack(self._receive(ANSWER.size, until))
        if size > LARGEST_ANSWER:
            raise HelperLostError
        return Verdict(verdict), self._receive(size, until)

    def is_alive(self) -> bool:
        """Say whether the process runs."""
        return self._process.poll() is None

    def is_starting(self) -> bool:
        """Say whether the helper may still become ready."""
        return not self.is_ready and time.monotonic() < self._started + START

    def end(self) -> None:
        """Kill the helper and its worker, and leave no zombie."""
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
                raise HelperLostError from lost

    def _receive(self, size: int, until: float) -> bytes:
        data = bytearray()
        while len(data) < size:
            _wait(self._from, select.POLLIN, until)
            part = os.read(self._from, size - len(data))
            if not part:
                raise HelperLostError
            data += part
        return bytes(data)


def _wait(pipe: int, event: int, until: float) -> None:
    poll = select.poll()
    poll.register(pipe, event)
    if not poll.poll(max(0.0, until - time.monotonic()) * 1000):
        raise TooLateError


class Pool:
    """A few helpers, started when first needed, and shared by all threads."""

    def __init__(self, size: int = 2) -> None:
        self._size = size
        self._reset()
        atexit.register(self.end)
        os.register_at_fork(after_in_child=self._after_fork)

    def ask(self, text: bytes, seconds: float) -> tuple[Verdict, bytes]:
        """Return a free helper's answer, or raise TooLateError or HelperLostError."""
        if not self._is_warm:
            self.warm_up()
        until = time.monotonic() + seconds
        with self._helper(seconds) as helper:
            return helper.ask(text, until)

    def warm_up(self) -> None:
        """Start a helper, as the first text of all needs it; not counted against that text."""
        with suppress(HelperLostError, TooLateError), self._helper(START) as helper:
            helper.get_ready(time.monotonic() + START)
        self._is_warm = True

    @contextmanager
    def _helper(self, seconds: float) -> Iterator[Helper]:
        """Lend a helper; one that failed is replaced, unless it has only not started yet."""
        helper = self._take(seconds)
        try:
            yield helper
        except TooLateError:
            if helper.is_starting():
                self._free.put(helper)
            else:
                self._replace(helper)
            raise
        except BaseException:
            self._replace(helper)
            raise
        self._free.put(helper)

    def end(self) -> None:
        """End all helpers; a later text starts new ones."""
        for helper in list(self._helpers):
            self._helpers.discard(helper)
            helper.end()

    def _take(self, seconds: float) -> Helper:
        try:
            helper = self._free.get(timeout=seconds)
        except queue.Empty as none_free:
            raise TooLateError from none_free
        if helper is not None and helper.is_alive():
            return helper
        try:
            return self._start(instead_of=helper)
        except OSError as refused:
            self._free.put(None)
            raise HelperLostError from refused

    def _start(self, instead_of: Helper | None) -> Helper:
        if instead_of is not None:
            self._helpers.discard(instead_of)
            instead_of.end()
        helper = Helper()
        self._helpers.add(helper)
        return helper

    def _replace(self, helper: Helper) -> None:
        """Kill a helper and let the next get ready while nobody waits for it."""
        try:
            self._free.put(self._start(instead_of=helper))
        except OSError:
            self._free.put(None)

    def _reset(self) -> None:
        self._is_warm = False
        self._helpers: set[Helper] = set()
        # Last in, first out: a helper that is warm is taken before another one is started.
        self._free: queue.LifoQueue[Helper | None] = queue.LifoQueue()
        for _ in range(self._size):
            self._free.put(None)

    def _after_fork(self) -> None:
        for helper in self._helpers:
            helper.forget()
        self._reset()
