"""Slow and idle connections hold nobody else up, without any proxy before the server.

A short round runs with every `make test`, the long one (500 connections for a minute) with
`make faults`. What a request takes meanwhile is compared with what the same client measured just
before, so that a busy machine weighs on both.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.load import list_family
from tests.faults.slow import KINDS
from tests.production import ROOT, Server, collect_static

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("slow-clients"),
    pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.0/8 as many addresses, /proc"),
]
BOUND, TIMES_AS_USUAL = 1.0, 6
"""Seconds within which others are answered, or this many times what is usual on this machine."""

LONG = 500
"""Slow connections of `make faults`; a minute of each kind."""


@dataclass
class Times:
    """Seconds that requests took, and what failed."""

    seconds: list[float]
    failures: list[str]

    def get_late(self) -> float:
        """The 95th percentile."""
        return sorted(self.seconds)[int(len(self.seconds) * 0.95)]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """In one process: the fewest threads that a site can have."""
    running = Server(tmp_path, WEB_PROCESSES="1")
    running.start()
    yield running
    running.kill()


@contextmanager
def crowd(server: Server, kind: str, count: int, origin: str) -> Iterator[None]:
    """So many slow clients, until the block ends."""
    command = [
        sys.executable,
        "-m",
        "tests.faults.slow",
        str(server.port),
        kind,
        str(count),
        origin,
    ]
    with subprocess.Popen(
        [*command, find_largest_file()], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"all\n"
        yield
        process.communicate()


def find_largest_file() -> str:
    """The address of the static file that takes longest to read."""
    root = Path(collect_static())
    names = json.loads((root / "staticfiles.json").read_text())["paths"].values()
    return "/static/" + max(names, key=lambda name: (root / name).stat().st_size)


def ask(server: Server, *, times: int, every: float) -> Times:
    """Open the sign-in page so many times, each over a new connection."""
    taken = Times([], [])
    for _ in range(times):
        start = time.perf_counter()
        try:
            status = get_status(server)
            if status != 200:
                taken.failures.append(f"status {status}")
        except OSError as failure:
            taken.failures.append(repr(failure))
        taken.seconds.append(time.perf_counter() - start)
        time.sleep(max(0, start + every - time.perf_counter()))
    return taken


def get_status(server: Server) -> int:
    call = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    try:
        call.request("GET", "/accounts/login/")
        answer = call.getresponse()
        answer.read()
        return answer.status
    finally:
        call.close()


def read_memory(server: Server) -> float:
    """Private memory of all of the server's processes, MB."""
    assert server.process
    lines = [
        line
        for pid in list_family(server.process.pid)
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    ]
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def check(usual: Times, meanwhile: Times) -> None:
    assert not usual.failures
    assert not meanwhile.failures
    assert meanwhile.get_late() < max(BOUND, TIMES_AS_USUAL * usual.get_late())


@pytest.mark.parametrize("kind", KINDS)
def test_others_are_answered_while_200_clients_are_slow(
    server: Server, kind: str, record_property: Callable[[str, object], None]
):
    usual = ask(server, times=20, every=0.05)
    with crowd(server, kind, 200, "one"):
        meanwhile = ask(server, times=50, every=0.1)
    record_property("p95 usual", usual.get_late())
    record_property("p95 meanwhile", meanwhile.get_late())
    check(usual, meanwhile)


@pytest.mark.faults
@pytest.mark.parametrize("origin", ["one", "many"])
@pytest.mark.parametrize("kind", KINDS)
def test_others_are_answered_for_a_minute_while_500_clients_are_slow(
    server: Server, kind: str, origin: str, record_property: Callable[[str, object], None]
):
    usual = ask(server, times=100, every=0.05)
    with crowd(server, kind, LONG, origin):
        ask(server, times=50, every=0.2)
        memory = read_memory(server)
        meanwhile = ask(server, times=250, every=0.2)
        growth = read_memory(server) - memory
    print(
        f"{kind:8} from {origin:4}: p95 {usual.get_late() * 1000:4.0f} ms, "
        f"meanwhile {meanwhile.get_late() * 1000:4.0f} ms, longest "
        f"{max(meanwhile.seconds) * 1000:4.0f} ms, memory {memory:.0f} + {growth:.1f} MB"
    )
    check(usual, meanwhile)
    assert growth < max(10, memory / 10)
