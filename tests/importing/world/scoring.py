"""How much of a page is understood: found and expected for each fact, over all of its papers."""

from __future__ import annotations

from typing import Any

from papers.importing.reading.door import read_document
from papers.importing.reading.drafts.as_json import as_json
from papers.text.titles import title_key
from tests.importing.world.page import Page

FACTS = ("papers", "links", "topics", "members", "years", "venues", "reviews")
Tally = dict[str, list[int]]


def score(page: Page) -> tuple[Tally, int]:
    """The tally of one page, and how many papers were found that nobody listed."""
    found = as_json(read_document(page.text.encode(), f"lab/{page.name}"))["papers"]
    by_key = {title_key(paper["title"]): paper for paper in found}
    tally: Tally = {fact: [0, 0] for fact in FACTS}
    for entry in page.entries:
        if entry["kind"] == "paper":
            _compare(tally, entry, by_key.get(title_key(entry["title"])))
    known = {title_key(entry["title"]) for entry in page.entries}
    return tally, sum(title_key(paper["title"]) not in known for paper in found)


def _compare(tally: Tally, truth: dict[str, Any], paper: dict[str, Any] | None) -> None:
    said = paper or {
        "urls": [], "listings": [], "members": [], "year": None, "venue_tags": [], "review": None,
    }  # fmt: skip
    topics = [_plain("/".join(one["topic"])) for one in said["listings"]]
    _count(tally, "papers", [True], [paper is not None])
    _count(tally, "links", truth["urls"], said["urls"])
    _count(tally, "topics", ["/".join(path) for path in truth["topics"]], topics)
    _count(tally, "members", truth["members"], said["members"])
    _count(tally, "years", [truth["year"]] if truth["year"] else [], [said["year"]])
    _count(tally, "venues", truth["venue_tags"], said["venue_tags"])
    is_right = paper is not None and bool(paper["review"]) == truth["review"]
    _count(tally, "reviews", [True], [is_right])


def _count(tally: Tally, fact: str, wanted: list[Any], found: list[Any]) -> None:
    have = {_plain(one) for one in found}
    tally[fact][0] += sum(_plain(one) in have for one in wanted)
    tally[fact][1] += len(wanted)


def _plain(value: Any) -> str:
    text = str(value).casefold().rstrip("/")
    return text if "://" in text else "".join(char for char in text if char.isalnum())


def add_up(tallies: list[Tally]) -> dict[str, float]:
    """The share found of each fact over several pages."""
    sums = {fact: [sum(tally[fact][n] for tally in tallies) for n in (0, 1)] for fact in FACTS}
    return {fact: found / wanted for fact, (found, wanted) in sums.items() if wanted}
