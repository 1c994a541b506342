"""Members' texts are compared, merged and split within limits; beyond them no word is lost."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from papers.text import differences, merging, points, sandboxed
from papers.text.sandboxed import compare, join, merge, pool, split_plainly, split_points
from papers.text.text_results import Piece
from tests.effort import spend

LITTLE = 0.2
"""Seconds of the site's own processor, on a quiet machine."""


def make_lines(count: int, seed: int, alphabet: str = "ab") -> str:
    return "\n".join(random.Random(seed).choices(alphabet, k=count))


def make_stretches(seed: int) -> str:
    """Changed stretches between lines that stay, each as long as words are still compared in."""
    words = " ".join(random.Random(seed).choices("ab", k=900))
    return "\n-\n".join(f"{words} {number}" for number in range(20))


LINKS = "[[](" * 50_000
"""Markdown's reader tries each of them again and again."""


@pytest.fixture(autouse=True)
def _warm() -> None:
    pool.warm_up()


def spend_little[T](work: Callable[[], T]) -> T:
    """The result of a work that costs this process next to nothing, whatever the helper does."""
    made: list[T] = []
    assert spend(lambda: made.append(work())) < LITTLE
    return made[0]


def test_ordinary_texts_are_read_as_without_limits():
    old, new = "We find x.\nAnd y.", "We found x.\nAnd y.\nAnd z."
    assert compare(old, new) == differences.compare(old, new)
    assert compare(old, old) == [Piece("same", old)]
    assert compare("", "") == []
    assert join(old, new) == differences.join(old, new)
    assert merge("a\nb", "A\nb", "a\nB") == merging.merge("a\nb", "A\nb", "a\nB") == "A\nB"
    assert merge("a", "b", "c") is None


def test_versions_that_take_too_long_are_shown_as_two_wholes():
    old, new = make_stretches(1), make_stretches(2)
    wholes = [Piece("removed", old), Piece("added", new)]
    assert spend_little(lambda: compare(old, new)) == wholes


def test_texts_that_take_too_long_to_join_stand_one_after_the_other():
    one, two = (
        "\n".join(f"{number} {side}" for number in range(15_000)) for side in ("one", "two")
    )
    assert spend_little(lambda: join(one, two)) == f"{one}\n\n{two}"


def test_minutes_that_take_too_long_to_merge_are_asked_about():
    base, theirs, mine = (make_lines(15_000, seed) for seed in range(3))
    assert spend_little(lambda: merge(base, theirs, mine)) is None


def test_a_critique_that_takes_too_long_keeps_its_words():
    critique = f"- first\n\n{LINKS}\n- last"
    assert spend_little(lambda: split_points(critique)) == ["first", LINKS, "last"]


@pytest.mark.parametrize(
    "critique",
    [
        "",
        "Prose without a mark,\nover two lines.",
        "One paragraph\nof two lines.\n\nAnother.",
        "- too few seeds\n- no ablation\n* no code",
        "1. first\n2. second\n10) third\n\nAnd a word.",
        "- first\n  - with detail\n- second\n\n  goes on",
        "# Doubts\n\nNo baseline.\n\n日本語の段落。",
        "2019 was another year.\n\n-5 points",
    ],
)
def test_plain_points_are_those_of_markdown_for_what_people_write(critique: str):
    found = points.split_points(critique)
    assert split_points(critique) == found
    plain = split_plainly(critique)
    assert plain == found or "goes on" in critique, "a block below an item is a point of its own"
    assert "".join("".join(plain).split()) == "".join("".join(found).split())


def test_a_text_of_many_blocks_has_as_many_points_as_a_page_shows():
    assert len(split_plainly("- a\n" * 500)) == sandboxed.MOST_POINTS
