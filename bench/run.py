"""`python -m bench.run --papers 1000,10000`: measures, writes var/bench.json, prints the table.

Fresh pages come first: before each somebody changed what all pages show. Then the same pages asked
again as browsers do, with the validator of the answer they have (`Operation.is_again`).
Operations and floor take turns in one run, on one server each with the same settings and the same
database, so that whatever else the machine does weighs on both. What counts is CPU time of server
and database together, as a ratio to the floor.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from bench import labs
from bench.load import Cell, Site, measure, read_cpu, read_memory
from bench.operations import OPERATIONS, Operation
from bench.table import describe, print_table

ROOT = Path(__file__).resolve().parents[1]
FLOOR = Operation("floor F", "/{member}/", "<table>", 1)
CLIENTS = (1, 8)


def find_port() -> int:
    """One that is free now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serve(application: str, environment: dict[str, str], path: str) -> Iterator[tuple[int, int]]:
    """Run gunicorn as in production; its process and port."""
    port = find_port()
    known = environment | {"PORT": str(port), "SITE_URL": f"http://127.0.0.1:{port}"}
    command = [sys.executable, "-m", "gunicorn", "-c", "reviewapp/gunicorn_conf.py", application]
    process = subprocess.Popen(command, cwd=ROOT, env=known, start_new_session=True)
    try:
        labs.wait_for(port, path, process)
        yield process.pid, port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def measure_lab(papers: int, rounds: int, count: int, only: str) -> dict[str, Any]:
    """All operations on a lab of so many papers, interleaved with the floor."""
    url = labs.get_lab(papers)
    environment = labs.get_environment(url)
    facts = labs.get_facts(environment)
    operations = [one for one in OPERATIONS if only in one.name]
    cells = {(one.name, n): Cell() for one in (FLOOR, *operations) for n in CLIENTS}
    with ExitStack() as stack:
        database = stack.enter_context(psycopg.connect(url, autocommit=True))
        app = stack.enter_context(serve("reviewapp.wsgi:application", environment, "/health/"))
        floor = stack.enter_context(
            serve("bench.floor.wsgi:application", environment, f"/{facts['member']}/")
        )
        cookie = f"sessionid={facts['session']}; csrftoken={facts['csrf']}"
        takes = {one.name: make_paths(one, facts) for one in (FLOOR, *operations)}

        def send(one: Operation, cell: Cell, clients: int, requests: int) -> None:
            pid, port = floor if one is FLOOR else app
            measure(
                Site(port, cookie, facts["csrf"]),
                one,
                takes[one.name],
                cell=cell,
                clients=clients,
                count=requests,
                cpu=lambda: read_cpu(pid, database),
                write=(url, facts["counted" if one.is_counted else "change"]),
            )

        for one in (FLOOR, *operations):
            send(one, Cell(), 8, 80)  # warm up: every connection has met every page
        memory = [read_memory(app[0])]
        for _, clients in itertools.product(range(rounds), CLIENTS):
            for one in (FLOOR, *operations):
                send(one, cells[one.name, clients], clients, count)
            memory.append(read_memory(app[0]))
    queries = facts["queries"] | {FLOOR.name: 3}
    lab = describe(papers, (FLOOR, *operations), cells, queries, CLIENTS)
    return lab | {"memory_mb": [round(one) for one in memory]}


def make_paths(operation: Operation, facts: dict[str, Any]) -> Callable[[], str]:
    """Addresses in turn: papers come round again, a paper to publish on is taken once."""
    papers, unseen = itertools.cycle(facts["papers"]), itertools.cycle(facts["unseen"])
    free = iter(facts["free"])

    def take() -> str:
        return operation.path.format(
            paper=next(papers) if "{paper}" in operation.path else 0,
            unseen=next(unseen) if "{unseen}" in operation.path else 0,
            free=next(free) if "{free}" in operation.path else 0,
            week=facts["week"],
            member=facts["member"],
        )

    return take


def main() -> None:
    """Read the arguments, measure each size, write and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", default="1000,10000,100000")
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--requests", type=int, default=24, help="in a cell, each round")
    parser.add_argument("--only", default="", help="operations with this in the name")
    parser.add_argument("--output", type=Path, default=ROOT / "var" / "bench.json")
    asked = parser.parse_args()
    start = time.time()
    labs_measured = [
        measure_lab(int(papers), asked.rounds, asked.requests, asked.only)
        for papers in asked.papers.split(",")
    ]
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    measured = {"started": int(start), "seconds": round(time.time() - start), "labs": labs_measured}
    asked.output.write_text(json.dumps(measured, indent=1) + "\n")
    print_table(labs_measured)


if __name__ == "__main__":
    main()
