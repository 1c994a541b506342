"""What holds when two members act in the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from papers.catalogue.actions import (
    PaperExists,
    PaperFacts,
    TopicCycle,
    add_paper,
    list_paper,
    move_topic,
)
from papers.models import Event, Listing, Member, Paper, Topic
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act gave back, or the exception that it raised."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except (PaperExists, TopicCycle) as refusal:
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
