"""Tests wait for what is meant: a fixed sleep is too short on some machine, too long on others."""

from __future__ import annotations

from itertools import count

import pytest

from tests.house.sources import list_names, parse_files
from tests.waiting import wait_for

ALLOWED = {
    "tests/waiting.py": "looks again and again until what is meant has come",
    "tests/days/__main__.py": "is no test, and looks again and again",
    "tests/faults/site.py": "looks again and again until the site answers",
    "tests/sandbox/test_turns.py": "looks again and again at a queue",
    "tests/faults/test_slow_clients.py": "asks at a steady pace",
    "tests/smtp.py": "is a server that takes its time",
    "tests/reviews/test_crashes_in_chromium.py": "breaks things at any moment",
    "tests/rhythm/test_killed_workers.py": "kills workers at any moment",
    "tests/mutants/running.py": "is no test, and looks again and again at a process",
}


def test_no_test_sleeps_for_a_fixed_time():
    found = {
        f"{path}:{line}"
        for path, tree in parse_files("tests")
        for line, name in list_names(tree)
        if name == "time.sleep" or name.endswith(".wait_for_timeout")
    }
    assert {one for one in found if one.partition(":")[0] not in ALLOWED} == set()
    assert {one.partition(":")[0] for one in found} == set(ALLOWED)


def test_waiting_ends_as_soon_as_it_came_true():
    looks = count(1)
    wait_for(lambda: next(looks) == 3)
    assert next(looks) == 4


def test_waiting_in_vain_says_for_what():
    with pytest.raises(AssertionError, match=r"waited in vain: the third man"):
        wait_for(lambda: False, lambda: "the third man", seconds=0.01)
