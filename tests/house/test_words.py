"""The house speaks the field's words: a name that nobody would search for is refused."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.sources import parse_files

INSTEAD = {
    "kept": "ETag, or saved",
    "remembered": "ETag, or cached",
    "copying": "bulk_copy",
    "telling": "notifying",
    "notice": "notification",
    "notices": "notifications",
    "freezing": "snapshot",
    "thawing": "snapshot",
    "carrier": "mail sender",
    "island": "stash",
    "islands": "stash",
    "dressing": "postprocess",
    "shaping": "postprocess",
    "holding": "running, session",
    "voice": "visibility prefix",
    "happening": "activity",
    "standing": "reading-list claims",
    "taking": "apply, or claim",
}
"""A word of a private language, and what the field says."""


def list_names(folder: str) -> Iterator[str]:
    """`papers/a.py: name` for each module, class and function; tests are sentences."""
    for path, tree in parse_files(folder):
        if "migrations" in path.parts:
            continue  # their names are in the database
        yield f"{path}: {path.stem}"
        for node in ast.walk(tree):
            named = isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            if named and not node.name.startswith("test_"):
                yield f"{path}: {node.name}"


def split_name(name: str) -> set[str]:
    """The words of `find_keptWords`, in small letters."""
    return set(re.findall(r"[a-z]+", re.sub(r"([A-Z])", r"_\1", name).lower()))


@pytest.mark.parametrize("folder", ["bench", "papers", "reviewapp", "tests"])
def test_names_are_words_of_the_field(folder: str) -> None:
    found = [
        f"{name} ({word}: say {INSTEAD[word]})"
        for name in list_names(folder)
        for word in split_name(name.rpartition(": ")[2]) & INSTEAD.keys()
    ]
    assert not found, "\n".join(found)


def test_words_are_found_within_names() -> None:
    assert split_name("ListKeptWords") >= {"list", "kept", "words"}
    assert split_name("_kill_thawing") >= {"thawing"}
