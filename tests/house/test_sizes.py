"""No file over 300 lines, no room over 1,500: what is longer holds two subjects."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.house.sources import ROOT

LONGEST = 300
LARGEST = 1_500
FOLDERS = ("bench", "papers", "reviewapp", "tests")

ONE_TABLE = ("tests/access_matrix.py",)
"""A row for each address: it is as long as the site."""

PARTS = {"actions", "forms", "queries", "urls", "views"}
FLOORS = {"": "what every room uses", "models": "one file for each noun", "text": "pure functions"}
"""Packages that are no rooms: their files share no subject."""


def count_lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def find_room(path: Path) -> str:
    """`meetings/agenda` of `papers/meetings/agenda/queries/ballots.py`."""
    return "/".join(one for one in path.parts[1:-1] if one not in PARTS)


def list_rooms() -> Counter[str]:
    """Lines of each room, less those of the rooms within it."""
    rooms: Counter[str] = Counter()
    for path in (ROOT / "papers").rglob("*.py"):
        inside = path.relative_to(ROOT)
        if "migrations" not in inside.parts:
            rooms[find_room(inside)] += count_lines(path)
    return rooms


ROOMS = list_rooms()


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_file_is_longer_than_300_lines(folder: str) -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts and (lines := count_lines(path)) > LONGEST
    }
    new = {path: lines for path, lines in long.items() if path not in ONE_TABLE}
    assert not new, f"too long, each holds two subjects: {new}"


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_no_room_is_larger_than_1500_lines(room: str) -> None:
    if room not in FLOORS:
        assert ROOMS[room] <= LARGEST
