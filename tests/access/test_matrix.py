"""Every address, method, role and kind of thing: the table of tests/access_matrix.py is asked."""

from __future__ import annotations

import logging
from collections import Counter

import pytest

from tests import access_matrix as table
from tests.access.matrix import lab, rules
from tests.access.matrix.callers import Answer, Caller, make_callers, make_people
from tests.access.matrix.cells import ANY, list_cells, list_site_routes, read_rows
from tests.access.matrix.rules import Cell

GOAL = 20_000


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    rows = read_rows(table.TABLE)
    assert set(rows) == set(list_site_routes())
    assert set(read_rows(table.OTHER_METHODS)) <= set(rows)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.unknown_addresses
def test_everybody_gets_what_the_table_says(capsys: pytest.CaptureFixture[str]) -> None:
    logging.disable(logging.CRITICAL)  # thousands of refusals, each with its traceback
    people = make_people()
    kinds = lab.build(people)
    callers = make_callers(people)
    faults, counted = ask_all(callers, list(list_cells(kinds)))
    with capsys.disabled():
        print(f"\n{sum(counted.values()):,} cells: {dict(counted)}")
    __import__("pathlib").Path("/tmp/faults.txt").write_text("\n".join(faults))
    assert faults == []
    assert sum(counted.values()) > GOAL


def ask_all(callers: dict[str, Caller], cells: list[Cell]) -> tuple[list[str], Counter[str]]:
    """What differs from the table, and how many cells of each class were asked."""
    faults: list[str] = []
    counted: Counter[str] = Counter()
    for caller in callers.values():
        caller.acts = lab.count_events()
    doors: dict[tuple[str, str, str], str] = {}
    for cell in cells:
        answer = callers[cell.caller].ask(
            cell.method, cell.path, table.BODIES.get(f"{cell.method} {cell.route}", "")
        )
        found = rules.judge(answer)
        place = (cell.path, cell.caller, cell.route)
        if cell.method == "GET":
            doors[place] = found
        counted[found] += 1
        faults += find_faults(cell, found, answer, doors.get(place, ""))
    return faults, counted


def find_faults(cell: Cell, found: str, answer: Answer, by_get: str) -> list[str]:
    """A wrong class, an act of somebody who was refused, a word they may not read."""
    faults = []
    if cell.expected == ANY:
        # A method that no page has: shut, or what GET gives; never an act.
        if found not in {by_get, rules.SHUT, rules.FORBIDDEN, rules.LOGIN, rules.ABSENT}:
            faults.append(f"{cell}: {found}, by GET {by_get}")
        if answer.acts:
            faults.append(f"{cell}: did something")
    elif found not in rules.list_allowed(cell):
        faults.append(f"{cell}: {found} ({answer.status}), not {cell.expected}")
    if answer.acts and found != rules.IN:
        faults.append(f"{cell}: refused and done")
    if b"quartz" in answer.text:
        faults += [
            f"{cell}: shows {word}"
            for word, readers in lab.WORDS.items()
            if word.encode() in answer.text and cell.caller not in readers
        ]
    return faults
