"""The spine: three bars for each reviewer, with the same in words."""

from __future__ import annotations

import pytest

from papers.rows.spine_svg import GROUPS, HEIGHT, LONGEST, get_height, render_spine, say_spine


@pytest.mark.parametrize(
    ("words", "height"), [(0, 0), (1, 2), (20, 5), (80, 9), (LONGEST, HEIGHT), (9_999, HEIGHT)]
)
def test_a_bar_is_as_high_as_its_section_is_long(words: int, height: int):
    assert get_height(words) == height


def test_the_words_say_what_is_drawn():
    assert say_spine(((120, 80, 0), (1_000, 0, 0))) == (
        "2 reviews: summary 1,120 words, critique 80 words"
    )
    assert say_spine(((1, 0, 0),)) == "1 review: summary 1 word"
    assert say_spine(((0, 0, 0),)) == "1 review: no sections"


def test_a_spine_is_drawn_without_inline_style_and_named_once():
    markup = render_spine(((120, 80, 20),))
    assert "style" not in markup
    assert markup.count("<path") == 3
    assert markup.count('role="img"') == 1
    assert 'title="1 review: summary 120 words, critique 80 words, follow-up 20 words"' in markup


def test_an_empty_section_has_no_bar_and_no_review_no_spine():
    assert "part-critique" not in render_spine(((120, 0, 20),))
    assert render_spine(()) == ""


def test_many_reviewers_are_counted_and_some_drawn():
    markup = render_spine(tuple((9, 9, 9) for _ in range(40)))
    assert markup.count("M") == 3 * GROUPS
    assert "40 reviews" in markup
