"""Words are compared folded and stemmed, CJK text as pairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.text import tokens


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Erdős", "erdos"),
        ("E\u0301cole", "école"),
        ("Ｔｒａｎｓｆｏｒｍｅｒ", "transformer"),
        ("Straße", "STRASSE"),
        ("Sørensen", "sorensen"),
        ("ﾃﾞｰﾀ", "データ"),
        ("ΟΔΟΣ", "οδος"),
    ],
)
def test_width_case_and_accents_do_not_matter(left: str, right: str) -> None:
    assert tokens.fold(left) == tokens.fold(right)


def test_kana_keep_their_voice_marks() -> None:
    assert tokens.fold("が") != tokens.fold("か")


def test_words_are_cut_at_punctuation_and_where_cjk_begins() -> None:
    assert tokens.words("BERTモデル: state-of-the-art, and/or_x") == [
        "bert", "モデル", "state", "of", "the", "art", "and", "or", "x",
    ]  # fmt: skip


def test_a_token_says_where_it_stands() -> None:
    text = "The Erdős-Rényi graph"
    assert [text[token.start : token.end] for token in tokens.tokens(text)] == [
        "The", "Erdős", "Rényi", "graph",
    ]  # fmt: skip


def test_english_words_meet_in_their_stem() -> None:
    assert tokens.stem("diffusion") == tokens.stem("diffusing")
    assert tokens.stem("policies") == tokens.stem("policy")
    assert tokens.stem("gpt3") == "gpt3"


def test_a_run_of_characters_becomes_pairs() -> None:
    assert tokens.pairs("強化学習") == ["強化", "化学", "学習"]
    assert tokens.pairs("猫") == ["猫"]


def test_japanese_is_cut_where_the_script_changes() -> None:
    assert tokens.pieces("拡散モデルの学習") == ["拡散", "モデル", "学習"]
    assert tokens.pieces("もっと") == ["もっと"]


def test_korean_words_lose_their_particle() -> None:
    assert tokens.pieces("모델을") == ["모델"]
    assert tokens.pieces("모델") == ["모델"]


@given(st.text())
def test_folding_twice_changes_nothing_more_for_words(text: str) -> None:
    for word in tokens.words(text):
        assert not word.isspace()
