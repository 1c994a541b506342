"""Pages of many kinds that no rule was written from, and those that rules were written from."""

from __future__ import annotations

import pytest

from papers.importing.reading import read_document
from tests.importing.test_account import lost
from tests.importing.world.kinds import KINDS, is_held_out, pages
from tests.importing.world.scoring import add_up, score

SEEDS = range(3)
MENDED = dict.fromkeys(("papers", "links", "topics", "members", "years", "venues", "reviews"), 0.98)
HELD_OUT = {
    "papers": 0.9, "links": 0.87, "topics": 0.66, "members": 0.78, "years": 0.8, "venues": 0.74, "reviews": 0.86,
}  # fmt: skip
"""Floors; those of the held-out half are what was found before any of its pages was looked at."""


@pytest.mark.parametrize(("held_out", "floors"), [(False, MENDED), (True, HELD_OUT)])
def test_pages_of_the_world_are_understood(held_out: bool, floors: dict[str, float]) -> None:
    scores = [score(page) for _, page in pages(held_out=held_out, seeds=SEEDS)]
    found = add_up([tally for tally, _ in scores])
    assert {fact: share for fact, share in found.items() if share < floors[fact]} == {}
    papers = sum(tally["papers"][1] for tally, _ in scores)
    assert sum(extra for _, extra in scores) <= (0.08 if held_out else 0.01) * papers


def test_a_good_third_of_the_kinds_is_held_out() -> None:
    assert len(KINDS) >= 60
    assert sum(map(is_held_out, KINDS)) * 3 >= len(KINDS)


@pytest.mark.parametrize("held_out", [False, True])
def test_no_word_of_the_world_is_lost(held_out: bool) -> None:
    for name, page in pages(held_out=held_out, seeds=SEEDS):
        found = read_document(page.text.encode(), page.name)
        assert lost(found) == [], name
