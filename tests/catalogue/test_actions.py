"""Adding and changing papers, topics and listings."""

from __future__ import annotations

from typing import Any

import pytest

from papers.catalogue.actions.papers import (
    PaperExists,
    PaperFacts,
    PaperLooksKnown,
    add_paper,
    change_paper,
)
from papers.models import Event, Listing, Member, Paper, Topic
from papers.topics.actions.listings import change_listing, list_paper, order_listings, unlist_paper
from papers.topics.actions.nodes import (
    TopicCycle,
    TopicExists,
    add_topic,
    change_topic,
)
from tests import make
from tests.topics.moving import move_topic

ARXIV = ("arxiv", "2106.12345")


def add(by: Member, title: str = "Rigid bodies", **fields: Any) -> Paper:
    options = {name: fields.pop(name) for name in ("topics", "although_alike") if name in fields}
    return add_paper(facts=PaperFacts(title=title, **fields), by=by, at=make.NOW, **options)


def facts_of(paper: Paper, **changes: Any) -> PaperFacts:
    fields: dict[str, Any] = {
        "title": paper.title,
        "authors": paper.authors,
        "identifiers": list(paper.identifiers.values_list("kind", "value")),
        "links": list(paper.links.values_list("kind", "url")),
    }
    return PaperFacts(**{**fields, **changes})


def new_topic(by: Member, name: str, parent: Topic | None = None) -> Topic:
    return add_topic(name=name, parent=parent, by=by, at=make.NOW)


def kinds() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def paths() -> list[tuple[str, int]]:
    return sorted(Topic.objects.values_list("path", "depth"))


def test_adding_a_paper_keeps_its_facts_and_tells_of_it_once(ben: Member) -> None:
    topic = make.topic("Physics")
    paper = add(
        ben,
        authors=["A", "B"],
        abstract="We *do*.",
        identifiers=[ARXIV],
        links=[("code", "https://github.com/a/b")],
        topics=[topic],
    )
    paper.refresh_from_db()
    assert (paper.slug, paper.title_key, paper.added_by) == ("rigid-bodies", "rigidbodies", ben)
    assert "<em>do</em>" in paper.abstract_html
    assert paper.identifiers.get().value == "2106.12345"
    assert paper.links.get().kind == "code"
    assert topic.listings.get().paper == paper
    assert kinds() == ["paper-added"]


def test_a_paper_with_a_known_identifier_is_refused_with_that_paper(ben: Member) -> None:
    first = add(ben, identifiers=[ARXIV])
    with pytest.raises(PaperExists) as refusal:
        add(ben, "Another title", identifiers=[ARXIV])
    assert refusal.value.paper == first
    assert Paper.objects.count() == 1


@pytest.mark.parametrize("title", ["RIGID  Bodies.", "Rigid bodies:"])
def test_a_title_that_is_here_is_shown_before_anything_is_made(ben: Member, title: str) -> None:
    first = add(ben)
    with pytest.raises(PaperLooksKnown) as refusal:
        add(ben, title)
    assert refusal.value.papers == [first]
    assert Paper.objects.count() == 1
    assert add(ben, title, although_alike=True) != first


def test_a_subtitle_does_not_hide_a_known_paper(ben: Member) -> None:
    first = add(ben, "Deep residual learning for image recognition")
    with pytest.raises(PaperLooksKnown) as refusal:
        add(ben, "Deep Residual Learning for Image Recognition (extended)")
    assert refusal.value.papers == [first]


def test_a_title_that_is_the_name_of_a_page_gets_another_address(ben: Member) -> None:
    assert add(ben, "Review").slug == "review-paper"


def test_changing_a_paper_writes_what_changed(ben: Member) -> None:
    paper = add(ben, identifiers=[ARXIV])
    changed = change_paper(
        paper=paper, facts=facts_of(paper, title="Soft bodies", year=2021), by=ben, at=make.NOW
    )
    assert (changed.title, changed.slug, changed.year) == ("Soft bodies", "soft-bodies", 2021)
    event = Event.objects.latest("pk")
    assert (event.kind, event.data) == ("paper-changed", {"fields": ["title", "year"]})


def test_changing_nothing_tells_nothing(ben: Member) -> None:
    paper = add(ben, identifiers=[ARXIV], links=[("code", "https://github.com/a/b")])
    change_paper(paper=paper, facts=facts_of(paper), by=ben, at=make.NOW)
    assert kinds() == ["paper-added"]


def test_changing_links_keeps_the_labels_of_those_that_stay(ben: Member) -> None:
    paper = add(ben, links=[("code", "https://a.example/x"), ("paper", "https://b.example/y")])
    paper.links.filter(kind="code").update(label="official")
    wanted = [("paper", "https://c.example/z"), ("code", "https://a.example/x")]
    change_paper(paper=paper, facts=facts_of(paper, links=wanted), by=ben, at=make.NOW)
    links = list(paper.links.values_list("url", "label"))
    assert links == [("https://c.example/z", ""), ("https://a.example/x", "official")]


