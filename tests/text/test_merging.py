"""Minutes by several hands: whatever both wrote is there, and the same lines are asked about."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from papers.text.merging import merge
from papers.text.one_line import tidy_breaks


def test_lines_in_different_places_are_both_kept():
    assert merge("a\nb\nc\nd", "A\nb\nc\nd", "a\nb\nc\nD") == "A\nb\nc\nD"


def test_neighbouring_lines_are_both_kept():
    assert merge("a\nb", "A\nb", "a\nB") == "A\nB"


def test_two_who_add_at_the_end_both_stand_there():
    assert merge("a", "a\ntheirs", "a\nmine") == "a\ntheirs\nmine"


def test_two_who_begin_at_the_same_time_both_stand_there():
    assert merge("", "theirs", "mine") == "theirs\nmine"


def test_going_on_with_ones_own_line_below_anothers():
    assert merge("a\nmy li", "a\ntheirs\nmy li", "a\nmy line") == "a\ntheirs\nmy line"


def test_the_same_line_changed_twice_is_asked_about():
    assert merge("a", "b", "c") is None


def test_the_same_change_by_both_is_one_change():
    assert merge("a\nb", "a\nx", "a\nx") == "a\nx"


def test_carriage_returns_make_no_difference():
    assert tidy_breaks("a\r\nb\rc") == "a\nb\nc"


texts = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=6).map("\n".join)


@given(texts, texts)
def test_who_alone_changed_is_not_asked(base: str, changed: str):
    assert merge(base, changed, base) == changed
    assert merge(base, base, changed) == changed


@given(texts, texts, texts)
def test_no_line_is_lost(base: str, theirs: str, mine: str):
    merged = merge(base, theirs, mine)
    if merged is not None:
        new = (set(theirs.split("\n")) | set(mine.split("\n"))) - set(base.split("\n"))
        assert new - {""} <= set(merged.split("\n"))
