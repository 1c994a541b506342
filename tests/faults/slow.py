"""Slow clients: `python -m tests.faults.slow PORT KIND COUNT one|many PATH`.

Says "all" once every one of them holds a connection, keeps them slow, comes back when one is
closed, and ends when its input does. A process of its own, so that it and whoever measures beside
it do not share a lock. Standard library only.
"""

from __future__ import annotations

import asyncio
import itertools
import socket
import sys
from contextlib import suppress

KINDS = ("heads", "bodies", "readers", "idle", "silent")
TICK = 1.0
"""Seconds between the bytes of a slow client."""


class Crowd:
    """So many clients of one kind, from one address or as many as there are."""

    def __init__(self, port: int, kind: str, count: int, *, is_spread: bool, path: str) -> None:
        self.port, self.kind, self.count, self.path = port, kind, count, path
        self.is_spread = is_spread
        self.connected: set[int] = set()
        self.all_there = asyncio.Event()

    async def run(self) -> None:
        """Until cancelled."""
        await asyncio.gather(*(self._be(number) for number in range(self.count)))

    async def _be(self, number: int) -> None:
        host = f"127.0.{1 + number // 250}.{1 + number % 250}" if self.is_spread else "127.0.0.1"
        await asyncio.sleep(number * 0.002)
        while True:
            with suppress(OSError, asyncio.IncompleteReadError):
                await self._hold(number, host)
            await asyncio.sleep(0.1)

    async def _hold(self, number: int, host: str) -> None:
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.setblocking(False)
        line.bind((host, 0))
        loop = asyncio.get_running_loop()
        try:
            await loop.sock_connect(line, ("127.0.0.1", self.port))
            await loop.sock_sendall(line, self._first_words())
            self._count_in(number)
            for tick in itertools.count():
                await asyncio.sleep(TICK)
                if not await self._crawl(line, tick):
                    return
        finally:
            line.close()

    def _count_in(self, number: int) -> None:
        self.connected.add(number)
        if len(self.connected) == self.count:
            self.all_there.set()

    def _first_words(self) -> bytes:
        get = f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n".encode()
        post = f"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n".encode()
        return {
            "heads": get + b"X-Slow: ",
            "bodies": post + b"Content-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: 100000\r\n\r\n",
            "readers": (get + b"\r\n") * 3,
            "idle": get.replace(self.path.encode(), b"/health/") + b"\r\n",
            "silent": b"",
        }[self.kind]

    async def _crawl(self, line: socket.socket, tick: int) -> bool:
        """Do next to nothing; whether the connection is still there."""
        loop = asyncio.get_running_loop()
        if self.kind in ("heads", "bodies"):
            await loop.sock_sendall(line, b"x")
            return True
        if self.kind == "readers":
            return bool(await loop.sock_recv(line, 1))
        if self.kind == "idle" and tick == 0:
            await loop.sock_recv(line, 4096)
        return not await self._is_closed(line)

    async def _is_closed(self, line: socket.socket) -> bool:
        try:
            return line.recv(1, socket.MSG_PEEK) == b""
        except BlockingIOError:
            return False


async def main(port: str, kind: str, count: str, origin: str, path: str) -> None:
    """Until the input ends."""
    crowd = Crowd(int(port), kind, int(count), is_spread=origin == "many", path=path)
    running = asyncio.create_task(crowd.run())
    await crowd.all_there.wait()
    print("all", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    running.cancel()


if __name__ == "__main__":
    with suppress(asyncio.CancelledError):
        asyncio.run(main(*sys.argv[1:]))
