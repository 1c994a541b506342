"""Splitting a topic: papers move to a new one with their notes, once, and come back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from papers.catalogue.actions.bulk_edits import AlreadyUndone
from papers.catalogue.actions.topic_splits import split_topic
from papers.curation.sorting.actions import say_done, undo_sorting
from papers.models import Event, Listing, Member, Paper, Topic
from papers.search.index.actions import refresh
from papers.topics.actions.listings import order_listings
from papers.topics.actions.nodes import TopicExists, add_topic
from papers.topics.merging.actions import TopicIsGone, merge_topics
from tests import make
from tests.curation.choosing import FEW, choose, found, make_papers, under

NOW, LATER = make.NOW, make.NOW + timedelta(hours=1)


def make_topic(number: int = 4) -> tuple[Topic, list[int]]:
    """A topic with papers in the order of their keys, each with a note."""
    topic, papers = make.topic("Learning"), make_papers(number)
    for n, pk in enumerate(papers):
        make.listing(Paper.objects.get(pk=pk), topic, position=n, note=f"Note {n}.")
    refresh(papers)
    return topic, papers


def split(topic: Topic, papers: list[int], by: Member, **others: Any) -> Event | None:
    asked = {"name": "Diffusion", "parent": None, **others}
    return split_topic(topic=topic, papers=papers, by=by, at=NOW, **asked)


def test_papers_move_with_their_notes_and_in_their_order(ada: Member) -> None:
    topic, (first, second, third, fourth) = make_topic()
    event = split(topic, [third, first], ada)
    new = Topic.objects.get(name="Diffusion")
    assert (under(topic), under(new)) == ([second, fourth], [first, third])
    notes = Listing.objects.filter(topic=new).order_by("position").values_list("note", flat=True)
    assert list(notes) == ["Note 0.", "Note 2."]
    assert found("topic:diffusion", ada) == {first, third}
    assert found("topic:learning", ada) == {second, fourth}
    assert event is not None
    assert (event.topic, event.by, say_done(event)) == (topic, ada, "Moved 2 papers to Diffusion.")


def test_what_moved_comes_back_where_it_stood_and_the_empty_topic_goes(ada: Member) -> None:
    topic, papers = make_topic()
    before = list(Listing.objects.order_by("pk").values())
    event = split(topic, papers[1:3], ada)
    new = Topic.objects.get(name="Diffusion")
    turned = Listing.objects.filter(topic=new).order_by("-position").values_list("pk", flat=True)
    order_listings(topic=new, listings=list(turned), by=ada, at=LATER)
    undo_sorting(event=event, by=ada, at=LATER)
    assert list(Listing.objects.order_by("pk").values()) == before
    assert not Topic.objects.filter(name="Diffusion").exists()
    assert found("topic:learning", ada) == set(papers)
    with pytest.raises(AlreadyUndone):
        undo_sorting(event=event, by=ada, at=LATER)


def test_what_came_to_the_new_topic_since_stays_there(ada: Member) -> None:
    topic, papers = make_topic()
    event = split(topic, papers[:2], ada)
    new = Topic.objects.get(name="Diffusion")
    (later,) = make_papers(1)
    make.listing(Paper.objects.get(pk=later), new, position=9)
    make.listing(Paper.objects.get(pk=papers[0]), topic, position=9)
    undoing = undo_sorting(event=event, by=ada, at=LATER)
    assert undoing.data["papers"] == [papers[1]]
    assert sorted(under(new)) == sorted([later, papers[0]])
    assert sorted(under(topic)) == sorted(papers)


def test_a_split_stays_where_one_of_the_topics_is_gone(ada: Member) -> None:
    topic, papers = make_topic()
    event = split(topic, papers[:2], ada)
    merge_topics(
        kept=make.topic("Elsewhere"), gone=Topic.objects.get(name="Diffusion"), by=ada, at=NOW
    )
    with pytest.raises(TopicIsGone):
        undo_sorting(event=event, by=ada, at=LATER)
    assert under(topic) == papers[2:]


def test_nothing_is_made_without_papers_or_under_a_name_that_is_taken(ada: Member) -> None:
    topic, papers = make_topic()
    strangers = make_papers(2)
    assert split(topic, strangers, ada) is None
    assert split(topic, [], ada) is None
    add_topic(name="Diffusion", by=ada, at=NOW)
    with pytest.raises(TopicExists):
        split(topic, papers, ada)
    assert under(topic) == papers
    assert Topic.objects.count() == 2


def test_a_curator_splits_a_topic_from_its_page_and_back(as_ada: Client, ada: Member) -> None:
    root = add_topic(name="Root", by=ada, at=NOW)
    topic = add_topic(name="Learning", parent=root, by=ada, at=NOW)
    papers = make_papers(3)
    for n, pk in enumerate(papers):
        make.listing(Paper.objects.get(pk=pk), topic, position=n)
    page = as_ada.get(f"{topic.get_absolute_url()}?edit").text
    assert f'href="/topic-splits/{topic.pk}/"' in page
    choosing = as_ada.get(f"/topic-splits/{topic.pk}/")
    assert [paper.pk for paper in choosing.context["papers"]] == papers
    asked = as_ada.get("/papers/selection/", choose(papers[:2], "split", topic=topic.pk))
    assert asked.context["form"].initial == {"topic": topic.pk, "parent": root.pk}
    sent = choose(papers[:2], "split", topic=topic.pk, name="New", parent=root.pk)
    done = as_ada.post("/papers/selection/", sent, follow=True)
    new = Topic.objects.get(name="New")
    assert (new.path, under(new)) == ("root/new", papers[:2])
    assert "Moved 2 papers to New." in done.text
    back = as_ada.post(f"{done.request['PATH_INFO']}undoing/", follow=True).text
    assert "Undone for 2 papers." in back
    assert under(topic) == papers


@pytest.mark.parametrize(
    ("sent", "field"), [({"name": ""}, "name"), ({"name": "LEARNING"}, "name"), ({}, "topic")]
)
def test_a_wrong_form_says_what_is_wrong(as_ada: Client, sent: dict[str, str], field: str) -> None:
    topic, papers = make_topic()
    place = {} if field == "topic" else {"topic": topic.pk}
    answer = as_ada.post(
        "/papers/selection/", choose(papers, "split", **{"name": "New", **place, **sent})
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert under(topic) == papers


def test_ten_thousand_papers_move_in_few_statements(
    ada: Member, django_assert_max_num_queries: Any
) -> None:
    topic = make.topic("Learning")
    papers = [paper.pk for paper in Paper.objects.bulk_create(
        Paper(title=f"Paper {n}", added_by=ada, added_at=NOW) for n in range(10_000)
    )]  # fmt: skip
    Listing.objects.bulk_create(
        Listing(paper_id=pk, topic=topic, position=n, added_by=ada, added_at=NOW)
        for n, pk in enumerate(papers)
    )
    with django_assert_max_num_queries(FEW):
        event = split(topic, papers, ada)
    with django_assert_max_num_queries(2 * FEW):
        undo_sorting(event=event, by=ada, at=LATER)
    assert under(topic) == papers


@pytest.mark.django_db(transaction=True)
def test_two_curators_at_once_move_each_paper_once(lab: Any) -> None:
    ada = make.member("ada", role=Member.Role.CURATOR)
    topic, papers = make_topic()

    def take(name: str) -> Event | None:
        try:
            return split(topic, papers, ada, name=name)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        events = list(pool.map(take, ["One", "Other"]))
    assert sorted(event is None for event in events) == [False, True]
    (new,) = Topic.objects.exclude(pk=topic.pk)
    assert (under(new), under(topic)) == (papers, [])


def test_whoever_splits_a_topic_gets_back_to_the_choice(as_ada: Client) -> None:
    topic, papers = make_topic()
    choosing = f"/topic-splits/{topic.pk}/"
    sent = {"topic": topic.pk, "act": "split"}
    assert as_ada.get("/papers/selection/", sent).headers["Location"] == choosing
    naming = as_ada.get("/papers/selection/", {**sent, "paper": papers[:2]}).text
    assert f'<a class="btn" href="{choosing}">Cancel</a>' in naming
    others = as_ada.get("/papers/selection/", {"act": "split", "paper": papers[:2]}).text
    assert '<a class="btn" href="/papers/">Cancel</a>' in others
