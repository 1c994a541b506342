"""Servers on this machine that stand in for other services."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """What a stub answers, after `delay` seconds. `stream` is sent without end while it is read."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    stream: bytes = b""


class Stub:
    """One server; `reply` is what it answers now, or what decides by the path."""

    def __init__(self, reply: Reply | Callable[[str], Reply]) -> None:
        self.reply = reply
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.is_over = threading.Event()
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                stub.asked.append(self.path)
                stub.headers.append(dict(self.headers))
                stub.answer(self)

            def log_message(self, *_: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=[0.05], daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        reply = self.reply if isinstance(self.reply, Reply) else self.reply(handler.path)
        self.is_over.wait(reply.delay)
        try:
            handler.send_response(reply.status)
            for name, value in reply.headers.items():
                handler.send_header(name, value)
            if not reply.stream:
                handler.send_header("Content-Length", str(len(reply.body)))
            handler.end_headers()
            handler.wfile.write(reply.body)
            while reply.stream and not self.is_over.is_set():
                handler.wfile.write(reply.stream)
        except OSError:
            return  # the other side has heard enough

    def close(self) -> None:
        self.is_over.set()
        self._server.shutdown()
        self._server.server_close()
