"""Runs as a process of its own, so that whoever attacks does not slow what is measured.

`observer.py read PORT PATH COOKIE` opens a page ten times a second and prints when it asked (by the
monotonic clock), how many seconds the answer took, and its status. `observer.py watch PID...`
prints the largest memory of a process that descends from these, in bytes, with its command line,
whenever there is a new largest. Both end when their input does.
"""

from __future__ import annotations

import http.client
import select
import sys
import time
from contextlib import suppress
from pathlib import Path


def wait(seconds: float) -> bool:
    """Wait; False when the input has ended."""
    return not select.select([sys.stdin], [], [], seconds)[0]


def read(port: str, path: str, cookie: str) -> None:
    """Open a page again and again."""
    while wait(0.1):
        started = time.monotonic()
        call = http.client.HTTPConnection("127.0.0.1", int(port), timeout=60)
        call.request("GET", path, headers={"Cookie": cookie})
        answer = call.getresponse()
        answer.read()
        call.close()
        print(started, time.monotonic() - started, answer.status, flush=True)


def watch(*roots: str) -> None:
    """Look again and again: a process keeps its own peak until it ends."""
    largest = 0
    while wait(0.05):
        for process in list_family({int(root) for root in roots}):
            peak = read_peak(process)
            if peak > largest:
                largest = peak
                print(peak, read_command(process), flush=True)


def list_family(roots: set[int]) -> set[int]:
    """These processes and all that descend from them."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            stat = (entry / "stat").read_text()
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    family = set(roots)
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def read_peak(process: int) -> int:
    """The largest memory that a process had in RAM, in bytes; 0 when it is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024
    return 0


def read_command(process: int) -> str:
    """The command line of a process."""
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


if __name__ == "__main__":
    {"read": read, "watch": watch}[sys.argv[1]](*sys.argv[2:])
