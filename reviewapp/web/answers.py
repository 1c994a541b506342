"""The answers of a WSGI application, taken whole from its thread and sent as the client reads."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from contextlib import closing
from http import HTTPStatus
from typing import Any

from reviewapp.web.request_bodies import Message, Refused, refuse_full_disk
from reviewapp.web.spool import NoRoom, Spool

Send = Callable[[Message], Awaitable[None]]
Application = Callable[[dict[str, Any], Callable[..., object]], Iterable[bytes]]

PIECE = 64 * 1024
"""Bytes that are handed to the connection at a time; it says when it wants the next."""


class Answer:
    """Status, headers and body."""

    def __init__(self, status: int = 500, headers: Iterable[tuple[str, str]] = ()) -> None:
        self.status, self.headers = status, headers
        self.body = Spool()

    def start(
        self, status: str, headers: Iterable[tuple[str, str]], exc_info: object = None
    ) -> Callable[[bytes], object]:
        """What WSGI calls `start_response`."""
        self.status, self.headers = int(status.split(" ", 1)[0]), headers
        return self.body.write

    async def send(self, send: Send, *, has_body: bool = True) -> None:
        """Send all of it, and close it."""
        with closing(self.body) as body:
            await send(
                {
                    "type": "http.response.start",
                    "status": self.status,
                    "headers": [
                        (k.encode("latin-1"), v.encode("latin-1")) for k, v in self.headers
                    ],
                }
            )
            piece = body.file.read(PIECE) if has_body else b""
            while True:
                following = body.file.read(PIECE) if len(piece) == PIECE else b""
                await send(
                    {"type": "http.response.body", "body": piece, "more_body": bool(following)}
                )
                if not following:
                    return
                piece = following


def make_answer(application: Application, environ: dict[str, Any]) -> Answer:
    """Run the application and take its whole answer. Raises Refused."""
    answer = Answer()
    chunks = application(environ, answer.start)
    try:
        for chunk in chunks:
            answer.body.write(chunk)
    except NoRoom:
        raise refuse_full_disk("this page is too large to be shown now") from None
    finally:
        if close := getattr(chunks, "close", None):
            close()
    answer.body.rewind()
    return answer


def make_refusal(refused: Refused) -> Answer:
    """One line of plain text; the connection ends with it."""
    line = f"{refused}\n".encode()
    headers = {
        "Content-Type": "text/plain",
        "Content-Length": str(len(line)),
        "Connection": "close",
    }
    if refused.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "60"
    answer = Answer(refused.status, headers.items())
    answer.body.write(line)
    answer.body.rewind()
    return answer
