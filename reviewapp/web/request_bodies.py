"""The bodies of requests, stored as they arrive and bounded in time, size and room on the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus
from typing import IO, Any

from reviewapp.web.spool import Budget, NoRoom, Spool

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]

BODY_SECONDS, SLOWEST_BODY = 20.0, 500
"""A body has so many seconds, and one more for each so many bytes that came: the limits of
Apache's mod_reqtimeout."""

LARGEST_AT_ONCE = 8
"""Room on the disk for bodies that are on their way, in bodies of the largest size."""

DISCARD_SECONDS = 10.0
"""For so long the rest of a refused body is read, so that its sender gets to read the refusal."""


class ClientGone(Exception):
    """Nobody waits for an answer."""


class Refused(Exception):
    """A body is not taken: the status, and a sentence for its sender."""

    def __init__(self, status: HTTPStatus, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class Room(Budget):
    """What the bodies of one process may take together on the disk."""

    def __init__(self, largest: int) -> None:
        super().__init__(largest * LARGEST_AT_ONCE)
        self.largest = largest


class Body:
    """One body of `length` bytes; the thread that reads it closes it."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.length = 0
        self._spool = Spool()

    @property
    def file(self) -> IO[bytes]:
        """All of it, once it was received."""
        return self._spool.file

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
        self._spool.rewind()
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
        try:
            self.room.take(len(piece))
        except NoRoom:
            raise Refused(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "Too much is being sent here at once; nothing was kept. Try again in a minute.",
            ) from None
        self.length += len(piece)
        try:
            self._spool.write(piece)
        except NoRoom:
            raise refuse_full_disk("nothing was kept") from None

    def close(self) -> None:
        """Give its room back."""
        self.room.release(self.length)
        self._spool.close()


def refuse_full_disk(so: str) -> Refused:
    """The refusal of what neither disk nor memory takes."""
    return Refused(
        HTTPStatus.INSUFFICIENT_STORAGE,
        f"The server's disk is full; {so}. Tell whoever runs it.",
    )


async def discard(receive: Receive) -> None:
    """Read the rest of a body that nobody wants, for a while."""
    with suppress(TimeoutError):
        async with asyncio.timeout(DISCARD_SECONDS):
            message: Message = {"type": "http.request", "more_body": True}
            while message["type"] == "http.request" and message.get("more_body"):
                message = await receive()
