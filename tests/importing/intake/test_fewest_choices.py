"""Real documents are right, or one gets them right with at most three choices in the preview.

python -m pytest tests/importing/intake/test_fewest_choices.py -s     prints the table
"""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from papers.importing.intake.previewing.actions.documents import preview_import
from papers.importing.reading.door import read_document
from papers.importing.reading.drafts.as_json import as_json
from papers.importing.reading.drafts.understood import Understood
from papers.models import Member
from tests.importing.conftest import ABSENT, DATA
from tests.make import NOW, browser

FOLDER = DATA / "lists2"
FACTS = ("papers", "links", "topics", "members")
ENOUGH, MOST = 0.99, 3


def documents() -> list[tuple[str, dict[str, Any]]]:
    """The names of the documents with their truths."""
    if not FOLDER.exists():
        return []
    truths = json.loads((FOLDER / "TRUTH.json").read_text(encoding="utf-8"))
    return [
        (truth.get("file", name), truth)
        for name, truth in truths.items()
        if isinstance(truth, dict) and isinstance(truth.get("entries"), list)
    ]


def share(
    measure: ModuleType, truth: dict[str, Any], path: Path, choices: dict[str, str]
) -> tuple[float, Understood]:
    """The least share found of the four facts, with what was understood."""
    found = read_document(path.read_bytes(), f"lists2/{path.name}", choices)
    tally, _, _, _ = measure.score(truth, as_json(found), True)
    return min(tally[fact][0] / tally[fact][1] for fact in FACTS if tally[fact][1]), found


def fewest(measure: ModuleType, truth: dict[str, Any], path: Path) -> dict[str, str]:
    """The choices that help most, one after the other, until enough is right."""
    choices: dict[str, str] = {}
    best, found = share(measure, truth, path, choices)
    while best < ENOUGH and len(choices) < MOST:
        ways = {
            (name, role): share(measure, truth, path, choices | {name: role})[0]
            for pattern in found.patterns
            if pattern.kind == "heading"
            for name in (pattern.id, *(f"line:{line}" for line in pattern.lines))
            for role in ("topic", "label")
            if role != pattern.role
        }
        (name, role), best = max(ways.items(), key=lambda way: (way[1], way[0][0] < "line"))
        choices[name] = role
    return choices


@pytest.mark.skipif(not FOLDER.exists(), reason=ABSENT)
def test_at_most_three_choices_put_a_real_document_right(measure: ModuleType, ben: Member) -> None:
    for name, truth in documents():
        path = FOLDER / name
        wanted = fewest(measure, truth, path)
        job, page = preview_import(data=path.read_bytes(), name=name, by=ben, at=NOW), browser(ben)
        for kind, role in wanted.items():
            page.post(f"/import/{job.pk}/choices/", {"name": kind, "role": role})
        job.refresh_from_db()
        assert job.choices == wanted
        best, _ = share(measure, truth, path, job.choices)
        print(f"{name[:44]:44} {len(job.choices)} choices, {best:.1%}", *job.choices.items())
        assert best >= ENOUGH, name
        assert len(job.choices) <= MOST
