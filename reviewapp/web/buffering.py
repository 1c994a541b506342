"""A WSGI application behind an event loop: a thread gets a request once all of it has arrived, and
hands over its whole answer before the client has read a byte of it.

So a slow client costs some memory or room on the disk, both bounded, and never a thread. Requests
with a long body get half of the threads at most: whatever is uploaded, pages find a thread.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http import HTTPStatus

from reviewapp.web.answers import Answer, Application, Send, make_answer, make_refusal
from reviewapp.web.environ import Scope, get_declared_length, make_environ
from reviewapp.web.request_bodies import Body, ClientGone, Receive, Refused, Room, discard

LONG_BODY = 20_000
"""Bytes of a body from which on a request waits for one of the threads of its kind."""


class BufferedApplication:
    """The application as the server's event loop calls it (ASGI)."""

    def __init__(self, application: Application, *, threads: int, largest_body: int) -> None:
        self.application = application
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="request")
        self.room = Room(largest_body)
        self.long = asyncio.Semaphore(max(1, threads // 2))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await send({"type": "websocket.close"})
            return
        try:
            answer = await self._answer(scope, receive)
        except ClientGone:
            return
        except Refused as refused:
            answer, is_refused = make_refusal(refused), True
        else:
            is_refused = answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        await answer.send(send, has_body=scope["method"] != "HEAD")
        if is_refused:
            await discard(receive)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        """Receive the body and run the application; by its length that refuses too large a body."""
        body = Body(self.room)
        length = get_declared_length(scope) or 0
        try:
            if length <= self.room.largest:
                length = await body.receive(receive)
        except BaseException:
            body.close()
            raise
        return await self._run(scope, body, length)

    async def _run(self, scope: Scope, body: Body, length: int) -> Answer:
        """Have a thread make the answer. When the client leaves before a thread is free, none does;
        one that has begun goes on to its end."""
        is_long = length >= LONG_BODY
        if is_long:
            try:
                await self.long.acquire()
            except BaseException:
                body.close()
                raise
        loop = asyncio.get_running_loop()
        environ = make_environ(scope, body.file, length)
        made = self.threads.submit(make_answer, self.application, environ)

        def end(_: object) -> None:
            body.close()
            if is_long:
                with suppress(RuntimeError):  # the loop has ended: nobody waits any more
                    loop.call_soon_threadsafe(self.long.release)

        made.add_done_callback(end)
        return await asyncio.wrap_future(made)
