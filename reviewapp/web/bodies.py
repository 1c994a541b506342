"""The bodies of requests, stored as they arrive and bounded in time, size and room on the disk."""

from __future__ import annotations

import asyncio
import errno
import logging
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import Any

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]

IN_MEMORY = 64 * 1024
"""Bytes of a body or an answer that stay in memory; what is longer goes to a temporary file."""

BODY_SECONDS, SLOWEST_BODY = 20.0, 500
"""A body has so many seconds, and one more for each so many bytes that came: the limits of
Apache's mod_reqtimeout."""

LARGEST_AT_ONCE = 8
"""Room on the disk for bodies that are on their way, in bodies of the largest size."""

DISCARD_SECONDS = 10.0
"""For so long the rest of a refused body is read, so that its sender gets to read the refusal."""

logger = logging.getLogger(__name__)


class ClientGone(Exception):
    """Nobody waits for an answer."""


class Refused(Exception):
    """A body is not taken: the status, and a sentence for its sender."""

    def __init__(self, status: HTTPStatus, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class Room:
    """What the bodies of one process may take together on the disk."""

    def __init__(self, largest: int) -> None:
        self.largest = largest
        self._left = largest * LARGEST_AT_ONCE
        self._lock = threading.Lock()

    def take(self, size: int) -> None:
        """Raises Refused when there is no room for so many bytes."""
        with self._lock:
            if size > self._left:
                raise Refused(
                    HTTPStatus.SERVICE_UNAVAILABLE,
                    "Too much is being sent here at once; nothing was kept. Try again in a minute.",
                )
            self._left -= size

    def give_back(self, size: int) -> None:
        """So many bytes are needed no more."""
        with self._lock:
            self._left += size


class Body:
    """One body: `length` bytes in `file`, which the thread that reads it closes with `close`."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.file = SpooledTemporaryFile[bytes](max_size=IN_MEMORY)
        self.length = 0

    async def receive(self, receive: Receive) -> int:
        """Store all of it and return its length in bytes; one that grows too large is cut there.

        Raises Refused and ClientGone.
        """
        try:
            async with asyncio.timeout(BODY_SECONDS) as limit:
                start = limit.when() or 0.0
                while self.length <= self.room.largest and await self._receive_piece(receive):
                    limit.reschedule(start + self.length / SLOWEST_BODY)
        except TimeoutError:
            raise Refused(
                HTTPStatus.REQUEST_TIMEOUT, "This was sent too slowly; nothing was kept."
            ) from None
        self.file.seek(0)
        return self.length

    async def _receive_piece(self, receive: Receive) -> bool:
        """Store what came next; whether more is to come."""
        message = await receive()
        if message["type"] != "http.request":
            raise ClientGone
        if piece := message.get("body", b""):
            self._store(piece)
        return bool(message.get("more_body"))

    def _store(self, piece: bytes) -> None:
        self.room.take(len(piece))
        self.length += len(piece)
        try:
            self.file.write(piece)
        except OSError as problem:
            if problem.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            logger.error("No room for what a member sends: %s", problem)
            raise Refused(
                HTTPStatus.INSUFFICIENT_STORAGE,
                "The server's disk is full; nothing was kept. Tell whoever runs it.",
            ) from problem

    def close(self) -> None:
        """Give its room back."""
        self.room.give_back(self.length)
        self.file.close()


async def discard(receive: Receive) -> None:
    """Read the rest of a body that nobody wants, for a while."""
    with suppress(TimeoutError):
        async with asyncio.timeout(DISCARD_SECONDS):
            message: Message = {"type": "http.request", "more_body": True}
            while message["type"] == "http.request" and message.get("more_body"):
                message = await receive()
