"""`make run`: the whole site from whatever is there, and back without leftovers.

The embedded database, the web server and the background worker, watched by this process until it is
told to stop or one of them fails. Standard library only, so that its sentences come out whatever is
wrong with the rest.
"""

import errno
import fcntl
import http.client
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NoReturn

from reviewapp.children import Child, stop_all
from reviewapp.embedded import DatabaseUnavailable, ensure_running, let_go

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60.0
LOOK_EVERY = 0.25
DATABASE_RETRY_SECONDS = 2.0
PATIENCE = ["--shutdown-graceful-timeout", "10"]
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
EARLIER_ONE_ENDS_SECONDS = 20.0
YES = ("yes", "1", "true")


class Refused(Exception):
    """The site cannot start; the text is the sentence to show."""


class Stopped(Exception):
    """Someone pressed Ctrl-C, closed the terminal, or sent SIGTERM."""


@dataclass(frozen=True)
class Site:
    """What runs where, from the environment."""

    var: Path
    host: str
    port: int
    is_embedded: bool

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}/"


def main() -> int:
    for number in STOPPING:
        signal.signal(number, stop)
    try:
        serve(read_environment())
    except (Refused, DatabaseUnavailable) as reason:
        say(str(reason))
        return 1
    except Stopped:
        say("Stopped.")
    return 0


def stop(number: int, frame: object) -> NoReturn:
    ignore_signals()
    raise Stopped


