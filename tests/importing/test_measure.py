"""How much is understood of real documents, and of invented ones of every shape."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from papers.importing.reading.door import read_document
from papers.importing.reading.drafts.as_json import as_json
from tests.importing.conftest import ABSENT, DATA
from tests.importing.invented.documents import Document
from tests.importing.invented.makers import make, make_later

Tally = dict[str, list[int]]


def add_up(
    measure: ModuleType, pairs: Iterable[tuple[dict[str, Any], dict[str, Any]]]
) -> tuple[Tally, int]:
    """Found and expected for each fact over all papers of the truth, and papers nobody listed."""
    total: Tally = {field: [0, 0] for field in measure.FIELDS}
    extras = 0
    for truth, plan in pairs:
        tally, _, extra, _ = measure.score(truth, plan, True)
        extras += len(extra)
        for field, (found, expected) in tally.items():
            total[field][0] += found
            total[field][1] += expected
    return total, extras


def real(folder: Path) -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
    for name, truth in json.loads((folder / "TRUTH.json").read_text(encoding="utf-8")).items():
        if isinstance(truth, dict) and isinstance(truth.get("entries"), list):
            path = folder / truth.get("file", name)
            yield truth, as_json(read_document(path.read_bytes(), f"{folder.name}/{path.name}"))


def invented(
    maker: Callable[[int], Document], seeds: range
) -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
    for seed in seeds:
        document = maker(seed)
        yield (
            document.truth(),
            as_json(read_document(document.text.encode(), f"lab/{document.name}")),
        )


def shares(total: Tally) -> dict[str, float]:
    return {field: found / expected for field, (found, expected) in total.items() if expected}


@pytest.mark.skipif(not DATA.exists(), reason=ABSENT)
@pytest.mark.parametrize(
    ("folder", "sure", "other"),
    [("seeds", 1.0, 0.93), ("lists", 0.99, 0.95), ("lists2", 0.98, 0.95)],
)
def test_real_documents_are_understood(
    measure: ModuleType, folder: str, sure: float, other: float
) -> None:
    total, extra = add_up(measure, real(DATA / folder))
    found = shares(total)
    assert min(found["papers"], found["links"]) >= sure, total
    assert min(found.values()) >= other, total
    assert extra <= 0.01 * total["papers"][1]


@pytest.mark.parametrize("maker", [make, make_later])
def test_invented_documents_of_every_shape_are_understood(
    measure: ModuleType, maker: Callable[[int], Document]
) -> None:
    total, extra = add_up(measure, invented(maker, range(120)))
    found = shares(total)
    assert min(found.values()) >= 0.97, total
    assert extra <= 0.01 * total["papers"][1]
