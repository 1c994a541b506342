"""Shared by the tests of reading: the measure of real lists, where it lies beside the project."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

SHARED = Path(__file__).parents[3] / "shared"
DATA = SHARED / "data"
MEASURE = SHARED / "tools" / "score_import.py"
ABSENT = (
    "the measured documents are not ours to ship; they lie beside the project where it is built"
)


@pytest.fixture(scope="session")
def measure() -> ModuleType:
    """The measure itself."""
    if not MEASURE.exists():
        pytest.skip(ABSENT)
    spec = importlib.util.spec_from_file_location("score_import", MEASURE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def real_documents() -> Iterator[Path]:
    """Every real document that has been read by a person, and the small cases."""
    for folder in ("seeds", "lists", "lists2", "cases"):
        for path in sorted((DATA / folder).glob("*")):
            if path.suffix != ".json" and path.name not in ("RULES.md", "SOURCES.md", "README.md"):
                yield path