def test_a_paper_cannot_take_the_identifier_of_another(ben: Member) -> None:
    add(ben, identifiers=[ARXIV])
    other = add(ben, "Other words")
    with pytest.raises(PaperExists):
        change_paper(paper=other, facts=facts_of(other, identifiers=[ARXIV]), by=ben, at=make.NOW)


def test_topics_know_their_way_from_the_root(ada: Member) -> None:
    theory = new_topic(ada, "Theory")
    sgd = new_topic(ada, "Training & SGD", theory)
    assert (sgd.path, sgd.depth, sgd.position) == ("theory/training-sgd", 1, 0)
    assert new_topic(ada, "Bounds", theory).position == 1
    assert new_topic(ada, "強化学習").path == "強化学習"
    assert set(kinds()) == {"topic-added"}


def test_siblings_do_not_share_a_name(ada: Member) -> None:
    first = new_topic(ada, "Theory")
    with pytest.raises(TopicExists) as refusal:
        new_topic(ada, "theory")
    assert refusal.value.topic == first


def test_names_that_differ_share_no_address(ada: Member) -> None:
    new_topic(ada, "C")
    assert new_topic(ada, "C++").path == "c-2"


def test_renaming_a_topic_renames_the_way_to_all_below(ada: Member) -> None:
    theory = new_topic(ada, "Theory")
    new_topic(ada, "Deep", new_topic(ada, "SGD", theory))
    new_topic(ada, "Theory of mind")
    change_topic(topic=theory, name="Foundations", description="x", by=ada, at=make.NOW)
    assert paths() == [
        ("foundations", 0),
        ("foundations/sgd", 1),
        ("foundations/sgd/deep", 2),
        ("theory-of-mind", 0),
    ]


def test_moving_a_topic_takes_all_below_along(ada: Member) -> None:
    theory, practice = new_topic(ada, "Theory"), new_topic(ada, "Practice")
    sgd = new_topic(ada, "SGD", theory)
    new_topic(ada, "Deep", sgd)
    move_topic(topic=sgd, parent=practice, by=ada, at=make.NOW)
    assert paths() == [
        ("practice", 0),
        ("practice/sgd", 1),
        ("practice/sgd/deep", 2),
        ("theory", 0),
    ]
    move_topic(topic=sgd, parent=None, by=ada, at=make.NOW)
    assert ("sgd/deep", 1) in paths()


def test_a_topic_cannot_stand_below_itself(ada: Member) -> None:
    theory = new_topic(ada, "Theory")
    deep = new_topic(ada, "Deep", new_topic(ada, "SGD", theory))
    for parent in (theory, deep):
        with pytest.raises(TopicCycle):
            move_topic(topic=theory, parent=parent, by=ada, at=make.NOW)


def test_moving_a_topic_to_where_it_is_does_nothing(ada: Member) -> None:
    theory = new_topic(ada, "Theory")
    move_topic(topic=theory, parent=None, by=ada, at=make.NOW)
    assert kinds() == ["topic-added"]


def test_listing_twice_is_listing_once(ada: Member) -> None:
    paper, topic = make.paper(), make.topic()
    first = list_paper(paper=paper, topic=topic, note="Read *this*.", by=ada, at=make.NOW)
    assert "<em>this</em>" in first.note_html
    assert list_paper(paper=paper, topic=topic, by=ada, at=make.NOW) == first
    assert kinds() == ["paper-listed"]


def test_taking_a_paper_out_of_a_topic_leaves_the_paper(ada: Member) -> None:
    paper, topic = make.paper(), make.topic()
    listing = list_paper(paper=paper, topic=topic, by=ada, at=make.NOW)
    unlist_paper(listing=listing, by=ada, at=make.NOW)
    unlist_paper(listing=listing, by=ada, at=make.NOW)
    assert Paper.objects.count() == 1
    assert not Listing.objects.exists()
    assert kinds() == ["paper-listed", "topic-changed"]


def test_a_note_is_rendered_when_it_is_written(ada: Member) -> None:
    listing = make.listing(make.paper(), make.topic())
    change_listing(listing=listing, note="**So**.", by=ada, at=make.NOW)
    listing.refresh_from_db()
    assert "<strong>So</strong>" in listing.note_html


def test_papers_of_a_topic_stand_in_the_order_given(ada: Member) -> None:
    topic = make.topic()
    rows = [make.listing(make.paper(name), topic) for name in ("One", "Two", "Three")]
    order_listings(topic=topic, listings=[rows[2].pk, rows[0].pk], by=ada, at=make.NOW)
    titles = topic.listings.values_list("paper__title", flat=True)
    assert list(titles) == ["Three", "One", "Two"]
