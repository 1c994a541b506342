"""TeX's accents, marks and dress as plain text; formulas as they are."""

import pytest

from papers.text.latex import read_tex
from tests.effort import spend


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"{\'E}cole", "École"),
        (r"M{\"u}ller", "Müller"),
        (r"\v{S}im\r{u}nek", "Šimůnek"),
        (r"\c{C}elik", "Çelik"),
        (r"{\O}deg{\aa}rd", "Ødegård"),
        (r"Erd\H{o}s", "Erdős"),
        (r"{\L}ukasz", "Łukasz"),
        (r"na\"{\i}ve", "naïve"),
        (r"na\"\i ve", "naïve"),
        (r"Gro\ss e", "Große"),
        (r"{BERT}: Pre-training", "BERT: Pre-training"),
        (r"A $\ell_1$ norm \& more", r"A $\ell_1$ norm & more"),
        ("pages 1--2", "pages 1–2"),
        ("``so to speak''", "“so to speak”"),
        (r"\textit{Foo} and {\it bar}", "Foo and bar"),
        ("a~b\n   c", "a b c"),
        (r"100\% of x\_y, C\#", "100% of x_y, C#"),
        (r"\textbackslash{}x", "\\x"),
        (r"\textbraceleft{}a\textbraceright{}", "{a}"),
        ("深層{学習}", "深層学習"),
        (r"\unknown{thing} stays", r"\unknown{thing} stays"),
        (r"$a~b$ and {c}", "$a~b$ and c"),
        ("no marks at all", "no marks at all"),
    ],
)
def test_tex_is_read_as_it_would_be_set(tex: str, text: str) -> None:
    assert read_tex(tex) == text


@pytest.mark.parametrize(
    "piece",
    ["\\'", "$", "$ \\$", "{", "\\v ", "\\a{", "\\a{b}", "\\it ", "``", "\\'{ ", "\\url ", "--"],
)
def test_hostile_tex_takes_time_in_proportion_to_its_length(piece: str) -> None:
    text = piece * (200_000 // len(piece)) + "{"
    assert spend(lambda: read_tex(text)) < 3
