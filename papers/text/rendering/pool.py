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
from contextlib import suppress
from pathlib import Path

from papers.text.rendering.wire import ANSWER, LARGEST_ANSWER, REQUEST, Verdict

ROOT = Path(__file__).resolve().parents[3]
START = 5.0  # seconds a new helper has to get ready; not counted against the text


class HelperLostError(Exception):
    """The helper ended without an answer."""


class TooLateError(Exception):
    """No answer came within the time."""


class Helper:
    """One helper process and its two pipes."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "papers.text.rendering.helper"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            cwd=ROOT,
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LC_ALL": "C.UTF-8"},
            process_group=0,  # Ctrl-C ends the site, and the site ends the helper
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise HelperLostError
        self._to, self._from = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._to, False)
        os.set_blocking(self._from, False)
        self._is_ready = False

    def ask(self, text: bytes, seconds: float) -> tuple[Verdict, bytes]:
        """Return the verdict and the HTML; a helper that raises is of no more use."""
        started = time.monotonic()
        if not self._is_ready:
            self._receive(ANSWER.size, started + START)
            self._is_ready = True
            started = time.monotonic()
        until = started + seconds
        self._send(REQUEST.pack(len(text)) + text, until)
        verdict, size = ANSWER.unpack(self._receive(ANSWER.size, until))
        if size > LARGEST_ANSWER:
            raise HelperLostError
        return Verdict(verdict), self._receive(size, until)

    def is_alive(self) -> bool:
        """Say whether the process runs."""
        return self._process.poll() is None

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
        until = time.monotonic() + seconds
        helper = self._take(seconds)
        try:
            answer = helper.ask(text, until - time.monotonic())
        except BaseException:
            self._replace(helper)
            raise
        self._free.put(helper)
        return answer

    def warm_up(self) -> None:
        """Start a helper now, so that the first text need not wait for it."""
        with suppress(HelperLostError, TooLateError):
            self.ask(b"", START)

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
        self._helpers: set[Helper] = set()
        # Last in, first out: a helper that is warm is taken before another one is started.
        self._free: queue.LifoQueue[Helper | None] = queue.LifoQueue()
        for _ in range(self._size):
            self._free.put(None)

    def _after_fork(self) -> None:
        for helper in self._helpers:
            helper.forget()
        self._reset()
