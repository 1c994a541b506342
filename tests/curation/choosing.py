"""Papers to act on at once, and how a choice is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from papers.models import Listing, Member, Topic
from papers.search.index.actions import refresh
from papers.search.queries import find_papers
from tests import make
from tests.make import NOW

FEW = 30
"""Statements, however many papers are sorted at once."""


def make_papers(number: int = 3, **fields: Any) -> list[int]:
    keys = [make.paper(**fields).pk for _ in range(number)]
    refresh(keys)
    return keys


def under(topic: Topic) -> list[int]:
    rows = Listing.objects.filter(topic=topic).order_by("position")
    return list(rows.values_list("paper", flat=True))


def found(text: str, by: Member) -> set[int]:
    return set(find_papers(text, by=by, lab=make.lab(), today=NOW.date()).paper_ids)


def choose(papers: Sequence[int], act: str, **others: Any) -> dict[str, Any]:
    return {"paper": [str(pk) for pk in papers], "act": act, **others}
