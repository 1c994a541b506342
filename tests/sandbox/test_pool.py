"""A job that is bad in any way costs its asker a clear exception, and the others nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from papers.sandbox.pool import (
    JobFailed,
    Limits,
    NoResult,
    Pool,
    Task,
    TooBusy,
    TooLarge,
    TooSlow,
)
from papers.sandbox.requester import working_for
from tests.sandbox.jobs import Color, Leaf, Tree
from tests.waiting import wait_for

on_linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads Linux's /proc")
JOBS = "tests.sandbox.jobs:"
ECHO: Task[Tree] = Task(f"{JOBS}echo", Tree)
MEASURE: Task[int] = Task(f"{JOBS}measure", int)
REPEAT: Task[list[str]] = Task(f"{JOBS}repeat", list[str])
GET_PID: Task[int] = Task(f"{JOBS}get_pid", int)
GET_NICENESS: Task[int] = Task(f"{JOBS}get_niceness", int)
BAD: dict[str, tuple[Task[None], type[NoResult]]] = {
    name: (Task(JOBS + name, None), outcome)
    for name, outcome in {
        "spin": TooSlow,
        "swell": TooLarge,
        "crash": JobFailed,
        "fail": JobFailed,
        "smuggle": JobFailed,
    }.items()
}
MEMORY = 200_000_000
PATIENT = Limits(cpu=0.3, seconds=20.0, answer=1_000_000)


def make_pool(size: int = 1) -> Pool:
    """A pool that knows all jobs."""
    every = [ECHO, MEASURE, REPEAT, GET_PID, *(task for task, _ in BAD.values())]
    pool = Pool(*every, size=size, memory=MEMORY, niceness=0)
    pool.warm_up()
    return pool


@pytest.fixture
def pool() -> Iterator[Pool]:
    """One helper."""
    made = make_pool()
    yield made
    made.end()


def test_arguments_and_results_travel(pool: Pool) -> None:
    tree = Tree(Leaf("\ud800"), Color.BLUE, leaves=(Leaf("a"),))
    tasks = Task[Tree](ECHO.function, Tree, Tree)
    assert pool.run(tasks, PATIENT, b"", tree, "more") == tree
    assert pool.run(MEASURE, PATIENT, b"x" * 3_000_000) == 3_000_000


@pytest.mark.parametrize("name", BAD)
def test_a_bad_job_is_refused_and_the_next_one_done(pool: Pool, name: str) -> None:
    task, outcome = BAD[name]
    before = pool.pids
    limits = replace(PATIENT, cpu=10.0) if name == "swell" else PATIENT  # pages cost time, too
    with pytest.raises(outcome):
        pool.run(task, limits, b"x")
    assert pool.run(MEASURE, PATIENT, b"abc") == 3
    assert pool.pids == before


@pytest.mark.parametrize(("name", "said"), [("spin", "a riddle"), ("swell", "a balloon")])
def test_what_was_recognized_is_known_when_a_limit_is_met(pool: Pool, name: str, said: str) -> None:
    with pytest.raises(NoResult) as refused:
        pool.run(BAD[name][0], PATIENT, b"x")
    assert refused.value.note == said


def test_a_result_that_repeats_a_text_is_too_large(pool: Pool) -> None:
    assert len(pool.run(REPEAT, PATIENT, b"x")) == 1_000
    with pytest.raises(TooLarge):
        pool.run(REPEAT, PATIENT, b"x" * 2_000)


def test_a_job_whose_time_is_over_is_late_and_the_next_one_done(pool: Pool) -> None:
    with pytest.raises(TooBusy):
        pool.run(BAD["spin"][0], Limits(cpu=30.0, seconds=0.1, answer=9), b"x")
    assert pool.run(MEASURE, PATIENT, b"abc") == 3


def test_a_job_that_found_no_free_helper_is_refused_in_time(pool: Pool) -> None:
    with ThreadPoolExecutor(1) as thread:
        slow = thread.submit(pool.run, BAD["spin"][0], PATIENT, b"x")
        wait_for(lambda: bool(pool._turns._running))
        with pytest.raises(TooBusy):
            pool.run(MEASURE, Limits(cpu=1.0, seconds=0.02, answer=9), b"abc")
        assert isinstance(slow.exception(), TooSlow)


def test_after_a_hard_job_a_members_next_one_stands_back_at_once() -> None:
    pool = Pool(GET_NICENESS, BAD["spin"][0], size=2, memory=MEMORY, niceness=3)
    try:
        with working_for(lambda: "eve", 60.0):
            usual = pool.run(GET_NICENESS, PATIENT, b"")
            with pytest.raises(TooSlow):
                pool.run(BAD["spin"][0], Limits(cpu=0.05, seconds=20.0, answer=9), b"x")
            # A job that ends before the timer's first tick has not stood back yet.
            wait_for(lambda: pool.run(GET_NICENESS, PATIENT, b"") == min(usual + 3, 19))
        assert pool.run(GET_NICENESS, PATIENT, b"") == usual
    finally:
        pool.end()


@on_linux
def test_a_helper_that_is_too_late_is_killed_and_replaced(pool: Pool) -> None:
    before = pool.pids
    for process in before:
        os.killpg(process, 19)
    with pytest.raises(TooBusy):
        pool.run(MEASURE, Limits(cpu=1.0, seconds=0.1, answer=9), b"abc")
    assert pool.run(MEASURE, PATIENT, b"abc") == 3
    assert not before & pool.pids


@on_linux
def test_a_helper_killed_from_outside_is_replaced(pool: Pool) -> None:
    (killed,) = pool.pids
    os.kill(killed, 9)
    wait_for(lambda: not is_running(killed))
    assert pool.run(MEASURE, PATIENT, b"abc") == 3
    pool.end()
    assert not pool.pids


@on_linux
def test_helper_and_child_have_their_memory_limited(pool: Pool) -> None:
    child = pool.run(GET_PID, PATIENT, b"")
    for process in (*pool.pids, child):
        limits = Path(f"/proc/{process}/limits").read_text()
        assert f"Max address space         {MEMORY}" in limits
        assert f"Max data size             {MEMORY}" in limits


def test_a_member_whose_jobs_are_hard_leaves_a_helper_to_the_others() -> None:
    pool = make_pool(size=2)
    slow, patient = BAD["spin"][0], Limits(cpu=2.0, seconds=20.0, answer=9)
    for name in ("ann", "bob"):
        pool._turns.note_hard(name)
    with ThreadPoolExecutor(4) as threads:
        jobs = [threads.submit(run_for, name, pool, slow, patient) for name in ("ann", "bob") * 2]
        wait_for(lambda: bool(pool._turns._running))
        for _ in range(20):
            assert run_for("cy", pool, MEASURE, Limits(2.0, 1.5, 9)) == 3
        assert all(isinstance(job.exception(), NoResult) for job in jobs)
    pool.end()


def run_for[T](name: str, pool: Pool, task: Task[T], limits: Limits) -> T:
    """A job of a member."""
    with working_for(lambda: name, patience=60.0):
        return pool.run(task, limits, b"abc")


def test_a_request_that_lost_its_patience_is_refused_at_once(pool: Pool) -> None:
    with working_for(lambda: "ann", patience=0.2):
        with pytest.raises(TooSlow):
            pool.run(BAD["spin"][0], PATIENT, b"x")
        started = time.perf_counter()
        with pytest.raises(TooBusy):
            pool.run(BAD["spin"][0], PATIENT, b"x")
        assert time.perf_counter() - started < 0.2
    assert pool.run(MEASURE, PATIENT, b"abc") == 3


def is_running(process: int) -> bool:
    """Whether a process runs; a zombie does not."""
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False
