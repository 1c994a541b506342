"""One member's jobs never keep the others waiting for longer than one of them takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest

from papers.sandbox.turns import MOST_WAITING_EACH, NoTurn, Turns

LONG = 30.0


class Line:
    """Jobs in threads that hold their places until they are told to end."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.threads = ThreadPoolExecutor(40)
        self.order: list[str] = []
        self.held: list[Hold] = []

    def add(self, name: str, who: str | None) -> Hold:
        """A job of this member; returns when it works, waits or was refused."""
        hold = Hold()
        hold.future = self.threads.submit(self._work, name, who, hold)
        self.held.append(hold)
        wait_until(lambda: hold.works.is_set() or hold.future.done() or self._waits(who, hold))
        return hold

    def _waits(self, who: str | None, hold: Hold) -> bool:
        seen = sum(len(line) for line in self.turns._waiting.values())
        working = sum(one.works.is_set() and not one.future.done() for one in self.held)
        live = sum(not one.future.done() for one in self.held)
        return seen == live - working

    def _work(self, name: str, who: str | None, hold: Hold) -> None:
        with self.turns.take(who, time.monotonic() + LONG):
            self.order.append(name)
            hold.works.set()
            assert hold.end.wait(LONG)

    def close(self) -> None:
        """Let all end."""
        for hold in self.held:
            hold.end.set()
        self.threads.shutdown()


class Hold:
    """One job."""

    future: Future[None]

    def __init__(self) -> None:
        self.works, self.end = Event(), Event()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for what is meant."""
    deadline = time.monotonic() + LONG
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.001)


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line(Turns(at_once=2))
    yield made
    made.close()


def test_a_member_works_at_one_job_at_once_and_leaves_the_other_place_free(line: Line) -> None:
    first, second = line.add("a1", "ann"), line.add("a2", "ann")
    assert first.works.is_set()
    assert not second.works.is_set()
    assert line.add("b1", "bob").works.is_set()
    first.end.set()
    wait_until(second.works.is_set)


def test_a_member_who_has_enough_jobs_waiting_is_refused_at_once(line: Line) -> None:
    for number in range(1 + MOST_WAITING_EACH):
        line.add(f"a{number}", "ann")
    refused = line.add("one too many", "ann")
    assert isinstance(refused.future.exception(LONG), NoTurn)
    assert line.add("b1", "bob").works.is_set()


def test_members_who_wait_are_served_in_rotation(line: Line) -> None:
    asked = {"x": "x", "y": "y", "a1": "ann", "a2": "ann", "b1": "bob", "b2": "bob", "c1": "cy"}
    holds = {name: line.add(name, who) for name, who in asked.items()}
    for number in range(len(asked)):
        least = min(number + 2, len(asked))  # two work at once
        wait_until(lambda least=least: len(line.order) >= least)  # type: ignore[misc]
        holds[line.order[number]].end.set()
    assert line.order == ["x", "y", "a1", "b1", "c1", "a2", "b2"]


def test_those_with_hard_jobs_share_what_is_left_beside_one_free_place(line: Line) -> None:
    for number in range(12):
        line.turns.note_hard(f"m{number}")
    works = [line.add(f"m{number}", f"m{number}") for number in range(12)]
    assert sum(one.works.is_set() for one in works) == 1
    refused = [one for one in works if one.future.done()]
    assert len(refused) == 10  # one works, one waits, no thread is held by the others
    assert line.add("b1", "bob").works.is_set()


def test_nobody_in_particular_is_never_refused(line: Line) -> None:
    holds = [line.add(f"n{number}", None) for number in range(9)]
    assert sum(one.works.is_set() for one in holds) == 2
    assert not any(one.future.done() for one in holds)


def test_whoever_gives_up_leaves_the_line() -> None:
    turns = Turns(at_once=1)
    with turns.take("ann", time.monotonic() + LONG):
        with pytest.raises(NoTurn), turns.take("bob", time.monotonic()):
            pass
        assert not turns._waiting
    with turns.take("bob", time.monotonic()):
        pass
    assert not turns._running
