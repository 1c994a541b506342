"""One running server: asked whether it answers, started over whatever was left, stopped."""

import os
import signal
import socket
import struct
import subprocess
import time
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import IO

from reviewapp.embedded.binaries import Account
from reviewapp.embedded.cluster import reason
from reviewapp.embedded.place import DATABASE, SOCKET_NAME, DatabaseUnavailable, Place

PROTOCOL = 3 << 16
NOT_YET = b"C57P03\0"  # "cannot connect now": starting, recovering or stopping
STOP_SECONDS = 30.0
OTHERS_END_SECONDS = 60.0
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "synchronous_commit": "on",
    "fsync": "on",
    "log_timezone": "UTC",
    "timezone": "UTC",
}
ASK_SECONDS = 5.0


class Answer(Enum):
    NONE = "nobody there"
    NOT_YET = "starting or stopping"
    READY = "ready"


def ask(socket_folder: Path, seconds: float = ASK_SECONDS) -> Answer:
    """Knock as a client would. Only an answer counts: a file or a process number proves nothing."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(seconds)
        try:
            client.connect(str(socket_folder / SOCKET_NAME))
            client.sendall(greeting())
            said = client.recv(4096)
        except TimeoutError:
            return Answer.NOT_YET
        except OSError:
            return Answer.NONE
    if said[:1] == b"E" and NOT_YET in said:
        return Answer.NOT_YET
    return Answer.READY if said else Answer.NONE


def greeting() -> bytes:
    """The start-up packet of PostgreSQL's protocol 3.0."""
    words = b"".join(word.encode() + b"\0" for word in ("user", DATABASE, "database", DATABASE, ""))
    return struct.pack("!ii", len(words) + 8, PROTOCOL) + words


class Server:
    """The server process of a place, our child or one that an earlier keeper left behind."""

    def __init__(self, place: Place, account: Account, programs: Path) -> None:
        self.place, self.account, self.programs = place, account, programs
        self.child: subprocess.Popen[bytes] | None = None
        self.pid = 0

    def adopt_or_start(self) -> None:
        """Return when the server answers, however long its recovery takes."""
        if ask(self.place.socket_folder) is not Answer.NONE and self.recorded_pid():
            self.pid = int(self.recorded_pid())
            self.wait_until_ready()
            return
        deadline = time.monotonic() + OTHERS_END_SECONDS
        while not self.start():
            if time.monotonic() > deadline:
                raise self.failure()
            time.sleep(0.3)

    def recorded_pid(self) -> str:
        try:
            return (self.place.data / "postmaster.pid").read_text().split("\n", 1)[0].strip()
        except (OSError, ValueError):
            return ""

    def start(self) -> bool:
        """Start once; False when the workers of a killed server have yet to end.

        After a crash `postmaster.pid` names a number that by now may be any process's, and the
        server would refuse to start. The number in PG_GRANDPARENT_PID is taken to be no server
        (pg_ctl's own way); that none works on the data is still sure from the shared memory, which
        PostgreSQL checks.
        """
        for leftover in self.place.socket_folder.glob(SOCKET_NAME + "*"):
            leftover.unlink(missing_ok=True)
        with self.open_log() as log:
            self.child = self.account.start(
                [str(self.programs / "postgres"), "-D", str(self.place.data), *self.options()],
                output=log,
                cwd=self.place.home,
                stale_pid=self.recorded_pid(),
            )
        self.pid = self.child.pid
        if self.wait_until_ready():
            return True
        if "shared memory block" in self.last_words():
            return False
        raise self.failure()

    def options(self) -> list[str]:
        quoted = str(self.place.socket_folder).replace('"', '""')
        settings = SETTINGS | {"unix_socket_directories": f'"{quoted}"'}
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def open_log(self) -> IO[str]:
        """A new log for every start; the one before is kept beside it."""
        if self.place.log.exists():
            self.place.log.replace(self.place.log.with_name("log.before"))
        return self.place.log.open("w")

    def last_words(self) -> str:
        return self.place.log.read_text(errors="replace")[-4000:]

    def failure(self) -> DatabaseUnavailable:
        return DatabaseUnavailable(
            f"The embedded database does not start: {reason(self.last_words())} "
            f"(more in {self.place.log})"
        )

    def wait_until_ready(self) -> bool:
        while self.is_running():
            if ask(self.place.socket_folder) is Answer.READY:
                return True
            time.sleep(0.02)
        return False

    def is_running(self) -> bool:
        """An adopted one is told by its answer: its number may stay taken until init looks."""
        if self.child is not None:
            return self.child.poll() is None
        return ask(self.place.socket_folder) is not Answer.NONE

    def stop(self) -> None:
        """Stop as `pg_ctl -m fast` does, and harder when that takes too long."""
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if not self.is_running():
                return
            with suppress(ProcessLookupError):
                os.kill(self.pid, how)
            self.wait_for_end()

    def wait_for_end(self) -> None:
        deadline = time.monotonic() + STOP_SECONDS
        while self.is_running() and time.monotonic() < deadline:
            time.sleep(0.02)
