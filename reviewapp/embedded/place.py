"""Where one embedded server keeps its things, and the locks that go with the place."""

import fcntl
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import IO

DATABASE = "reviewapp"  # name of the database and of its owner

# struct sockaddr_un holds 108 bytes on Linux and 104 on macOS, the closing zero included.
LONGEST_SOCKET_PATH = 103
SOCKET_NAME = ".s.PGSQL.5432"


class DatabaseUnavailable(Exception):
    """The embedded database cannot be used; the text is the sentence to show."""


@dataclass(frozen=True)
class Place:
    """The paths of the server that belongs to one `var/` folder."""

    var: Path

    @property
    def home(self) -> Path:
        """The folder that belongs to the server's account; all that it writes is inside."""
        return (self.var / "postgres").resolve()

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def socket_folder(self) -> Path:
        """The home's `run` folder, or one under /tmp where that path is too long or too odd.

        libpq takes a comma in a host as a list of hosts, hence "odd".
        """
        usual = self.home / "run"
        length = len(os.fsencode(usual / SOCKET_NAME))
        if length <= LONGEST_SOCKET_PATH and re.fullmatch(r"[\w/.+-]+", str(usual), re.ASCII):
            return usual
        digest = hashlib.sha256(os.fsencode(usual)).hexdigest()[:16]
        return Path("/tmp") / f"reviewapp-{digest}"  # noqa: S108 (Account.own looks whose it is)

    @property
    def shares_lock(self) -> Path:
        """Held shared by everyone who uses the server."""
        return self.var / "database-shares.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held by the one keeper for as long as it lives."""
        return self.var / "database-keeper.lock"

    def make_var(self) -> None:
        """Make the folder; raise DatabaseUnavailable when that or writing into it is refused."""
        try:
            self.var.mkdir(parents=True, exist_ok=True)
            self.shares_lock.open("a").close()
        except OSError as refused:
            raise cannot_write(self.var, refused) from refused


def cannot_write(folder: Path, refused: OSError) -> DatabaseUnavailable:
    """The sentence for a folder that is read-only, full, or somebody else's."""
    return DatabaseUnavailable(
        f"The folder {folder} cannot be written: {refused.strerror or refused}. "
        "The embedded database keeps its data there: make it writable or make room, "
        "or set DATABASE_URL to a PostgreSQL server of your own."
    )


def try_lock(file: IO[str] | int, *, shared: bool = False) -> bool:
    """Take the lock unless someone else has it in the way; it lasts until the file is closed."""
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_locked(path: Path) -> bool:
    """Whether some process holds the lock exclusively."""
    try:
        with path.open("a") as file:
            return not try_lock(file, shared=True)
    except FileNotFoundError:
        return False
