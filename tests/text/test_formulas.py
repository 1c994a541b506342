"""Formulas of titles in plain letters."""

from __future__ import annotations

import pytest

from papers.text.formulas import to_letters


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        (r"Sparse recovery by $\ell_1$ in $O(\log n)$", "Sparse recovery by ℓ1 in O(log n)"),
        (r"$\beta$-VAE", "β-VAE"),
        (r"An $O(n^2)$ bound for $x^{10}$ and $e^{x+y}$", "An O(n²) bound for x¹⁰ and e^(x+y)"),
        (r"\(\mathcal{H}_{\infty}\) control", "H∞ control"),
        ("Learning from $n$ examples", "Learning from n examples"),
        ("From $5 to $10 an hour", "From $5 to $10 an hour"),
        ("Prices of $5-$10", "Prices of $5-$10"),
        ("No formula at all", "No formula at all"),
        (r"Unknown $\foo{x}$", "Unknown foox"),
        ("Open $x", "Open $x"),
    ],
)
def test_a_title_is_read_as_plain_letters(title: str, plain: str):
    assert to_letters(title) == plain


def test_a_hostile_title_costs_little():
    assert to_letters("$" * 5_000 + r"\(" * 5_000)
