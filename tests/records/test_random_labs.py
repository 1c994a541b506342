"""Whatever a lab looks like: a merge loses no text, an undo brings back every row."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.models import Lab, Member, Paper
from papers.records.actions.keeping import delete_paper
from papers.records.actions.merging import FACTS, merge_papers
from papers.records.actions.undoing import undo_removal
from papers.search.index.actions import find_drift
from tests import make
from tests.clock import NOW
from tests.records.labs import MAKERS, dump, list_texts, try_to

pytestmark = pytest.mark.django_db

RANDOM = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ROWS = st.lists(
    st.tuples(st.sampled_from(MAKERS), st.integers(0, 2), st.integers(0, 2)), max_size=40
)


def build(rows: list[tuple[object, int, int]]) -> tuple[list[Paper], Member]:
    """Three papers, three people, and rows of all kinds between them."""
    make.lab()
    papers = [make.paper(f"Paper {n}", note=f"note {n} quokkaberry") for n in range(3)]
    people = [make.member(f"person{n}") for n in range(3)]
    for maker, paper, person in rows:
        try_to(maker, papers[paper], people[person])  # type: ignore[arg-type]
    make.index()
    return papers, people[0]


@given(rows=ROWS, take=st.sets(st.sampled_from(FACTS)), both=st.booleans())
@RANDOM
def test_a_merge_loses_nothing_and_is_undone_to_the_letter(
    lab: Lab, rows: list[tuple[object, int, int]], take: set[str], both: bool
) -> None:
    with transaction.atomic():
        papers, by = build(rows)
        before = dump()
        removals = [merge_papers(kept=papers[0], gone=papers[1], by=by, at=NOW, take=take)]
        if both:
            removals.append(merge_papers(kept=papers[2], gone=papers[0], by=by, at=NOW))
        after = dump()
        texts = list_texts(before)
        lost = texts - list_texts(after)
        assert all(text.startswith("reason ") for text in lost), lost
        assert find_drift([paper.pk for paper in papers]) == []
        for removal in reversed(removals):
            undo_removal(removal=removal, by=by, at=NOW)
        assert dump() == before
        transaction.set_rollback(True)


@given(rows=ROWS)
@RANDOM
def test_a_deletion_is_undone_to_the_letter(lab: Lab, rows: list[tuple[object, int, int]]) -> None:
    with transaction.atomic():
        papers, by = build(rows)
        before = dump()
        removal = delete_paper(paper=papers[1], reason="Spam", by=by, at=NOW)
        assert not Paper.objects.filter(pk=papers[1].pk).exists()
        undo_removal(removal=removal, by=by, at=NOW)
        assert dump() == before
        transaction.set_rollback(True)
