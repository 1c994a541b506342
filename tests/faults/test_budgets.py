"""Twelve members send bombs at once: no process grows over 300 MB, and the others read on.

`make faults` sends all of them (some minutes); `make test` a few of each kind.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median

import pytest

from papers.models import ImportJob, Paper
from tests import make
from tests.faults import bombs
from tests.faults.site import (
    Attack,
    Bomb,
    Reader,
    Visitor,
    Watcher,
    make_form,
    make_upload,
    running_worker,
)
from tests.production import Server

ALL = os.environ.get("FAULTS") == "all"
MEMBERS = 12
MOST_MEMORY = 300_000_000
MOST_SLOWER = 2.0
PAGES = 60
"""Pages that each usual median is made of."""


def list_bombs(paper: Paper) -> Iterator[tuple[str, Bomb]]:
    """Everything hostile, by name."""
    for kind in bombs.FORMATS:
        for name, file_name, data in bombs.list_documents(kind):
            yield name, make_upload("/import/", file_name, data)
    preview = f"/papers/{paper.pk}/review/preview/"
    for name, text in bombs.list_texts():
        yield name, make_form(preview, {"summary": text, "critique": f"{text}."})


def choose_bombs(paper: Paper) -> dict[str, Bomb]:
    """All of them, or a few of each kind and size; the same ones each time."""
    every = dict(list_bombs(paper))
    return every if ALL else dict(islice(every.items(), 0, None, len(every) // 24))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads Linux's /proc")
@pytest.mark.django_db(transaction=True)
def test_bombs_of_twelve_members_leave_memory_and_the_others_alone(tmp_path: Path) -> None:
    make.lab()
    papers = [make.paper() for _ in range(50)]
    server = Server(tmp_path)
    server.start()
    try:
        with running_worker(server) as worker:
            attack_server(server, worker, choose_bombs(papers[0]))
    finally:
        server.kill()


def attack_server(server: Server, worker: int, chosen: dict[str, Bomb]) -> None:
    """Measure before, during and after."""
    assert server.process is not None
    attack = Attack([Visitor(server.port, make.member()) for _ in range(MEMBERS)], chosen)
    watcher = Watcher(server.process.pid, worker)
    reader = Reader(server.port, "/papers/", Visitor(server.port, make.member()))
    reader.wait_for(PAGES // 4)  # the first ones warm up
    start = time.monotonic()
    reader.wait_for(PAGES)
    begun = time.monotonic()
    attack.run()
    ended = time.monotonic()
    reader.wait_for(PAGES)
    reader.end()
    watcher.end()
    usual = reader.list_times(start, begun) + reader.list_times(ended, time.monotonic())
    under = reader.list_times(begun, ended)
    slow = sorted(attack.seconds.items(), key=lambda pair: -pair[1])[:5]
    print(
        f"{len(chosen)} bombs in {ended - begun:.0f} s, {ImportJob.objects.count()} imports. "
        f"Largest process {watcher.largest / 1e6:.0f} MB ({watcher.culprit}). Median of pages: "
        f"{median(usual):.4f} s, under attack {median(under):.4f} s ({len(under)}), "
        f"{median(under) / median(usual):.2f} times as slow. Slowest answers: {slow}"
    )
    assert attack.bad == {}
    assert watcher.largest < MOST_MEMORY, watcher.culprit
    assert reader.statuses == {"200"}
    assert median(under) < MOST_SLOWER * median(usual)
