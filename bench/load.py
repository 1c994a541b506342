"""Sends requests from 1 or 8 clients and reads what they took; standard library only."""

from __future__ import annotations

import gzip
import http.client
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from bench.operations import Operation

TICK = os.sysconf("SC_CLK_TCK")
REVIEW = {
    "takeaway": "A clean ablation that asks for a second data set.",
    "summary": "The authors train the same network twice. " * 6,
    "critique": "* One seed only.\n* The baseline was not tuned.\n\n" + "It may be noise. " * 15,
    "follow_up": "Repeat with five seeds and the tuned baseline. " * 5,
    "verdict": "try",
    "depth": "read",
    "stamp": "0.0",
}


@dataclass
class Cell:
    """What one operation took at one number of clients: seconds, CPU seconds, bytes."""

    walls: list[float] = field(default_factory=list)
    cpu: float = 0
    cpu_rounds: list[float] = field(default_factory=list)
    wire: int = 0
    body: int = 0


def read_cpu(leader: int, database: psycopg.Connection) -> float:
    """CPU seconds so far of a server's processes and of this database's backends."""
    backends = database.execute(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND application_name <> 'bench'"
    ).fetchall()
    return sum(map(_read_process, [*list_family(leader), *(row[0] for row in backends)]))


def _read_process(pid: int) -> float:
    try:
        facts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, facts[11:13])) / TICK


def read_memory(leader: int) -> float:
    """Resident memory of the largest of a server's processes, MB."""
    return max(map(_read_resident, list_family(leader)))


def _read_resident(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    sizes = [line.split()[1] for line in lines if line.startswith("VmRSS:")]
    return int(sizes[0]) / 1024 if sizes else 0


def list_family(leader: int) -> list[int]:
    """A process and all that descend from it."""
    family, waiting = [], [leader]
    while waiting:
        pid = waiting.pop()
        family.append(pid)
        try:
            waiting += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
        except OSError:
            waiting += _find_children(pid)
    return family


def _find_children(parent: int) -> list[int]:
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            facts = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(facts[1]) == parent:
            found.append(int(place.parent.name))
    return found


class Site:
    """A running server and the one who asks it."""

    def __init__(self, port: int, cookie: str, csrf: str) -> None:
        self.port, self.cookie, self.csrf = port, cookie, csrf
        self.tags: dict[str, str] = {}  # validators of the answers at hand, by path

    def send(
        self, call: http.client.HTTPConnection, operation: Operation, path: str
    ) -> tuple[float, int, int]:
        """Send one; seconds, bytes on the wire, bytes unpacked. Raises on a wrong answer."""
        headers = {"Cookie": self.cookie, "Accept-Encoding": "gzip", **operation.headers}
        body = None
        if operation.is_post:
            # Every review reads differently: nothing was rendered before.
            own = {"summary": f"{REVIEW['summary']}On {path}."}
            body = urlencode({**REVIEW, **own, "csrfmiddlewaretoken": self.csrf})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        known = self.tags.get(path) if operation.is_again else None
        if known:
            headers["If-None-Match"] = known
        start = time.perf_counter()
        call.request("POST" if body else "GET", path, body, headers)
        answer = call.getresponse()
        data = answer.read()
        taken = time.perf_counter() - start
        is_packed = answer.headers.get("Content-Encoding") == "gzip"
        text = gzip.decompress(data) if is_packed else data
        wanted = 304 if known else 302 if operation.is_post else 200
        if answer.status != wanted or operation.contains.encode() not in text:
            raise RuntimeError(f"{operation.name}: {path} answered {answer.status}")
        if operation.is_again:
            self.tags[path] = answer.headers.get("ETag", "")
        return taken, len(data), len(text)


@cache
def _connect(address: str, place: int) -> psycopg.Connection:
    """Kept for the whole run, as a server keeps its connections."""
    return psycopg.connect(address, autocommit=True, application_name="bench")


def measure(
    site: Site,
    operation: Operation,
    take_path: Callable[[], str],
    *,
    cell: Cell,
    clients: int,
    count: int,
    cpu: Callable[[], float],
    write: tuple[str, str] | None = None,
) -> None:
    """Send `count` requests from so many clients at once and add what they took to the cell.

    With `write`, the address of a database and a statement, somebody runs it there before some
    requests (`operation.changes` of ten); what that costs is not counted, nor is the first answer
    of what is then asked again.
    """
    paths = [take_path()] * count if operation.is_again else [take_path() for _ in range(count)]
    if operation.is_again and paths[0] not in site.tags:
        call = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
        site.send(call, operation, paths[0])
        call.close()
    lock, failures = threading.Lock(), []

    def work(place: int) -> None:
        call = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
        somebody = _connect(write[0], place) if write else None
        try:
            while True:
                with lock:
                    if not paths or failures:
                        return
                    path, number = paths.pop(), len(paths)
                if somebody and write and number % 10 < operation.changes:
                    somebody.execute(write[1].encode())
                taken, wire, body = site.send(call, operation, path)
                with lock:
                    cell.walls.append(taken)
                    cell.wire, cell.body = wire, body
        except (OSError, RuntimeError, http.client.HTTPException) as failure:
            failures.append(failure)
        finally:
            call.close()

    before = cpu()
    threads = [threading.Thread(target=work, args=[place]) for place in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    used = cpu() - before
    cell.cpu += used
    cell.cpu_rounds.append(used / count)
