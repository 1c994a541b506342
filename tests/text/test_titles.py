"""One key for one title however it is written, slugs, and near titles."""

from __future__ import annotations

import pytest

from papers.text.titles import (
    NEAR,
    SLUG_LENGTH,
    TAKEN_SLUGS,
    Titles,
    clean_title,
    likeness,
    near_titles,
    title_key,
    title_slug,
    undecorate,
    without_emoji,
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


@pytest.mark.parametrize("word", sorted(TAKEN_SLUGS))
def test_no_slug_is_the_name_of_a_page(word: str) -> None:
    assert title_slug(word.capitalize()) == f"{word}-paper"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 40),
        (f"{'x' * 40} y", "x" * 40),
        (f"{'x' * 39} yz", "x" * 39),
        (f"{'x' * 38} y", f"{'x' * 38}-y"),
        ("word " * 7 + "abcdef ghij", "-".join(["word"] * 7)),
        ("abcd " * 8 + "xyz", "-".join(["abcd"] * 8)),
        ("!", "paper"),
    ],
)
def test_slugs_end_with_a_whole_word_where_one_fits(title: str, slug: str) -> None:
    assert title_slug(title) == slug


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("A &amp; B", "A & B"),
        ("a &lt; b", "a < b"),
        ("CO<sub>2</sub> capture", "CO2 capture"),
        ("On $\\less$i$\\greater$Apis$\\less$/i$\\greater$ bees", "On Apis bees"),
        ("[1812.04948] A Style", "A Style"),
        ("A Style | OpenReview", "A Style"),
        ("OpenReview", "OpenReview"),
        (" | arXiv", " | arXiv"),
        ("(PDF) A Tale - arXiv", "A Tale"),
    ],
)
def test_what_sites_put_around_a_title_goes(written: str, title: str) -> None:
    assert undecorate(written) == title


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("{BERT}: A Model", "BERT: A Model"),
        ("On $x_{i}$ and $f_\\theta$, *quickly*", "On $x_{i}$ and $f_\\theta$, quickly"),
        ("Trees for $5 and _less_", "Trees for $5 and less"),
        ("A tale...", "A tale..."),
        ("A tale.", "A tale"),
        ("\u2022 A tale, ", "A tale"),
        ("\uff0cA  tale\uff1b", "A tale"),
        ("Soft\u00adhyphen", "Softhyphen"),
        ("12. A tale", "A tale"),
        ("3.5 Ways", "3.5 Ways"),
        (":star: A :+1: tale", "A tale"),
    ],
)
def test_clean_titles_keep_what_belongs_to_them(written: str, title: str) -> None:
    assert clean_title(written) == title


def test_pictures_and_their_codes_go() -> None:
    assert without_emoji("Trees \U0001f333:star2:!") == "Trees !"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Trees of Noise", "trees, of **noise**", 100.0),
        ("abc def ghi", "ghi abc def", 100.0),
        ("one two three", "zero one two three fo", 95.0),
        ("zero one two three fo", "one two three", 95.0),
        ("one two three", "one two three " + "abcd" * 3, 95.0),
        ("one two three", "one two three " + "abcd" * 3 + "ef", 63.4),
        ("one two", "one two three four", 56.0),
        ("one two three", "zone two threes", 92.9),
        ("", "a", 0.0),
        ("a", "", 0.0),
        ("!", "?", 0.0),
    ],
)
def test_likeness_is_by_letters_words_and_parts(one: str, other: str, alike: float) -> None:
    assert likeness(one, other) == pytest.approx(alike, abs=1.0)


def test_many_titles_are_looked_up_at_once() -> None:
    titles = Titles(["Trees of Noise", "Trees of Noises", "Snow", *["Trees of Noise"] * 70])
    assert titles.has_key_of("TREES of noise.")
    assert not titles.has_key_of("Trees")
    near = titles.near("Trees of Noise")
    assert near == [(0, 100.0), *((place, 100.0) for place in range(3, 7))]
    assert len(titles.near("Trees of Noise", limit=60)) == 60
    assert near_titles("Trees of Noise", ["Trees of Noise"] * 9, limit=2) == [
        (0, 100.0),
        (1, 100.0),
    ]
    assert [
        place
        for place, _ in near_titles("Trees of Noises", ["x Trees of Noises", "Trees of Noise"])
    ] == [1, 0]
    assert near_titles("!", ["Trees"]) == []


def test_near_begins_where_most_letters_are_the_same() -> None:
    title = "abcdefgh ijklmnop qrstuvwx"
    near, far = f"{title[:-3]}000", f"{title[:-4]}0000"
    assert likeness(title, far) < NEAR < likeness(title, near)
    assert [place for place, _ in near_titles(title, [far, near])] == [1]


def test_near_titles_meet_and_others_do_not() -> None:
    named = ["DENSE-SPARSE Training For Nets", "Attention is all you needs"]
    assert near_titles("DSD:  DENSE-SPARSE Training For Nets", named)[0][0] == 0
    assert near_titles("Attention Is All You Need", named)[0][0] == 1
    assert near_titles("Dilated Trees of Rain", ["Bayesian Forests of Snow"]) == []
    assert near_titles("", [""]) == []
    others = ["Trees of Noise", "Noise of Trees: a Study", "Something else"]
    assert near_titles("Trees of Noises", others)[0][0] == 0
