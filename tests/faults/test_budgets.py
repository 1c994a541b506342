"""Twelve members send bombs at once: no process grows over 300 MB, and the others read on.

The usual time of a page is that beside twelve members who send harmless texts: what is measured is
the harm of bombs, not how much this machine can do at once.

`make faults` sends all of them (some minutes); `make test` a few of each kind.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import chain, islice, pairwise
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

MEMBERS = 12
MOST_MEMORY = 300_000_000
MOST_SLOWER = 2.0
PAGES = 60
"""Pages that are opened first, to warm up."""

TURNS = 3
"""How often harmless texts and bombs take turns, so that all else weighs on both alike."""


def list_bombs(paper: Paper) -> Iterator[tuple[str, Bomb]]:
    """Everything hostile, by name."""
    for kind in bombs.FORMATS:
        for name, file_name, data in bombs.list_documents(kind):
            yield name, make_upload("/import/", file_name, data)
    preview = f"/papers/{paper.pk}/review/preview/"
    for name, text in bombs.list_texts():
        yield name, make_form(preview, {"summary": text, "critique": f"{text}."})


def list_harmless(paper: Paper, count: int) -> Iterator[tuple[str, Bomb]]:
    """As many ordinary lists and previews, in turn."""
    preview = f"/papers/{paper.pk}/review/preview/"
    for number in range(count):
        lines = [f"- [Trees {number} {n}](https://x.org/{number}/{n}), Ann Lee" for n in range(400)]
        text = "We find that $x_i$ holds for **most** of it, as `code` shows.\n\n" * 40
        yield (
            f"harmless {number}",
            make_upload("/import/", "x.md", "\n".join(["# List", *lines]).encode())
            if number % 2
            else make_form(preview, {"summary": text, "critique": f"{text}{number}."}),
        )


def choose_bombs(paper: Paper, *, everything: bool) -> dict[str, Bomb]:
    """All of them, or a few of each kind and size; the same ones each time."""
    every = dict(list_bombs(paper))
    return every if everything else dict(islice(every.items(), 0, None, len(every) // 24))


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads Linux's /proc")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("everything", [False, pytest.param(True, marks=pytest.mark.faults)])
def test_bombs_of_twelve_members_leave_memory_and_the_others_alone(
    tmp_path: Path, everything: bool
) -> None:
    make.lab()
    papers = [make.paper() for _ in range(50)]
    server = Server(tmp_path)
    server.start()
    try:
        with running_worker(server) as worker:
            chosen = choose_bombs(papers[0], everything=everything)
            harmless = dict(list_harmless(papers[0], max(40, len(chosen) // 4)))
            attack_server(server, worker, harmless, chosen)
    finally:
        server.kill()


def attack_server(
    server: Server, worker: int, harmless: dict[str, Bomb], chosen: dict[str, Bomb]
) -> None:
    """Measure beside harmless texts, and beside bombs."""
    assert server.process is not None
    visitors = [Visitor(server.port, make.member()) for _ in range(MEMBERS)]
    usual, attack = (
        [Attack(visitors, dict(islice(every.items(), turn, None, TURNS))) for turn in range(TURNS)]
        for every in (harmless, chosen)
    )
    watcher = Watcher(server.process.pid, worker)
    reader = Reader(server.port, "/papers/", Visitor(server.port, make.member()))
    reader.wait_for(PAGES)
    moments = [time.monotonic()]
    reader.wait_for(PAGES)
    moments.append(time.monotonic())
    for act in chain.from_iterable(zip(usual, attack, strict=True)):
        act.run()
        moments.append(time.monotonic())
    reader.end()
    watcher.end()
    idle, *busy = (reader.list_times(*pair) for pair in pairwise(moments))
    beside, under = (list(chain.from_iterable(busy[first::2])) for first in (0, 1))
    took = [pair for act in attack for pair in act.seconds.items()]
    slow = sorted(took, key=lambda pair: -pair[1])[:5]
    print(
        f"{len(chosen)} bombs in {moments[-1] - moments[1]:.0f} s, {ImportJob.objects.count()} "
        f"imports. Largest process {watcher.largest / 1e6:.0f} MB ({watcher.culprit}). Median of "
        f"pages: idle {median(idle):.4f} s, beside harmless texts {median(beside):.4f} s "
        f"({len(beside)}), beside bombs {median(under):.4f} s ({len(under)}), "
        f"{median(under) / median(beside):.2f} times as slow. Slowest answers: {slow}"
    )
    assert [act.bad for act in (*usual, *attack) if act.bad] == []
    assert watcher.largest < MOST_MEMORY, watcher.culprit
    assert reader.statuses == {"200"}
    assert median(under) < MOST_SLOWER * median(beside)
