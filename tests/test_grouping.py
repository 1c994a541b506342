"""Tests of one group stand in one process."""

from __future__ import annotations

import re
from pathlib import Path

from tests.grouping import GroupScheduling, group_of

TESTS = Path(__file__).parent


def test_a_group_is_one_scope_and_other_tests_are_their_own() -> None:
    split = GroupScheduling._split_scope
    one, two = (f"tests/setup/{name}.py::test_it[1]" for name in ("test_run", "test_containers"))
    assert split(None, one) == split(None, two) == "setup"  # type: ignore[arg-type]
    alone = "tests/test_grouping.py::test_it[a@b]"
    assert split(None, alone) == alone  # type: ignore[arg-type]


def test_a_group_is_that_of_a_whole_file() -> None:
    for file in TESTS.rglob("test_*.py"):
        marks = re.findall(r"^.*mark\.xdist_group.*$", file.read_text(), re.MULTILINE)
        if file != Path(__file__) and marks:
            assert len(marks) == 1, file
            assert marks[0].startswith(("pytestmark = ", "    ")), file
            assert group_of(str(file.relative_to(TESTS.parent))), file
