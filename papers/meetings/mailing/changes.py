"""What an agenda said when it was emailed, and what is different now. Pure.

An agenda is kept as JSON: `starts_at`, `minutes`, `place`, `link`, and `items` with `id`,
`paper`, `experiment`, `title`, `minutes`, `presenter` and `question` (keys of rows). Titles of
papers and experiments are looked up by whoever reads them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import md5
from typing import Any, Literal

type State = Mapping[str, Any]
type Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; `item` is the row that it is about, as it is now or was last."""

    kind: Literal[
        "starts_at", "length", "place", "link",
        "added", "removed", "minutes", "presenter", "question", "order",
    ]  # fmt: skip
    before: Any = None
    now: Any = None
    item: Item | None = None


def compare(before: State, now: State) -> list[Change]:
    """What differs, in the order of the agenda; nothing when nothing was emailed yet."""
    if not before:
        return []
    return [*_compare_meeting(before, now), *_compare_items(before["items"], now["items"])]


def sign(state: State, count: int) -> str:
    """A state and how many emails went out before it, in a few letters."""
    text = json.dumps([state, count], sort_keys=True)
    return md5(text.encode(), usedforsecurity=False).hexdigest()[:12]


def _compare_meeting(before: State, now: State) -> Iterable[Change]:
    if before["starts_at"] != now["starts_at"]:
        yield Change("starts_at", before["starts_at"], now["starts_at"])
    if before["minutes"] != now["minutes"]:
        yield Change("length", before["minutes"], now["minutes"])
    if before["place"] != now["place"]:
        yield Change("place", before["place"], now["place"])
    if before["link"] != now["link"]:
        yield Change("link", before["link"], now["link"])


def _compare_items(before: list[Item], now: list[Item]) -> Iterable[Change]:
    old, new = ({item["id"]: item for item in items} for items in (before, now))
    for key, item in new.items():
        if key not in old:
            yield Change("added", item=item)
            continue
        yield from _compare_item(old[key], item)
    yield from (Change("removed", item=item) for key, item in old.items() if key not in new)
    both = [[key for key in one if key in other] for one, other in ((old, new), (new, old))]
    moved = {key for key in new if key in old and old[key]["question"] != new[key]["question"]}
    if [key for key in both[0] if key not in moved] != [key for key in both[1] if key not in moved]:
        yield Change("order")


def _compare_item(old: Item, item: Item) -> Iterable[Change]:
    if old["question"] != item["question"]:
        yield Change("question", old["question"], item["question"], item)
        return
    if old["minutes"] != item["minutes"]:
        yield Change("minutes", old["minutes"], item["minutes"], item)
    if old["presenter"] != item["presenter"]:
        yield Change("presenter", old["presenter"], item["presenter"], item)