def ignore_signals() -> None:
    """Whoever presses Ctrl-C again must not break off the stopping."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)


def say(text: str) -> None:
    with suppress(OSError):  # the terminal may be gone
        sys.stderr.write(text + "\n")
        sys.stderr.flush()


def read_environment() -> Site:
    port = os.environ.get("PORT") or "8000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Refused(f"PORT must be a number from 1 to 65535, not {port!r}.")
    return Site(
        var=Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve(),
        host=os.environ.get("HOST") or "127.0.0.1",
        port=int(port),
        is_embedded=not os.environ.get("DATABASE_URL", "").strip(),
    )


def serve(site: Site) -> None:
    with only_one(site) as lock:
        refuse_taken_port(site)
        try:
            if site.is_embedded:
                ensure_running(site.var)
            prepare(site)
            run(site, lock)
        finally:
            let_go(site.var)


@contextmanager
def only_one(site: Site) -> Iterator[IO[str]]:
    """Hold the lock of the folder; the children hold it too, should we be killed before them."""
    path = site.var / "run.lock"
    try:
        site.var.mkdir(parents=True, exist_ok=True)
        lock = path.open("a+")
        take(lock, site)
        lock.truncate(0)
        lock.write(f"{os.getpid()} {site.address}\n")
        lock.flush()
    except OSError as refused:
        raise Refused(
            f"The folder {site.var} cannot be written: {refused.strerror}. Make it writable "
            "or make room in it, or name another one in VAR_DIR."
        ) from refused
    with lock:
        yield lock


def take(lock: IO[str], site: Site) -> None:
    deadline = time.monotonic() + EARLIER_ONE_ENDS_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            number, _, address = lock.read().strip().partition(" ")
            if is_alive(number) or time.monotonic() > deadline:
                raise Refused(
                    f"reviewapp runs already from {site.var} at {address or site.address} "
                    f"(process {number}): stop that one first, or name another folder in VAR_DIR."
                ) from None
            time.sleep(0.1)  # it was killed, and its children are about to end
        else:
            return


def is_alive(number: str) -> bool:
    try:
        os.kill(int(number), 0)
    except PermissionError:
        return True
    except (ProcessLookupError, ValueError):
        return False
    return True


def refuse_taken_port(site: Site) -> None:
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            site.host, site.port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind) as knock:
            knock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            knock.bind(address)
    except OSError as refused:
        raise Refused(port_sentence(site, refused)) from refused


def port_sentence(site: Site, refused: OSError) -> str:
    if refused.errno == errno.EADDRINUSE:
        return (
            f"Port {site.port} on {site.host} is taken by another program: stop that one, "
            f"or choose another port, such as PORT={site.port + 1} make run."
        )
    return f"{site.host} port {site.port} cannot be listened on: {refused.strerror}."


def prepare(site: Site) -> None:
    """Bring the tables and static files up to date; on a first start make the demo lab,
    with EMPTY=yes a curator and nothing else."""
    say("Preparing the database and the static files ...")
    options = ["--demo"] if site.is_embedded else []
    if os.environ.get("EMPTY", "").lower() in YES:
        options.append("--empty")
    done = subprocess.run(
        [sys.executable, "manage.py", "prepare", *options],
        cwd=ROOT,
        env=environment(site),
        check=False,
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for us; we end it
    )
    if done.returncode != 0:
        raise Refused("The site was not started: see above why it could not be prepared.")


def environment(site: Site) -> dict[str, str]:
    """Ours, with what we decided; PYTHONUNBUFFERED so that what a child says is seen at once."""
    decided = {"HOST": site.host, "PORT": str(site.port), "VAR_DIR": str(site.var)}
    default = {"SITE_URL": site.address, "PYTHONUNBUFFERED": "1"} if site.is_embedded else {}
    return default | os.environ | decided


def run(site: Site, lock: IO[str]) -> None:
    """Start the children and watch them until one of them fails or we are stopped."""
    python, known = sys.executable, environment(site)
    web = [python, "-m", "gunicorn", "--config", "python:reviewapp.gunicorn_conf"]
    worker = [python, "manage.py", "procrastinate", "--skip-checks", "worker", *PATIENCE]
    children = [
        Child("web server", web, known, lock),
        Child("background worker", worker, known, lock),
    ]
    os.chdir(ROOT)
    started: list[Child] = []
    try:
        for child in children:
            child.start()
            started.append(child)
        wait_until_well(site, children[0])
        announce(site)
        watch(site, *children)
    finally:
        ignore_signals()
        stop_all(started)


def wait_until_well(site: Site, web: Child) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_well(site):
        if web.has_ended():
            raise Refused(f"The web server ended at once ({web.how_it_ended()}): see above why.")
        if time.monotonic() > deadline:
            raise Refused(f"The web server did not answer within {START_SECONDS:.0f} seconds.")
        time.sleep(0.1)


def is_well(site: Site) -> bool:
    own = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(site.host, site.host)  # noqa: S104
    client = http.client.HTTPConnection(own, site.port, timeout=5)
    try:
        client.request("GET", "/health/")
        return client.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        client.close()


def announce(site: Site) -> None:
    say(f"\nreviewapp is at {os.environ.get('SITE_URL') or site.address}")
    sign_in = site.var / "demo-sign-in"
    if site.is_embedded and sign_in.exists():
        say(sign_in.read_text().strip())
    say("Ctrl-C stops it.\n")


def watch(site: Site, web: Child, worker: Child) -> None:
    """Raise Refused when the web server ended; the worker is started again, the database too."""
    has_terminal, trouble = sys.stdin.isatty(), ""
    while not (has_terminal and is_hung_up()):
        time.sleep(LOOK_EVERY)
        if web.has_ended():
            raise Refused(f"The web server ended ({web.how_it_ended()}); all is stopped.")
        for folder in (ROOT, site.var):
            if not folder.is_dir():
                raise Refused(f"The folder {folder} is gone; all is stopped.")
        if site.is_embedded:
            trouble = keep_database(site, trouble)
        if worker.has_ended() and not trouble and worker.may_start_again():
            say(f"The background worker ended ({worker.how_it_ended()}); it is started again.")
            worker.start_again()
    raise Stopped


def keep_database(site: Site, trouble: str) -> str:
    """Bring the database up when it is down; what keeps it down, which is said once."""
    try:
        ensure_running(site.var)
    except DatabaseUnavailable as reason:
        if str(reason) != trouble:
            say(f"{reason} It is tried again until it starts.")
        time.sleep(DATABASE_RETRY_SECONDS)
        return str(reason)
    if trouble:
        say("The database is back.")
    return ""


def is_hung_up() -> bool:
    """Whether our terminal was closed; make, when it is the terminal's first process, keeps the
    signal to itself and waits for us.
    """
    poll = select.poll()
    poll.register(sys.stdin, 0)
    return any(event & select.POLLHUP for _, event in poll.poll(0))
