"""Weights fitted to half of the real documents, tried on the other half.

    python -m tests.importing.cross_validation [SPLITS]

What a line shows (`features.features`) is known; how much each feature counts is fitted anew to one
half: a logistic regression on "this line names a paper", which knows beforehand only which
features speak for a paper and which against. Then both halves are scored with these weights, over
all papers of the truth. The words of labels, venues and months are not fitted; that they
generalise is measured by the lists invented before their rules (`lists/__init__.py`).
"""

from __future__ import annotations

import json
import math
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewapp.settings")
django.setup()

from papers.importing.reading.door import read_document  # noqa: E402
from papers.importing.reading.drafts.as_json import as_json  # noqa: E402
from papers.importing.reading.evidence import features, weights  # noqa: E402
from papers.importing.reading.evidence.scoring import shown  # noqa: E402
from papers.importing.reading.formats import outline_of  # noqa: E402
from papers.importing.reading.opening.decoding import decode  # noqa: E402
from papers.importing.reading.outline.document import Block, head_lines  # noqa: E402
from tests.importing.conftest import DATA, MEASURE  # noqa: E402
from tests.importing.test_measure import add_up  # noqa: E402

STEEP, STEPS, RATE, PULL = 2.5, 300, 0.5, 0.02
Example = tuple[list[str], bool]
Document = tuple[Path, dict[str, Any]]
GIVEN = dict(weights.WEIGHTS)
SIGNS = {name: 1.0 if weight > 0 else -2.0 for name, weight in GIVEN.items()}
"""All that is known before the fit: for or against."""


def documents() -> list[Document]:
    """Every real document with its truth."""
    found = []
    for folder in ("seeds", "lists", "lists2"):
        truths = json.loads((DATA / folder / "TRUTH.json").read_text(encoding="utf-8"))
        for name, truth in truths.items():
            if isinstance(truth, dict) and isinstance(truth.get("entries"), list):
                found.append((DATA / folder / truth.get("file", name), truth))
    return found


def examples(document: Document) -> Iterator[Example]:
    """What each item and line of a document shows, and whether the truth has a paper there."""
    path, truth = document
    told = {e["line"] for e in truth["entries"] if e.get("kind", "paper") == "paper"}
    outline = outline_of(decode(path.read_bytes()).text, path.name)
    waiting: list[Block] = [block for section in outline.root.walk() for block in section.blocks]
    while waiting:
        block = waiting.pop()
        if block.kind == "paragraph":
            for line in block.lines:
                yield shown([line]), line.number in told
        elif block.kind in ("list", "item"):
            for item in block.children if block.kind == "list" else [block]:
                if lines := head_lines(item):
                    yield shown(lines), any(line.number in told for line in lines)
                waiting += [one for one in item.children if one.kind == "list"]


def fit(half: list[Document]) -> dict[str, float]:
    """Weights that tell the papers of these documents from their other lines."""
    weights = dict(SIGNS)
    known = [one for document in half for one in examples(document) if one[0]]
    for _ in range(STEPS):
        slope = dict.fromkeys(weights, 0.0)
        for found, is_paper in known:
            score = sum(weights[name] for name in found) - features.ENOUGH
            chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, STEEP * score))))
            for name in found:
                slope[name] += chance - is_paper
        for name in weights:
            away = PULL * (weights[name] - SIGNS[name])
            weights[name] -= RATE * (STEEP * slope[name] / max(len(known), 1) * 10 + away)
    return weights


def shares(half: list[Document], measure: Any) -> dict[str, float]:
    """What is found of each fact, in percent, with the weights in force."""
    pairs = [
        (truth, as_json(read_document(path.read_bytes(), f"{path.parent.name}/{path.name}")))
        for path, truth in half
    ]
    total, extra = add_up(measure, pairs)
    found = {name: 100 * got / all_ for name, (got, all_) in total.items() if all_}
    return found | {"extra": 100 * extra / total["papers"][1]}


def main(splits: int) -> None:
    """Print the figures of every split and their means."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("score_import", MEASURE)
    assert spec
    assert spec.loader
    measure = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(measure)
    rows: dict[str, list[dict[str, float]]] = {"fitted": [], "unseen": []}
    for number in range(splits):
        known = documents()
        random.Random(number).shuffle(known)
        halves = known[::2], known[1::2]
        for own, other in (halves, halves[::-1]):
            weights.WEIGHTS.update(fit(own))
            for name, half in (("fitted", own), ("unseen", other)):
                rows[name].append(shares(half, measure))
                print(f"split {number + 1} {name:6}", _line(rows[name][-1]), flush=True)
            weights.WEIGHTS.update(GIVEN)
    for name, found in rows.items():
        facts = {fact for row in found for fact in row}
        means = {
            fact: sum(row.get(fact, 100.0) for row in found) / len(found) for fact in sorted(facts)
        }
        print(f"mean    {name:6}", _line(means))


def _line(found: dict[str, float]) -> str:
    return " ".join(f"{name} {share:.1f}" for name, share in found.items())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
