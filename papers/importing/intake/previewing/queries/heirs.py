"""Which entry of a new version is one of the earlier version whose title is spelled otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz

from papers.importing.reading.drafts.correcting import restore
from papers.importing.reading.drafts.understood import PaperDraft
from papers.models import ImportItem, ImportJob

ALIKE, ALIKE_HERE = 0.85, 0.6
"""How alike two spellings of a title are at least: anywhere, and between the same neighbors."""

MOST_COMPARED = 300
"""New entries whose titles are all compared; among more, only those between the same neighbors."""

_IDS = ("arxiv_id", "doi", "openreview")


def find_heirs(
    earlier: ImportJob, lost: Iterable[str], papers: Sequence[PaperDraft]
) -> dict[str, str]:
    """The new key of each entry whose key the new version no longer has; none for what is gone.

    An identifier decides; without one, the closest title among entries that are new does.
    """
    lost = [key for key in lost if key]
    if not lost:
        return {}
    items = earlier.items.filter(kind=ImportItem.Kind.PAPER).order_by("position")
    order = list(items.values_list("key", flat=True))
    data = dict(items.filter(key__in=lost).values_list("key", "data"))
    known, found = set(order), dict[str, str]()
    fresh = {n: paper for n, paper in enumerate(papers) if paper.key not in known}
    keys = [paper.key for paper in papers]
    for place, key in enumerate(order):
        if key in data:
            heir = _heir(restore(data[key]), _neighbors(order, place), fresh, keys)
            if heir is not None:
                found[key] = fresh.pop(heir).key
    return found


def _heir(
    entry: Mapping[str, Any],
    beside: set[str],
    fresh: Mapping[int, PaperDraft],
    keys: Sequence[str],
) -> int | None:
    ids = {(name, entry.get(name)) for name in _IDS if entry.get(name)}
    best, score = None, 0.0
    for n, paper in fresh.items():
        own = {(name, value) for name in _IDS if (value := getattr(paper, name))}
        if ids & own:
            return n
        if {name for name, _ in ids} & {name for name, _ in own}:
            continue  # Two identifiers of one kind: another work.
        is_here = bool(beside & _neighbors(keys, n))
        if not is_here and len(fresh) > MOST_COMPARED:
            continue
        alike = _alike(str(entry["title"]), paper.title)
        if alike >= (ALIKE_HERE if is_here else ALIKE) and alike + is_here > score:
            best, score = n, alike + is_here
    return best


def _neighbors(keys: Sequence[str], at: int) -> set[str]:
    return {*keys[max(at - 1, 0) : at], *keys[at + 1 : at + 2]}


def _alike(one: str, other: str) -> float:
    return fuzz.ratio(one.casefold(), other.casefold()) / 100
