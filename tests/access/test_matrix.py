"""Every address, method, role and kind of thing: the table of tests/access_matrix.py is asked."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from papers.models import Member
from tests import access_matrix as table
from tests import make
from tests.access.matrix import lab, panel, rules
from tests.access.matrix.callers import Answer, Caller, count_acts, make_callers, make_people
from tests.access.matrix.cells import ANY, list_cells, list_site_routes, read_rows
from tests.access.matrix.rules import Cell
from tests.access.matrix.secret_links import PROVIDER

GOAL = 20_000


@pytest.fixture(autouse=True)
def _provider(settings: Any) -> None:
    settings.SIGN_IN_PROVIDERS = {PROVIDER.key: PROVIDER}


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    rows = read_rows(table.TABLE)
    assert set(rows) == set(list_site_routes())
    assert set(read_rows(panel.OTHER_METHODS)) <= set(rows)


@pytest.mark.slow
@pytest.mark.usefixtures("quiet")
@pytest.mark.django_db
@pytest.mark.unknown_addresses
def test_everybody_gets_what_the_table_says(capsys: pytest.CaptureFixture[str]) -> None:
    people = make_people()
    kinds = lab.build(people)
    callers = make_callers(people)
    faults, counted = ask_all(callers, list(list_cells(kinds)))
    with capsys.disabled():
        print(f"\n{sum(counted.values()):,} cells: {dict(counted)}")
    assert faults == []
    assert sum(counted.values()) > GOAL


@pytest.mark.slow
@pytest.mark.usefixtures("quiet")
@pytest.mark.django_db
@pytest.mark.unknown_addresses
def test_public_reading_opens_what_it_says_and_no_more() -> None:
    people = make_people()
    kinds = lab.build(people)
    callers = make_callers(people)
    make.lab(public_reading=True)
    cells = [
        cell
        for cell in list_cells(kinds, is_public=True)
        if cell.caller in "SX" and cell.method == "GET" and not cell.route.startswith("admin")
    ]
    faults, counted = ask_all(callers, cells)
    assert faults == []
    assert counted[rules.IN] > 60


@pytest.mark.usefixtures("quiet")
@pytest.mark.django_db
@pytest.mark.unknown_addresses
def test_the_table_notices_pages_and_words_that_are_open_to_more() -> None:
    """A lab whose member curates and whose reviews hide nothing stands for a site with faults."""
    people = make_people()
    kinds = lab.build(people)
    callers = make_callers(people)
    routes = {"curation/lab/", "papers/<key:pk>/reviews/"}
    cells = [one for one in list_cells(kinds) if one.route in routes and one.caller == "M"]
    assert ask_all(callers, cells)[0] == []
    make.lab(independent_reviews=False)
    Member.objects.filter(pk=people["M"].pk).update(role=Member.Role.CURATOR)
    found = "\n".join(ask_all(callers, cells)[0])
    assert "GET curation/lab/ (any) as a member: in (200), not 403" in found
    assert "(hidden) as a member: shows hiddenquartz" in found


def ask_all(callers: dict[str, Caller], cells: list[Cell]) -> tuple[list[str], Counter[str]]:
    """What differs from the table, and how many cells of each class were asked."""
    faults: list[str] = []
    counted: Counter[str] = Counter()
    for caller in callers.values():
        caller.acts = count_acts()
    doors: dict[tuple[str, str, str], str] = {}
    for cell in cells:
        answer = callers[cell.caller].ask(
            cell.method, cell.path, panel.BODIES.get(f"{cell.method} {cell.route}", "")
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
