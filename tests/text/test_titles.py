"""One key for one title however it is written, slugs, and near titles."""

from __future__ import annotations

import pytest

from papers.text.titles import (
    SLUG_LENGTH,
    clean_title,
    near_titles,
    title_key,
    title_slug,
    without_remark,
)


@pytest.mark.parametrize(
    "other",
    [
        "**1. Poincaré Embeddings**",
        "POINCARE  EMBEDDINGS",
        "[15] Poincaré embeddings.",
        "Poincaré-Embeddings :star:",
        "Poincar\u0065\u0301 {E}mbeddings",
    ],
)
def test_one_title_has_one_key(other: str) -> None:
    assert title_key(other) == title_key("Poincaré Embeddings")


def test_marks_that_are_part_of_a_letter_stay() -> None:
    assert title_key("がく") != title_key("かく")
    assert title_key("한국") == "한국"


def test_a_title_of_signs_alone_has_a_key_too() -> None:
    assert title_key("???")
    assert title_key("") == ""


def test_slugs_are_short_ascii_words() -> None:
    assert title_slug("Überlegungen zu: “Deep” nets") == "uberlegungen-zu-deep-nets"
    assert len(title_slug("word " * 50)) <= SLUG_LENGTH
    assert title_slug("深度学习") == "paper"


def test_clean_titles_lose_marks_and_numbers_but_not_words() -> None:
    assert clean_title("**3. A *Tale* of `Two` Nets** :fire:") == "A Tale of Two Nets"
    assert clean_title("3D vision_models and 2D") == "3D vision_models and 2D"
    assert without_remark("Long Memory (LSTM)") == ("Long Memory", "(LSTM)")
    assert without_remark("(almost) No Change") == ("(almost) No Change", "")


def test_near_titles_meet_and_others_do_not() -> None:
    named = ["DENSE-SPARSE Training For Nets", "Attention is all you needs"]
    assert near_titles("DSD:  DENSE-SPARSE Training For Nets", named)[0][0] == 0
    assert near_titles("Attention Is All You Need", named)[0][0] == 1
    assert near_titles("Dilated Trees of Rain", ["Bayesian Forests of Snow"]) == []
    assert near_titles("", [""]) == []
    others = ["Trees of Noise", "Noise of Trees: a Study", "Something else"]
    assert near_titles("Trees of Noises", others)[0][0] == 0
