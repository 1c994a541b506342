"""gunicorn's event loop worker for a WSGI application, with bounds on what clients may hold.

gunicorn's own counts connections and does not limit them, and waits without end for a request's
head and for a client that does not read its answer.
"""

from __future__ import annotations

import asyncio
import os
from enum import Enum
from typing import Any

from django.conf import settings
from gunicorn.asgi.protocol import ASGIProtocol
from gunicorn.workers.gasgi import ASGIWorker

from reviewapp.web.buffering import BufferedApplication

LOOK_SECONDS = 1.0
STOP_IDLE_SECONDS = 2.0
"""A worker that is told to stop answers what still comes on an open connection for so long."""


class Waiting(Enum):
    """What a connection waits for from its client, and for how many seconds at most."""

    HEAD = 20.0
    READING = 60.0
    CLOSING = 10.0


class Connection(ASGIProtocol):
    """One connection, and since when it has waited for what."""

    def __init__(self, worker: BufferingWorker) -> None:
        super().__init__(worker)
        self.waits_for: Waiting | None = Waiting.HEAD
        self.since = worker.loop.time()

    def connection_made(self, transport: Any) -> None:
        """Join the worker's connections; one more than it may have costs the idlest its place."""
        super().connection_made(transport)
        self.worker.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave them."""
        self.worker.connections.pop(self, None)
        super().connection_lost(exc)

    def look(self, now: float) -> None:
        """Note what it waits for now, and end it when that has lasted for too long."""
        if (waits_for := self._get_waiting()) is not self.waits_for:
            self.waits_for, self.since = waits_for, now
        elif waits_for and now - self.since > waits_for.value:
            self.transport.abort()

    def is_idle(self) -> bool:
        """Whether no request is on its way, in work or being answered."""
        return self._awaiting_request and not self.transport.get_write_buffer_size()

    def _get_waiting(self) -> Waiting | None:
        if self.transport.is_closing():
            return Waiting.CLOSING
        if self._flow_control.write_paused:
            return Waiting.READING
        if self._awaiting_request and self.req_count == 1:  # Later ones: gunicorn's `keepalive`
            return Waiting.HEAD
        return None


class BufferingWorker(ASGIWorker):
    """Threads for the application, and an event loop for everything that clients make it wait for.

    `threads` and `worker_connections` are gunicorn's settings of that name.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.connections: dict[Connection, None] = {}

    @classmethod
    def check_config(cls, cfg: Any, log: Any) -> None:
        """All settings that gunicorn's own has no use for are used."""

    def load_wsgi(self) -> None:
        """Load the application and give it its threads."""
        self.asgi = BufferedApplication(
            self.app.wsgi(),
            threads=self.cfg.threads,
            largest_body=settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        )

    def add(self, connection: Connection) -> None:
        """Take a connection in; the idlest goes when there are too many."""
        self.connections[connection] = None
        if len(self.connections) > self.worker_connections:
            idlest = min(self.connections, key=lambda one: (one.waits_for is None, one.since))
            idlest.transport.abort()

    async def _serve(self) -> None:
        await self._listen()
        while self.alive and self.ppid == os.getppid():
            self.notify()
            self._look()
            await asyncio.sleep(LOOK_SECONDS)
        await self._shutdown()

    async def _listen(self) -> None:
        for listener in self.sockets:
            server = await self.loop.create_server(
                lambda: Connection(self), sock=listener.sock, backlog=self.cfg.backlog
            )
            self.servers.append(server)

    def _look(self) -> None:
        now = self.loop.time()
        for connection in list(self.connections):
            connection.look(now)

    async def _shutdown(self) -> None:
        """Finish what has begun, for `graceful_timeout` seconds at most."""
        for server in self.servers:
            server.close()
        start = self.loop.time()
        while self.connections and not self._quick_shutdown:
            self.notify()
            passed = self.loop.time() - start
            if passed > self.cfg.graceful_timeout:
                break
            if passed > STOP_IDLE_SECONDS:
                self._close_idle()
            await asyncio.sleep(0.05)

    def _close_idle(self) -> None:
        for connection in list(self.connections):
            if connection.is_idle():
                connection.transport.close()
