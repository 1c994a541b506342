"""What is found in lists that were invented before the rules for them; see `lists/__init__.py`."""

from __future__ import annotations

from typing import Any

import pytest

from papers.importing.reading.collecting.account import words_of
from papers.importing.reading.door import read_document
from papers.importing.reading.drafts.as_json import as_json
from papers.text.titles import title_key
from tests.importing.lists import documents, read
from tests.importing.test_account import lost

ROUNDS = (
    "round1",
    "round2",
    "round3",
    "round4",
    "round5",
    "round6",
    "round7",
    "round8",
    "round9",
    "round10",
    "round11",
    "round12",
    "round13",
    "round14",
    "round15",
    "round16",
    "round17",
    "round18",
    "round19",
    "round20",
    "round21",
)
FACTS = ("papers", "url", "topics", "members", "year", "venues")
FLOOR = 0.96


def _plain(value: object) -> str:
    text = str(value).casefold().rstrip("/")
    return text if "://" in text else "".join(char for char in text if char.isalnum())


def _compare(entry: dict[str, Any], paper: dict[str, Any] | None) -> dict[str, list[bool]]:
    """For each fact that the truth tells whether it was found."""
    said = paper or {"urls": [], "listings": [], "members": [], "year": None, "venue_tags": []}
    topics = {_plain("".join(one["topic"])) for one in said["listings"]}
    venues, people = set(map(_plain, said["venue_tags"])), set(map(_plain, said["members"]))
    found: dict[str, list[bool]] = {"papers": [paper is not None]}
    if "url" in entry:
        found["url"] = [_plain(entry["url"]) in set(map(_plain, said["urls"]))]
    if "topics" in entry:
        found["topics"] = [any(_plain(way) in topics for way in entry["topics"])]
    if "venues" in entry:
        found["venues"] = [any(_plain(way) in venues for way in entry["venues"])]
    if "year" in entry:
        found["year"] = [str(said["year"]) == entry["year"]]
    found["members"] = [_plain(name) in people for name in entry.get("members", ())]
    return found


@pytest.mark.parametrize("folder", ROUNDS)
def test_lists_as_groups_write_them_are_understood(folder: str) -> None:
    tally: dict[str, list[bool]] = {fact: [] for fact in FACTS}
    extra, missed = [], []
    for path in documents(folder):
        text, entries = read(path)
        papers = as_json(read_document(text.encode(), f"lab/{path.name}"))["papers"]
        by_key = {title_key(paper["title"]): paper for paper in papers}
        extra += [
            paper["title"]
            for paper in papers
            if title_key(paper["title"]) not in {title_key(entry["title"]) for entry in entries}
        ]
        for entry in (one for one in entries if one["is_paper"]):
            for fact, hits in _compare(entry, by_key.get(title_key(entry["title"]))).items():
                tally[fact] += hits
                missed += [] if all(hits) else [f"{path.name}: {fact} of {entry['title']}"]
    shares = {fact: sum(hits) / len(hits) for fact, hits in tally.items() if hits}
    assert min(shares.values()) >= FLOOR, missed
    assert len(extra) <= 0.01 * len(tally["papers"]), extra


@pytest.mark.parametrize("folder", ROUNDS)
def test_no_word_of_these_lists_is_lost(folder: str) -> None:
    words = 0
    for path in documents(folder):
        text, _ = read(path)
        found = read_document(text.encode(), path.name)
        assert lost(found) == [], path.name
        words += sum(len(words_of(line)) for line in found.text.split("\n"))
    assert words > 300
