"""A WSGI application behind an event loop: a thread gets a request once all of it has arrived, and
hands over its whole answer before the client has read a byte of it.

So a slow client costs some memory or room on the disk, both bounded, and never a thread.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

from reviewapp.web.answers import Answer, Application, Send, make_answer, make_refusal
from reviewapp.web.bodies import Body, ClientGone, Receive, Refused, Room, discard
from reviewapp.web.environ import Scope, get_declared_length, make_environ


class BufferedApplication:
    """The application as the server's event loop calls it (ASGI)."""

    def __init__(self, application: Application, *, threads: int, largest_body: int) -> None:
        self.application = application
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="request")
        self.room = Room(largest_body)

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
        environ = make_environ(scope, body.file, length)
        made = self.threads.submit(make_answer, self.application, environ)
        made.add_done_callback(lambda _: body.close())
        return await asyncio.wrap_future(made)
