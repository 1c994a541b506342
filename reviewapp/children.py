"""Processes of ours that run beside each other, and end with us whatever happens."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO

GRACE_SECONDS = 15.0
SOON = 5.0  # s; a child that ends sooner after its start than this may have a lasting fault
TRIES = 3
PAUSE = 5.0  # s between its starts then; the fault may be an outage, which passes
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process: in a session of its own, so that Ctrl-C reaches us alone and we end it."""

    name: str
    command: list[str]
    environment: dict[str, str]
    kept_open: IO[str]
    started: float = 0.0
    soon_ended: int = 0
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            pass_fds=(self.kept_open.fileno(),),
            preexec_fn=end_with_parent,
        )

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def may_start_again(self) -> bool:
        """At once, but not after it ended several times right after its start: then in a while."""
        return self.soon_ended < TRIES or time.monotonic() - self.started > PAUSE

    def start_again(self) -> None:
        """Start, and count how often it ended soon."""
        is_soon = time.monotonic() - self.started < SOON + PAUSE
        self.soon_ended = self.soon_ended + 1 if is_soon else 0
        self.start()

    def how_it_ended(self) -> str:
        code = self.process.returncode
        return f"killed by signal {-code}" if code < 0 else f"exit code {code}"

    def send(self, number: signal.Signals) -> None:
        """To the process and to all that it started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)


def end_with_parent() -> None:
    """Have Linux stop the child when we are killed without a chance to do it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop_all(children: list[Child]) -> None:
    """Ask all of them at once, then insist."""
    for child in children:
        with suppress(ProcessLookupError):
            child.process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < deadline and not all(child.has_ended() for child in children):
        time.sleep(0.05)
    for child in children:
        child.send(signal.SIGKILL)
        child.process.wait()
