"""What changed between two texts."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from papers.text.differences import compare, join
from papers.text.text_results import Piece
from tests.effort import spend


def test_a_changed_word_is_shown_between_the_words_that_stay():
    assert compare("the cat sat", "the dog sat") == [
        Piece("same", "the "),
        Piece("removed", "cat"),
        Piece("added", "dog"),
        Piece("same", " sat"),
    ]


def test_japanese_is_compared_character_by_character():
    pieces = compare("これは良い", "これは悪い")
    assert [(p.kind, p.text) for p in pieces] == [
        ("same", "これは"),
        ("removed", "良"),
        ("added", "悪"),
        ("same", "い"),
    ]


@given(st.text(alphabet="ab \n界", max_size=80), st.text(alphabet="ab \n界", max_size=80))
def test_the_pieces_join_to_both_texts(old: str, new: str):
    pieces = compare(old, new)
    assert "".join(p.text for p in pieces if p.kind != "added") == old
    assert "".join(p.text for p in pieces if p.kind != "removed") == new


def test_long_texts_of_few_different_lines_are_compared_quickly():
    lines = random.Random(7).choices("abcdef", k=40_000)
    old, new = "\n".join(lines[:20_000]), "\n".join(lines[20_000:])
    assert spend(lambda: compare(old, new)) < 2


def test_joined_texts_share_what_they_share_and_keep_the_rest():
    assert join("a\nb\nc", "a\nx\nc\nd") == "a\nb\nx\nc\nd"
    assert join("", "new") == "new"
    assert join("a word", "a word more") == "a word more"


@given(st.text(alphabet="ab \n界", max_size=60), st.text(alphabet="ab \n界", max_size=60))
def test_no_line_of_either_text_is_lost_in_joining(one: str, two: str):
    joined = join(one, two)
    for line in (*one.split("\n"), *two.split("\n")):
        assert line in joined
