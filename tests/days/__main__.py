"""`make test-days`: the suite on other days and in other zones.

    make test-days                                    all of CASES, one after the other
    make test-days DAY="2027-02-28 12:00"             one day (UTC)
    make test-days ZONE=Pacific/Kiritimati            today in a zone
    make test-days TESTS="tests/news -m 'not browser'"    a part of the suite

Every process sees the other day: tests, PostgreSQL (one of its own, in a temporary folder), site,
worker, Chromium. Only the renderer's helpers, which read no date, see the real one. Needs Linux and
a C compiler; libfaketime would do without one, but its sleep fails under Python 3.13.
"""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
CASES = [
    ("2027-02-28 12:00", ""),
    ("2028-02-29 12:00", ""),
    ("2026-12-31 23:50", ""),
    ("2031-06-15 12:00", ""),
    ("", "Pacific/Kiritimati"),
    ("", "Pacific/Honolulu"),
]


def main() -> int:
    """Run what was asked for; 1 when any of it is red."""
    asked = argparse.ArgumentParser(prog="python -m tests.days")
    asked.add_argument("--day", default="")
    asked.add_argument("--zone", default="")
    asked.add_argument("--tests", default="")
    said = asked.parse_args()
    cases = [(said.day, said.zone)] if said.day or said.zone else CASES
    failed = [case for case in cases if run_suite(*case, shlex.split(said.tests))]
    print("red:", failed) if failed else print(f"green: {cases}")
    return bool(failed)


def run_suite(day: str, zone: str, tests: list[str]) -> int:
    """pytest's exit code on that day (UTC; today when empty) in that zone (UTC when empty)."""
    print(f"--- {day or 'today'}, {zone or 'UTC'}", flush=True)
    with tempfile.TemporaryDirectory(prefix="reviewapp-day-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the database's account enters it as well
        environment = os.environ | {"VAR_DIR": f"{folder}/var", "TZ": zone or "UTC"}
        if day:
            environment |= make_shift(folder, datetime.fromisoformat(day).replace(tzinfo=UTC))
        command = [sys.executable, "-m", "pytest", "-n", "3", "--dist", "loadgroup", *tests]
        code = subprocess.run(command, env=environment, check=False).returncode
        wait_for_database_to_end(folder / "var")
    return code


def make_shift(folder: Path, to: datetime) -> dict[str, str]:
    """What puts a process and its children into that time."""
    library = folder / "shift.so"
    command = ["cc", "-O2", "-shared", "-fPIC", "-o", library, HERE / "shift.c"]
    subprocess.run(command, check=True)
    seconds = round((to - datetime.now(UTC)).total_seconds())
    return {"LD_PRELOAD": str(library), "CLOCK_SHIFT": str(seconds)}


def wait_for_database_to_end(var: Path) -> None:
    """The keeper stops the server a moment after its last user has gone."""
    end = time.monotonic() + 30
    while list(var.glob("postgres/data/postmaster.pid")) and time.monotonic() < end:
        time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
