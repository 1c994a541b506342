"""Pages of many kinds that no rule was written from, and those that rules were written from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from papers.importing.reading.collecting.account import words_of
from papers.importing.reading.door import read_document
from tests.importing.test_account import lost
from tests.importing.world.kinds import KINDS, fresh_pages, is_held_out, pages
from tests.importing.world.page import Page
from tests.importing.world.scoring import add_up, score

SEEDS = range(3)
FLOORS = dict.fromkeys(("papers", "links", "topics", "members", "years", "venues", "reviews"), 0.97)
"""Pages of every kind, once they had been looked at; `world/__init__.py` tells what was found
before that.
"""


@pytest.mark.parametrize("half", ["learnt from", "held out", "fresh"])
def test_pages_of_the_world_are_understood(half: str) -> None:
    scores = [score(page) for _, page in _pages(half)]
    found = add_up([tally for tally, _ in scores])
    assert {fact: share for fact, share in found.items() if share < FLOORS[fact]} == {}
    papers = sum(tally["papers"][1] for tally, _ in scores)
    assert papers > 800
    assert sum(extra for _, extra in scores) <= 0.01 * papers


def _pages(half: str) -> Iterator[tuple[str, Page]]:
    if half == "fresh":
        return fresh_pages(SEEDS)
    return pages(held_out=half == "held out", seeds=SEEDS)


def test_many_kinds_are_held_out() -> None:
    assert len(KINDS) >= 60
    assert sum(map(is_held_out, KINDS)) * 4 >= len(KINDS)


@pytest.mark.parametrize("half", ["learnt from", "held out", "fresh"])
def test_no_word_of_the_world_is_lost(half: str) -> None:
    words = 0
    for name, page in _pages(half):
        found = read_document(page.text.encode(), page.name)
        assert lost(found) == [], name
        words += sum(len(words_of(line)) for line in found.text.split("\n"))
    assert words > 10_000
