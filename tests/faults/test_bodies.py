"""Bodies that come too slowly, too large or too many at once are refused, and leave nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http import HTTPStatus

import pytest

from reviewapp.web import request_bodies
from reviewapp.web.request_bodies import Body, ClientGone, Message, Refused, Room

LARGEST = 1000


def give(*pieces: bytes) -> Callable[[], Awaitable[Message]]:
    """One piece after the other, then nothing for ever."""
    left = list(pieces)

    async def receive() -> Message:
        if not left:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": left.pop(0), "more_body": True}

    return receive


def receive_and_close(body: Body, pieces: Callable[[], Awaitable[Message]]) -> int:
    with closing(body):
        return receive(body, pieces)


def receive(body: Body, pieces: Callable[[], Awaitable[Message]]) -> int:
    """In a thread of its own: a browser test leaves an event loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(body.receive(pieces))).result()


def test_a_body_that_stops_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(request_bodies, "BODY_SECONDS", 0.05)
    with pytest.raises(Refused) as refused:
        receive_and_close(Body(Room(LARGEST)), give(b"half of it"))
    assert refused.value.status == HTTPStatus.REQUEST_TIMEOUT


def test_a_body_that_grows_too_large_is_cut(monkeypatch: pytest.MonkeyPatch):
    body = Body(Room(LARGEST))
    assert receive(body, give(*[b"x" * 600] * 9)) == 1200
    body.close()


def test_bodies_share_a_room_and_give_it_back(monkeypatch: pytest.MonkeyPatch):
    room = Room(LARGEST)
    held = [Body(room) for _ in range(request_bodies.LARGEST_AT_ONCE - 1)]
    for body in held:
        receive(body, give(b"x" * 600, b"x" * 401))
    with pytest.raises(Refused) as refused:
        receive_and_close(Body(room), give(b"x" * 1000))
    assert refused.value.status == HTTPStatus.SERVICE_UNAVAILABLE
    for body in held:
        body.close()
    assert receive_and_close(Body(room), give(b"x" * 600, b"x" * 401)) == 1001


def test_nobody_is_answered_who_has_left():
    async def leave() -> Message:
        return {"type": "http.disconnect"}

    with pytest.raises(ClientGone):
        receive_and_close(Body(Room(LARGEST)), leave)
