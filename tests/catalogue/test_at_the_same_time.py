"""What holds when two members act in the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from papers.catalogue.actions.bulk_edits import (
    AlreadyUndone,
    list_papers,
    undo_selection,
    unlist_papers,
)
from papers.catalogue.actions.papers import PaperExists, PaperFacts, add_paper
from papers.claims.actions.claims import claim_paper
from papers.models import Event, Listing, Member, Paper, Topic
from papers.topics.actions.listings import list_paper
from papers.topics.actions.nodes import TopicCycle
from tests import make
from tests.topics.moving import move_topic

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act gave back, or the exception that it raised."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except (AlreadyUndone, PaperExists, TopicCycle) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def test_two_members_adding_the_same_paper_make_one(transactional_db: None) -> None:
    make.lab()
    members = [make.member(handle) for handle in ("ben", "cy", "eve", "fay")]

    def add(by: Member) -> Paper:
        facts = PaperFacts(title=f"As {by} wrote it", identifiers=[("arxiv", "2106.12345")])
        return add_paper(facts=facts, by=by, at=make.NOW)

    results = at_once(*(lambda by=by: add(by) for by in members))  # type: ignore[misc]
    assert sum(isinstance(one, PaperExists) for one in results) == 3
    assert Paper.objects.count() == Event.objects.count() == 1


def test_two_curators_cannot_tie_the_tree_into_a_ring(transactional_db: None) -> None:
    make.lab()
    ada = make.member("ada", role=Member.Role.CURATOR)
    one, two = make.topic("One"), make.topic("Two")
    results = at_once(
        lambda: move_topic(topic=one, parent=two, by=ada, at=make.NOW),
        lambda: move_topic(topic=two, parent=one, by=ada, at=make.NOW),
    )
    assert sum(isinstance(result, TopicCycle) for result in results) == 1
    assert Topic.objects.filter(parent=None).count() == 1


def test_two_curators_listing_a_paper_list_it_once(transactional_db: None) -> None:
    make.lab()
    ada = make.member("ada", role=Member.Role.CURATOR)
    paper, topic = make.paper(), make.topic()
    at_once(*[lambda: list_paper(paper=paper, topic=topic, by=ada, at=make.NOW)] * 4)
    assert Listing.objects.count() == Event.objects.count() == 1


def test_two_curators_listing_overlapping_papers_list_each_once(transactional_db: None) -> None:
    make.lab()
    ada, eve = (make.member(name, role=Member.Role.CURATOR) for name in ("ada", "eve"))
    topic, keys = make.topic(), [make.paper().pk for _ in range(60)]
    halves = ((ada, keys[:40]), (eve, keys[:19:-1]))
    at_once(
        *(
            lambda by=by, papers=papers: list_papers(papers=papers, topic=topic, by=by, at=make.NOW)
            for by, papers in halves
        )  # type: ignore[misc]
    )
    rows = Listing.objects.filter(topic=topic)
    assert sorted(rows.values_list("paper", flat=True)) == keys
    assert rows.values("position").distinct().count() == 60
    assert sum(event.data["number"] for event in Event.objects.all()) == 60


def test_one_curator_lists_what_another_takes_out(transactional_db: None) -> None:
    make.lab()
    ada, eve = (make.member(name, role=Member.Role.CURATOR) for name in ("ada", "eve"))
    topic = make.topic()
    keys = [make.paper(topics=[topic]).pk for _ in range(40)]
    results = at_once(
        lambda: unlist_papers(papers=keys, topic=topic, by=ada, at=make.NOW),
        lambda: list_papers(papers=keys, topic=topic, by=eve, at=make.NOW),
    )
    assert isinstance(results[0], Event)
    assert Listing.objects.count() in {0, 40}, "one after the other, never half"


def test_an_act_on_many_papers_is_taken_back_once(transactional_db: None) -> None:
    make.lab()
    ada = make.member("ada", role=Member.Role.CURATOR)
    topic, keys = make.topic(), [make.paper().pk for _ in range(20)]
    event = list_papers(papers=keys, topic=topic, by=ada, at=make.NOW)
    assert event is not None
    results = at_once(*[lambda: undo_selection(event=event, by=ada, at=make.NOW)] * 4)
    assert sum(isinstance(result, AlreadyUndone) for result in results) == 3
    assert Listing.objects.count() == 0


def test_a_claim_does_not_wait_for_a_curator_who_sorts(transactional_db: None) -> None:
    make.lab()
    ada, ben = make.member("ada", role=Member.Role.CURATOR), make.member("ben")
    topic, papers = make.topic(), [make.paper() for _ in range(5)]
    claimed = []

    def claim() -> None:
        try:
            claimed.append(claim_paper(paper=papers[2], by=ben, at=make.NOW))
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as threads:
        list_papers(papers=[paper.pk for paper in papers], topic=topic, by=ada, at=make.NOW)
        threads.submit(claim).result(timeout=10)  # within the curator's open transaction
    assert len(claimed) == 1
