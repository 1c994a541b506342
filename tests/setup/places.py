"""Folders and processes for trying the set-up, which leave nothing behind."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from reviewapp.embedded.place import DATABASE, Place, is_locked
from reviewapp.embedded.server import Answer, ask
from tests import waiting

ROOT = Path(__file__).resolve().parents[2]
# Takes a share, says where, and keeps it until its input is closed.
USER = """
import sys
from pathlib import Path
from reviewapp.embedded import DatabaseUnavailable, ensure_running
try:
    print(ensure_running(Path(sys.argv[1])), flush=True)
except DatabaseUnavailable as reason:
    sys.exit(str(reason))
sys.stdin.read()
"""


@contextmanager
def fresh_var(name: str = "var") -> Iterator[Path]:
    """A `var/` that does not exist yet, where the server's account can go even when we are root."""
    top = Path(tempfile.mkdtemp(prefix="reviewapp-"))
    top.chmod(0o755)
    try:
        yield top / name
    finally:
        place = Place(top / name)
        wait_for(lambda: not is_locked(place.keeper_lock))
        shutil.rmtree(place.socket_folder, ignore_errors=True)
        shutil.rmtree(place.home, ignore_errors=True)
        shutil.rmtree(top)


class User:
    """A process that uses the embedded database of a folder."""

    def __init__(self, var: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER, str(var)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "User":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def socket_folder(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def end(self) -> tuple[int, str]:
        """Exit code and what was said on the error output."""
        _, said = self.process.communicate()
        return self.process.returncode, said

    def kill(self) -> None:
        self.process.kill()


def refused(var: Path) -> str:
    """The sentence with which a user of this folder ends."""
    with User(var) as user:
        code, said = user.end()
    assert code == 1, said
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) == 1
    return said.strip()


def connect(socket_folder: str) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(host=socket_folder, user=DATABASE, dbname=DATABASE, autocommit=True)


def ask_for(socket_folder: str, query: str) -> object:
    with connect(socket_folder) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


def postmaster_pid(var: Path) -> int:
    return int((Place(var).data / "postmaster.pid").read_text().split("\n", 1)[0])


def keeper_pid(var: Path) -> int:
    """The keeper is whoever holds its lock; found by its command line, as `ps` shows it."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (process / "cmdline").read_bytes().split(b"\0")
            if b"reviewapp.embedded.keeper" in words and os.fsencode(var) in words:
                return int(process.name)
    raise LookupError(f"no keeper of {var}")


def is_answering(var: Path) -> bool:
    return ask(Place(var).socket_folder) is Answer.READY


def wait_for(
    condition: Callable[[], bool], seconds: float = waiting.PATIENCE, *, look_every: float = 0.05
) -> None:
    waiting.wait_for(condition, seconds=seconds, every=look_every)


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: not Path(f"/proc/{pid}").exists() or is_zombie(pid))


def is_zombie(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    return True
