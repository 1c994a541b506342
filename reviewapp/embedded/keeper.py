"""The keeper: the process that starts the server, watches it, and stops it when nobody needs it.

`python -m reviewapp.embedded.keeper VAR` returns when the server answers (or says why it does
not) and leaves the keeper running in the background, apart from the terminal, so that Ctrl-C
reaches those who use the database and not the database under them.
"""

import os
import signal
import sys
import time
from pathlib import Path
from typing import IO, NoReturn

from reviewapp.embedded import binaries, cluster
from reviewapp.embedded.place import DatabaseUnavailable, Place, cannot_write, try_lock
from reviewapp.embedded.server import Server

LOOK_EVERY = 0.2  # seconds
READY = "ready"


class Dismissed(Exception):
    """The machine is going down, or someone asked the keeper to end."""


def main() -> int:
    """Fork, and stay until the child has said how it went."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.close(reading)
        become_keeper(Path(sys.argv[1]), os.fdopen(writing, "w"))
    os.close(writing)
    with os.fdopen(reading) as answers:
        said = answers.read() or "The embedded database's keeper ended without a word."
    if said != READY:
        sys.stderr.write(said)
    return 0 if said == READY else 1


def become_keeper(var: Path, caller: IO[str]) -> NoReturn:
    os.setsid()
    os.chdir("/")
    try:
        keep(Place(var), caller)
    except DatabaseUnavailable as unavailable:
        tell(caller, str(unavailable))
    except OSError as refused:
        tell(caller, str(cannot_write(var, refused)))
    except Dismissed:
        tell(caller, "The embedded database was told to stop.")
    finally:
        os._exit(0)


def tell(caller: IO[str], said: str) -> None:
    """Answer the caller, who waits until the pipe is closed; he hears the first answer only."""
    if not caller.closed:
        caller.write(said)
        caller.close()


def keep(place: Place, caller: IO[str]) -> None:
    with place.keeper_lock.open("a") as lock:
        if not try_lock(lock):
            tell(caller, READY)  # another keeper is at it; the caller will see how that one fares
            return
        silence()
        account = cluster.prepare_home(place)
        programs = binaries.find_programs(place.home, account)
        cluster.make_data(place, account, programs)
        watch(Server(place, account, programs), caller)


def silence() -> None:
    """Let go of the caller's input and output, which it may wait to see closed."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)


def watch(server: Server, caller: IO[str]) -> None:
    """Keep the server up while anyone holds a share, then stop it."""
    signal.signal(signal.SIGTERM, dismiss)
    with server.place.shares_lock.open("a") as shares:
        try:
            server.adopt_or_start()
            tell(caller, READY)
            while not try_lock(shares):
                time.sleep(LOOK_EVERY)
                if not server.is_running():
                    server.adopt_or_start()
        finally:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            server.stop()  # while the lock is ours, so that nobody comes in half-way


def dismiss(number: int, frame: object) -> NoReturn:
    raise Dismissed


if __name__ == "__main__":
    sys.exit(main())
