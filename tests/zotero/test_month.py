"""A month in which people edit on both sides ends equal, and no value is lost."""

from __future__ import annotations

import random
from typing import Any

import pytest

from papers.models import Member, Paper, ZoteroChange, ZoteroItem, ZoteroLibrary, ZoteroQuestion
from papers.zotero.actions.answering import OURS, THEIRS, answer_question
from papers.zotero.service.zotero_values import FACTS, Item, is_same
from tests import make
from tests.zotero.acts import change as change_paper_here
from tests.zotero.acts import sync
from tests.zotero.stub import Zotero

DAYS, ITEMS = 30, 12
LETTERS = "ABCDEFGHIJKLMNPQ"
WORDS = ["graph", "naïve", "量子", "déjà vu", "Ω-test", "x^2", "O'Brien", "a  b", "—", "👩🏽‍🔬"]
WHERE = {"title": "title", "year": "date", "venue": "publicationTitle", "abstract": "abstractNote"}


class Month:
    """What everybody typed: every value of every fact, by item."""

    def __init__(self, seed: int, zotero: Zotero, library: ZoteroLibrary, by: Member) -> None:
        self.chance, self.zotero, self.library, self.by = random.Random(seed), zotero, library, by
        self.typed: set[tuple[str, str, str]] = set()
        self.number = 0

    def draw(self, name: str) -> Any:
        self.number += 1
        if name == "year":
            return self.chance.randint(1900, 2100)
        text = f"{self.chance.choice(WORDS)} {self.chance.choice(WORDS)} {self.number}"
        return [text, f"Kai Oda {self.number}"] if name == "authors" else text

    def edit_there(self) -> None:
        key, name = self.chance.choice(sorted(self.zotero.items)), self.chance.choice(FACTS)
        value = self.draw(name)
        self.note(key, name, value)
        if name == "authors":
            people = [{"creatorType": "author", "name": one} for one in value]
            self.zotero.put(key, creators=people)
        else:
            self.zotero.put(key, **{WHERE[name]: str(value)})

    def edit_here(self) -> None:
        row = self.chance.choice(list(ZoteroItem.objects.exclude(paper=None)))
        name = self.chance.choice(FACTS)
        value = self.draw(name)
        self.note(row.key, name, value)
        assert row.paper is not None
        change_paper_here(row.paper, self.by, **{name: value})

    def note(self, key: str, name: str, value: Any) -> None:
        self.typed.add((key, name, flat(value)))

    def answer(self) -> None:
        for question in ZoteroQuestion.objects.filter(answered_at=None):
            if self.chance.random() < 0.7:
                chosen = self.chance.choice([OURS, THEIRS])
                answer_question(question=question, answer=chosen, by=self.by, at=make.NOW)


def flat(value: Any) -> str:
    return " ".join(str(value).split())


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_a_month_of_edits_on_both_sides(
    zotero: Zotero, library: ZoteroLibrary, ada: Member, seed: int
):
    for number in range(ITEMS):
        zotero.put(f"AAAAAAA{LETTERS[number]}", title=f"Item {number} of {seed}", date="2000")
    sync(library)
    month = Month(seed, zotero, library, ada)
    for _ in range(DAYS):
        for _ in range(month.chance.randint(0, 4)):
            month.edit_there()
        for _ in range(month.chance.randint(0, 4)):
            month.edit_here()
        asked = zotero.asked[:]
        assert sync(library).problem == ""
        assert len(zotero.asked) - len(asked) <= 10
        remember_current(month)
        month.answer()
    while ZoteroQuestion.objects.filter(answered_at=None).exists():
        month.answer()
    for _ in range(2):
        sync(library)

    assert not ZoteroQuestion.objects.filter(answered_at=None).exists()
    assert_equal(zotero)
    assert_nothing_lost(month)


def remember_current(month: Month) -> None:
    """What was typed twice on one side between two runs was never anybody else's to lose."""
    kept: set[tuple[str, str, str]] = set()
    for row in ZoteroItem.objects.select_related("paper"):
        theirs = Item.from_json(row.remote).facts
        for name in FACTS:
            values = (theirs[name], getattr(row.paper, name))
            kept |= {(row.key, name, flat(value)) for value in values}
    for change in ZoteroChange.objects.select_related("item"):
        values = (change.before, change.after)
        kept |= {(change.item.key, change.name, flat(value)) for value in values}
    for question in ZoteroQuestion.objects.select_related("item"):
        values = (question.ours, question.theirs)
        kept |= {(question.item.key, question.name, flat(value)) for value in values}
    month.typed &= kept


def assert_equal(zotero: Zotero) -> None:
    for row in ZoteroItem.objects.select_related("paper"):
        there = zotero.items[row.key]
        paper = row.paper
        assert paper is not None
        for name, field in WHERE.items():
            assert is_same(str(getattr(paper, name) or ""), str(there[field])), (row.key, name)
        said = [
            one.get("name") or f"{one['firstName']} {one['lastName']}" for one in there["creators"]
        ]
        assert is_same(paper.authors, said)
    assert Paper.objects.count() == ITEMS


def assert_nothing_lost(month: Month) -> None:
    """Every value that a run met stands on both sides, in the log, or in an answered question."""
    before = set(month.typed)
    remember_current(month)
    assert month.typed == before
    assert len(before) > DAYS
