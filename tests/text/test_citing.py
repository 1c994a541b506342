"""A paper as BibTeX."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from papers.text.citing import escape, make_bibtex, make_key


def test_an_entry_names_all_that_is_known() -> None:
    entry = make_bibtex(
        title="Rigid Bodies & BERT: 50% of $x^2$",
        authors=["Tom Goldstein", "Ana Núñez"],
        venue="NeurIPS",
        year=2021,
        identifiers=[("arxiv", "2106.12345"), ("doi", "10.1000/a_b")],
    )
    assert entry == (
        "@inproceedings{goldstein2021rigid,\n"
        "  title = {Rigid Bodies \\& {BERT}: 50\\% of $x^2$},\n"
        "  author = {Tom Goldstein and Ana Núñez},\n"
        "  booktitle = {NeurIPS},\n"
        "  year = {2021},\n"
        "  doi = {10.1000/a\\_b},\n"
        "  eprint = {2106.12345},\n"
        "  archiveprefix = {arXiv}\n"
        "}\n"
    )


def test_a_paper_with_a_title_alone_is_still_an_entry() -> None:
    assert make_bibtex(title="量子もつれ") == "@misc{paper,\n  title = {量子もつれ}\n}\n"


def test_a_journal_makes_an_article() -> None:
    assert make_bibtex(title="T", venue="Nature").startswith("@article")


def test_a_group_with_and_in_its_name_stays_one_author() -> None:
    assert "{{Research and Co} and B}" in make_bibtex(title="T", authors=["Research and Co", "B"])


def test_the_key_skips_words_that_say_nothing() -> None:
    assert make_key("On the Dynamics of SGD", ["Müller, Eva"], 2020) == "muller2020dynamics"


def test_a_lonely_dollar_is_money() -> None:
    assert escape("Costs $5 or $6") == "Costs \\$5 or \\$6"


@given(st.text(max_size=60) | st.text("{}\\$ a,=", max_size=40))
def test_no_title_ends_its_field(title: str) -> None:
    """BibTeX counts every brace, also one after a backslash."""
    depth = 0
    for char in escape(title):
        depth += (char == "{") - (char == "}")
        assert depth >= 0
    assert depth == 0


def test_a_title_cannot_add_a_field() -> None:
    title = "Kind}, note = {evil"
    assert title not in make_bibtex(title=title)
    assert escape("a } b { c") == "a \\textbraceright{} b \\textbraceleft{} c"


def test_a_formula_that_does_something_is_text() -> None:
    """Whoever sets the list of references runs what is in it."""
    for formula in (
        r"$\input{/etc/passwd}$", r"$\write18{rm -r}$",
        r"$\^^69nput{x}$", r"$\csname input\endcsname$",
        r"$a % b$", r"$\def\alpha{\input x}$", r"$\catcode`\%=0$", r"$\@@input x$",
    ):  # fmt: skip
        written = escape(formula)
        assert written.startswith(r"\$"), formula
        assert "\\input" not in written
    for formula in (r"$x^2$", r"$\int_0^1 \left(a\right)$", r"$10\%$", r"$\mathbb{R}$"):
        assert escape(formula) == formula
