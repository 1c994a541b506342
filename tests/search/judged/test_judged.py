"""The right paper stands first in at least 95 of 100 searches, in four languages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from papers.models import Lab, Member
from papers.search.index.actions import count_words, refresh
from papers.search.queries import find_papers
from tests import make
from tests.search.judged.collection import SAMPLES
from tests.search.judged.searches import SEARCHES

SHARE = 0.95


@pytest.fixture
def collection(ben: Member) -> dict[int, str]:
    """The papers by key in the database, the newest last in the file."""
    topics = {name: make.topic(name) for name in sorted({one.topic for one in SAMPLES})}
    keys: dict[int, str] = {}
    for days, one in enumerate(SAMPLES):
        paper = make.paper(
            one.title,
            abstract=one.abstract,
            authors=list(one.authors),
            venue=one.venue,
            year=one.year,
            topics=[topics[one.topic]],
            added_at=make.NOW + timedelta(days=days),
        )
        if one.takeaway or one.critique:
            make.review(paper, ben, summary="", takeaway=one.takeaway, critique=one.critique)
        if one.arxiv:
            paper.identifiers.create(kind="arxiv", value=one.arxiv)
        keys[paper.pk] = one.key
    refresh(keys)
    count_words()
    return keys


def test_the_collection_is_large_enough() -> None:
    assert len(SAMPLES) >= 40
    assert len(SEARCHES) >= 60


def test_the_right_paper_stands_first(collection: dict[int, str], ben: Member, lab: Lab) -> None:
    wrong = {}
    for text, key in SEARCHES.items():
        found = find_papers(text, by=ben, lab=lab, today=date(2026, 11, 18))
        first = [collection[paper] for paper in found.paper_ids[:3]]
        if first[:1] != [key]:
            wrong[text] = (key, first)
    assert len(wrong) <= (1 - SHARE) * len(SEARCHES), wrong
