"""A mail server that speaks just enough SMTP, remembers what it took, and can misbehave."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from socketserver import StreamRequestHandler, ThreadingTCPServer


class Postbox(ThreadingTCPServer):
    """What came in, and how to answer the next mails."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.taken: list[Message] = []
        self.answers: list[str] = []
        """Answers to the next RCPT commands instead of 250; one is used for each mail."""
        self.is_held = threading.Event()
        """Set while a mail waits for `let_go`."""
        self.let_go = threading.Event()
        self.let_go.set()
        self.conversations = 0
        self.thinking = 0.0
        """Seconds that it takes over each mail."""
        self.in_hand = 0
        """Mails whose conversation has begun and that are not answered yet."""
        self.on_taken: Callable[[], None] = lambda: None
        """Called when it has a mail, before it says so."""

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Conversation(StreamRequestHandler):
    server: Postbox

    def handle(self) -> None:
        self.server.conversations += 1
        self._say("220 postbox")
        while line := self.rfile.readline():
            verb = line[:4].upper().strip()
            if verb == b"QUIT":
                self._say("221 bye")
                return
            if verb == b"DATA":
                self._take()
                self.server.in_hand -= 1
            elif verb == b"MAIL":
                self.server.in_hand += 1
                self._say("250 ok")
            elif verb == b"RCPT" and self.server.answers:
                self._say(self.server.answers.pop(0))
            else:
                self._say("250 ok")

    def _take(self) -> None:
        if not self.server.let_go.is_set():
            self.server.is_held.set()
            self.server.let_go.wait(30)
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        if line:
            self.server.taken.append(message_from_bytes(b"".join(lines)))
            time.sleep(self.server.thinking)
            self.server.on_taken()
            self._say("250 taken")

    def _say(self, text: str) -> None:
        try:
            self.wfile.write(f"{text}\r\n".encode())
        except OSError:
            return


@contextmanager
def postbox() -> Iterator[Postbox]:
    """A running server on a free port of this machine."""
    with Postbox() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.let_go.set()
            server.shutdown()
