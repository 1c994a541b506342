"""Stands between the site and its database, and can be away or silent."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Self
from urllib.parse import parse_qs, urlsplit

from tests.production import get_database_url


class DatabaseProxy:
    """Passes everything on, until told to be away or silent."""

    def __init__(self) -> None:
        there = urlsplit(get_database_url())
        query = parse_qs(there.query)
        self.there = query["host"][0], int(query["port"][0])
        self.mode = "open"
        self.lines: list[socket.socket] = []
        self.listener = self._listen(0)
        self.port = self.listener.getsockname()[1]
        user = there.netloc.rpartition("@")[0]
        self.url = f"postgresql://{user}@127.0.0.1:{self.port}{there.path}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.be_away()

    def be_open(self) -> None:
        """Work again. What came in meanwhile is gone."""
        self._close_lines()
        if self.mode == "away":
            self.listener = self._listen(self.port)
        self.mode = "open"

    def be_away(self) -> None:
        """Break all connections and refuse new ones, as a server that was stopped."""
        self.mode = "away"
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self._close_lines()

    def be_silent(self) -> None:
        """Accept connections and whatever is said, and say nothing."""
        self.mode = "silent"

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port), backlog=128)
        threading.Thread(target=self._accept, args=[listener], daemon=True).start()
        return listener

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = self._connect()
                self.lines += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=[one, other], daemon=True).start()

    def _connect(self) -> socket.socket:
        host, port = self.there
        if not host.startswith("/"):
            return socket.create_connection((host, port))
        far = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        far.connect(f"{host}/.s.PGSQL.{port}")
        return far

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                if self.mode == "open":
                    other.sendall(data)
        for line in (one, other):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _close_lines(self) -> None:
        for line in self.lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        self.lines = []
