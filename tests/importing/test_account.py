"""No word vanishes: each stands in a stored field or in a span that is shown as left out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from papers.importing.reading.collecting.account import fact_spans, words_of
from papers.importing.reading.door import read_document
from papers.importing.reading.drafts.reasons import REASONS
from papers.importing.reading.drafts.understood import Understood
from tests.importing.conftest import ABSENT, real_documents
from tests.importing.invented.makers import make, make_later


def texts(value: object) -> Iterator[str]:
    """Every text of what was understood, apart from the copy of the source."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from texts(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            if name not in (
                "source",
                "text",
                "fates",
                "left_out",
                "patterns",
                "spans",
                "problems",
                "unclaimed",
            ):
                yield from texts(getattr(value, name))
        if on := getattr(value, "published_on", None):
            yield f"{on:%B %b}"
        if type(value).__name__ in ("Unit", "LeftOut"):
            yield getattr(value, "text", "")


def lost(found: Understood) -> list[tuple[int, str]]:
    """Words of the source that are neither in a field nor within a span left out, with their lines."""
    kept = {word for text in texts(found) for word in words_of(text)}
    spans: dict[int, str] = {}
    for one in found.left_out:
        spans[one.line] = f"{spans.get(one.line, '')} {one.text}"
    return [
        (number, word)
        for number, line in enumerate(found.text.split("\n"), 1)
        for word in words_of(line)
        if word not in kept and word not in words_of(spans.get(number, ""))
    ]


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in real_documents()] or [
    pytest.param(None, marks=pytest.mark.skip(reason=ABSENT))
])  # fmt: skip
def test_no_word_of_a_real_document_is_lost(path: Path) -> None:
    found = read_document(path.read_bytes(), f"{path.parent.name}/{path.name}")
    assert lost(found) == []
    assert {one.reason for one in found.left_out} <= REASONS.keys()


GENERATED = int(os.environ.get("ORACLE_DOCUMENTS", "150"))
"""Documents of each kind that are read; a whole check reads 500."""


@pytest.mark.parametrize("start", range(0, GENERATED, 50))
def test_no_word_of_an_invented_document_is_lost(start: int) -> None:
    for seed in range(start, start + 50):
        for maker in (make, make_later):
            document = maker(seed)
            found = read_document(document.text.encode(), document.name)
            assert lost(found) == [], document.kind


def test_a_span_left_out_says_where_it_stands_and_why() -> None:
    text = "# List\n\n- [Kernels for noisy sensors](https://arxiv.org/abs/2101.00001)\n- Room: G12 upstairs\n"
    found = read_document(text.encode(), "x.md")
    span = next(one for one in found.left_out if "upstairs" in one.text)
    assert text.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1] == span.text
    assert (
        next(fate for fate in found.fates if fate.line <= span.line <= fate.last_line).role
        == "left out"
    )


def test_every_line_says_what_became_of_it() -> None:
    text = (
        "# Club\n\nWe meet to read papers every week.\n\n## Vision\n\n"
        "- [Kernels for noisy sensors](https://arxiv.org/abs/2101.00001)\n  - The evaluation is weak.\n\n## 3 May 2021\n"
    )
    fates = {one.line: one.role for one in read_document(text.encode(), "x.md").fates}
    assert fates == {1: "heading", 3: "text", 5: "topic", 7: "paper", 8: "note", 10: "meeting"}


def test_each_fact_carries_the_span_it_stands_in() -> None:
    text = "- [Kernels for noisy sensors](https://arxiv.org/abs/2101.00001), Ann Lee, ICML 2021\n"
    found = read_document(text.encode(), "x.md")
    spans = fact_spans(text.split("\n"), found.papers)
    said = {one.field: text[one.column - 1 : one.end_column - 1] for one in spans}
    assert said["title"] == "Kernels for noisy sensors"
    assert said["venue"] == "ICML 2021"
    assert said["link"] == "https://arxiv.org/abs/2101.00001"
