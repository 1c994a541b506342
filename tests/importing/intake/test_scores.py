"""How much of real lists is understood, against what a careful reader wrote down."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from papers.importing.reading.door import read_document
from papers.importing.reading.drafts.as_json import as_json

SHARED = Path(__file__).parents[3] / "shared"
DATA = SHARED / "data"
MEASURE = SHARED / "tools" / "score_import.py"

pytestmark = pytest.mark.skipif(
    not MEASURE.exists() or not DATA.exists(),
    reason="the measured lists are not ours to ship; they lie beside the project where it is built",
)


@pytest.fixture(scope="module")
def measure() -> ModuleType:
    """The measure itself."""
    spec = importlib.util.spec_from_file_location("score_import", MEASURE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(measure: ModuleType, folder: Path) -> tuple[dict[str, list[int]], int, int]:
    """Found and expected for each field, papers nobody listed, and bullets that stand nowhere."""
    truths: dict[str, Any] = json.loads((folder / "TRUTH.json").read_text(encoding="utf-8"))
    total: dict[str, list[int]] = {field: [0, 0] for field in measure.FIELDS}
    extras = losts = 0
    for name, truth in truths.items():
        if not isinstance(truth, dict) or not isinstance(truth.get("entries"), list):
            continue
        path = folder / truth.get("file", name)
        plan = as_json(read_document(path.read_bytes(), f"{folder.name}/{path.name}"))
        tally, _, extra, lost = measure.score(truth, plan)
        extras, losts = extras + len(extra), losts + lost
        for field, (found, expected) in tally.items():
            total[field][0] += found
            total[field][1] += expected
    return total, extras, losts


def test_the_four_seeds_are_understood_in_full(measure: ModuleType) -> None:
    total, extra, lost = score(measure, DATA / "seeds")
    found, expected = total.pop("bullets")
    assert all(found == expected for found, expected in total.values()), total
    assert (extra, lost) == (0, 0)
    assert found * 35 >= expected * 32


def test_real_lists_are_understood_nearly_in_full(measure: ModuleType) -> None:
    total, extra, lost = score(measure, DATA / "lists")
    shares = {field: found / expected for field, (found, expected) in total.items() if expected}
    assert min(shares["papers"], shares["links"]) >= 0.98, total
    assert min(shares.values()) >= 0.95, total
    assert extra <= 0.02 * total["papers"][1]
    assert lost == 0


def test_no_line_of_the_seeds_is_left_open() -> None:
    for path in sorted((DATA / "seeds").glob("*.txt")):
        assert read_document(path.read_bytes(), path.name).unclaimed == ()
