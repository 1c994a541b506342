"""However much is uploaded at once, half of a process's threads are left for everything else."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from reviewapp.web.buffering import LONG_BODY, BufferedApplication

THREADS = 4
SECONDS = 20.0


class Site:
    """A WSGI application that holds each upload until it is told to let go."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self.held = 0
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        """Answer a page at once."""
        if environ["REQUEST_METHOD"] == "POST":
            with self._lock:
                self.held += 1
            self.let_go.wait(SECONDS)
        start("200 OK", [("Content-Type", "text/plain")])
        return [b"done"]


async def ask(application: BufferedApplication, method: str, size: int) -> int:
    """The status of an answer to a request with a body of so many bytes."""
    sent: list[dict[str, Any]] = []
    parts = [{"type": "http.request", "body": b"x" * size, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return parts.pop(0) if parts else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": method, "path": "/", "raw_path": b"/", "query_string": b"",
        "headers": [(b"content-length", str(size).encode())], "http_version": "1.1",
        "scheme": "http", "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 9),
    }  # fmt: skip
    await application(scope, receive, send)  # type: ignore[arg-type]
    return int(next(one["status"] for one in sent if "status" in one))


def test_uploads_leave_half_of_the_threads_free():
    async def run() -> None:
        site = Site()
        application = BufferedApplication(site, threads=THREADS, largest_body=10 * LONG_BODY)
        uploads = [asyncio.create_task(ask(application, "POST", LONG_BODY)) for _ in range(12)]
        left = asyncio.create_task(ask(application, "POST", LONG_BODY))
        for _ in range(3):
            assert await asyncio.wait_for(ask(application, "GET", 0), SECONDS) == 200
        assert site.held <= THREADS // 2
        left.cancel()
        site.let_go.set()
        assert await asyncio.wait_for(asyncio.gather(*uploads), SECONDS) == [200] * 12
        assert site.held == 12
        # What a cancelled one waited for is not lost.
        assert await asyncio.wait_for(ask(application, "POST", LONG_BODY), SECONDS) == 200

    with ThreadPoolExecutor(1) as thread:  # a browser's tests leave a loop running in this one
        thread.submit(asyncio.run, run()).result()
