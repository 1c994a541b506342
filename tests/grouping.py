"""Tests that share a site or a server stand in one process, where xdist would spread them.

xdist 3.8 writes the group of a test into its id, which pytest 9.2 no longer takes; every test was
a group of its own then, and each process started the sites of a file anew.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parents[1]
MARK = re.compile(r'xdist_group\("([\w-]+)"\)')


@cache
def group_of(file: str) -> str:
    """What `pytestmark` of a file names as its group; "" if it names none."""
    found = MARK.search((ROOT / file).read_text())
    return found[1] if found else ""


class GroupScheduling(LoadScopeScheduling):
    """Gives out whole groups, and tests of no group one by one."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid.partition("::")[0]) or nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> GroupScheduling:
    """Our way to share out the tests, whatever `--dist` says."""
    return GroupScheduling(config, log)
