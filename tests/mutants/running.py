"""Runs the tests of a module against each of its mutants, every mutant in a process of its own.

The tests are collected and the database is made once. A first run notes which tests come through
which line; a mutant is then tried with the tests of its line alone, the quickest first, until one
fails. The fault is put into the functions that are already loaded, so nothing is started anew.
"""

from __future__ import annotations

import ast
import gc
import os
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from _pytest.runner import runtestprotocol
from django.db import connections

from tests.mutants.operators import Mutant, make_mutants

LONGEST = 60.0
"""Seconds that the tests of one mutant may take at least; a mutant that hangs is noticed."""


class Mutation:
    """A plugin that tries all mutants instead of running the tests."""

    def __init__(self, modules: list[Path]) -> None:
        self.modules = modules
        self.lines: dict[tuple[str, int], set[pytest.Item]] = defaultdict(set)
        self.seconds: dict[pytest.Item, float] = {}
        self.killed: dict[Path, int] = dict.fromkeys(modules, 0)
        self.survivors: dict[Path, list[Mutant]] = {module: [] for module in modules}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Note the lines of each test, then try the mutants. Stops where a test fails as it is."""
        sys.monitoring.restart_events()
        for place, item in enumerate(session.items):
            # What follows the last one is the first: what the session shares stays.
            following = session.items[(place + 1) % len(session.items)]
            if not self._note(item, following):
                raise session.Failed(f"{item.nodeid} fails without any mutant")
        connections.close_all()
        for module in self.modules:
            for mutant in make_mutants(module.read_text(encoding="utf-8")):
                self._try(module, mutant)
        return True

    def _note(self, item: pytest.Item, following: pytest.Item) -> bool:
        names = {str(module) for module in self.modules}

        def note(code: CodeType, line: int) -> object:
            if code.co_filename not in names:
                return sys.monitoring.DISABLE
            self.lines[code.co_filename, line].add(item)
            return None

        monitor = sys.monitoring
        monitor.use_tool_id(monitor.COVERAGE_ID, "mutants")
        monitor.register_callback(monitor.COVERAGE_ID, monitor.events.LINE, note)
        monitor.set_events(monitor.COVERAGE_ID, monitor.events.LINE)
        forget_all()
        began = time.monotonic()
        try:
            reports = runtestprotocol(item, nextitem=following, log=False)
        finally:
            monitor.set_events(monitor.COVERAGE_ID, 0)
            monitor.free_tool_id(monitor.COVERAGE_ID)
        self.seconds[item] = time.monotonic() - began
        return not any(report.failed for report in reports)

    def _try(self, module: Path, mutant: Mutant) -> None:
        tests = sorted(self.lines[str(module), mutant.line], key=self.seconds.__getitem__)
        if tests and self._is_noticed(module, mutant, tests):
            self.killed[module] += 1
            return
        self.survivors[module].append(mutant)
        note = "" if tests else "  (no test comes through)"
        print(f"{module.name}:{mutant}{note}", flush=True)

    def _is_noticed(self, module: Path, mutant: Mutant, tests: list[pytest.Item]) -> bool:
        child = os.fork()
        if child == 0:
            os._exit(_run_mutant(module, mutant, tests))
        allowed = max(LONGEST, 5 * sum(self.seconds[one] for one in tests))
        end = time.monotonic() + allowed
        while time.monotonic() < end:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                return status != 0
            time.sleep(0.01)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return True


def _run_mutant(module: Path, mutant: Mutant, tests: list[pytest.Item]) -> int:
    """In the child: 0 when all tests pass, that is when nobody notices."""
    with open(os.devnull, "w") as silence:  # noqa: PTH123
        os.dup2(silence.fileno(), 1)
        os.dup2(silence.fileno(), 2)
    try:
        put_in(module, mutant.tree)
        forget_all()
        for place, item in enumerate(tests):
            following = tests[place + 1] if place + 1 < len(tests) else tests[place]
            reports = runtestprotocol(item, nextitem=following, log=False)
            if any(report.failed for report in reports):
                return 1
    except BaseException:  # noqa: BLE001  (whatever it breaks, it is noticed)
        return 1
    return 0


def put_in(module: Path, tree: ast.Module) -> None:
    """Give the functions of a module that are loaded the code of a changed tree."""
    path = str(module)
    changed = {
        (code.co_qualname, code.co_firstlineno): code
        for code in _list_codes(compile(tree, path, "exec"))
    }
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename == path:
            code = changed.get((one.__code__.co_qualname, one.__code__.co_firstlineno))
            if code and code.co_freevars == one.__code__.co_freevars:
                one.__code__ = code


def _list_codes(code: CodeType) -> Iterator[CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from _list_codes(inner)


def forget_all() -> None:
    """Empty every cache of a function, prepared statements among them: no test leans on another."""
    for one in gc.get_objects():
        with suppress(ReferenceError):
            if type(one).__name__ == "_lru_cache_wrapper" and one.__module__.startswith("papers"):
                one.cache_clear()
