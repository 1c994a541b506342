"""Taking a share in the embedded server, and giving it back."""

import math
import os
import subprocess
import sys
import time
from pathlib import Path

from reviewapp.embedded.place import DatabaseUnavailable, Place, is_locked, try_lock
from reviewapp.embedded.server import ASK_SECONDS, Answer, ask

STOPPING_SECONDS = 100.0  # longer than the keeper gives a server to stop
ROOT = Path(__file__).resolve().parents[2]

_shares: dict[Path, int] = {}  # descriptors kept open: the kernel drops the locks with us


def ensure_running(var: Path, seconds: float | None = None) -> Path:
    """Return the folder of the server's socket, for libpq's `host`, once the server answers there.

    Starts the server when it does not run, and makes it when there is none. It runs for at least as
    long as this process. Raises DatabaseUnavailable with a sentence, also when it does not answer
    within so many seconds. Costs half a millisecond when all is well, so it may be called before
    every connection.
    """
    place = Place(var.resolve())
    join_share(place)
    deadline = time.monotonic() + seconds if seconds else math.inf
    while not is_held(place, seconds):
        if time.monotonic() > deadline:
            raise DatabaseUnavailable(f"The embedded database in {place.var} does not answer.")
        if is_locked(place.keeper_lock):
            time.sleep(0.03)  # a keeper is making or starting it, or someone looked just now
        else:
            send_for_keeper(place)
    return place.socket_folder


def is_held(place: Place, seconds: float | None = None) -> bool:
    is_ready = ask(place.socket_folder, seconds or ASK_SECONDS) is Answer.READY
    return is_ready and is_locked(place.keeper_lock)


def join_share(place: Place) -> None:
    if place.var in _shares:
        return
    place.make_var()
    file = os.open(place.shares_lock, os.O_RDWR)
    deadline = time.monotonic() + STOPPING_SECONDS
    while not try_lock(file, shared=True):
        if time.monotonic() > deadline:
            os.close(file)
            raise DatabaseUnavailable(
                f"The embedded database in {place.var} has been stopping for too long: "
                f"see {place.log}."
            )
        time.sleep(0.03)
    _shares[place.var] = file


def send_for_keeper(place: Place) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "reviewapp.embedded.keeper", str(place.var)],
        cwd=ROOT,
        check=False,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode != 0:
        raise DatabaseUnavailable(done.stderr.strip().splitlines()[-1])


def let_go(var: Path) -> None:
    """Give the share back, and wait for the server's end if it was the last one."""
    place = Place(var.resolve())
    share = _shares.pop(place.var, None)
    if share is None:
        return
    os.close(share)
    while is_locked(place.keeper_lock) and not is_shared(place):
        time.sleep(0.03)


def is_shared(place: Place) -> bool:
    """Whether someone has a share: then the lock can be had shared, but not alone."""
    with place.shares_lock.open("a") as file:
        return not try_lock(file) and try_lock(file, shared=True)
