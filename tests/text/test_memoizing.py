"""Caches of texts keep short ones only: what members send may be megabytes long."""

from __future__ import annotations

import ast

from papers.text.memoizing import memoize
from tests.house.sources import ROOT

EXEMPT = {"_cleaner", "stem", "term"}
"""No text is given, or a word that was cut when it was found."""


def test_short_texts_are_kept_and_long_ones_are_not():
    asked: list[tuple[str, str]] = []

    @memoize(8, longest=5)
    def measure(text: str, other: str = "") -> int:
        asked.append((text, other))
        return len(text + other)

    for text, other in [("short", ""), ("longer", ""), ("short", "longer")] * 2:
        assert measure(text, other) == len(text + other)
    assert sorted(asked) == [
        ("longer", ""),
        ("longer", ""),
        ("short", ""),
        ("short", "longer"),
        ("short", "longer"),
    ]


def test_no_function_of_a_text_keeps_texts_of_any_length():
    """`lru_cache` bounds the number of entries, not what they weigh."""
    found = []
    for path in (ROOT / "papers" / "text").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name not in EXEMPT:
                names = {ast.unparse(one).split("(")[0] for one in node.decorator_list}
                found += [f"{path.name}: {node.name}"] if names & {"cache", "lru_cache"} else []
    assert not found
