"""`topic:none` finds papers without a topic, and the pages that lead there."""

from __future__ import annotations

from django.test import Client

from papers.models import Lab, Member
from papers.search.index.actions import refresh
from papers.search.palette.completion import complete
from papers.topics.actions.bulk_create import create_topics
from papers.topics.actions.nodes import add_topic
from tests import make
from tests.search.test_queries import paper, search, titles


def test_papers_without_a_topic_are_found_and_counted(ben: Member, lab: Lab) -> None:
    one, two = make.topic("One"), make.topic("Two")
    for title, topics in (("Lost", []), ("Listed", [one]), ("Twice", [one, two])):
        paper(title, topics=topics)
    for text in ("topic:none", "topic:None", "topic:none lost"):
        assert titles(text, ben, lab) == ["Lost"], text
    assert set(titles("-topic:none", ben, lab)) == {"Listed", "Twice"}
    assert set(titles("topic:none or topic:two", ben, lab)) == {"Lost", "Twice"}
    found = search("", ben, lab, with_facets=True)
    counts = {v.value: (v.label, v.count.number) for v in found.facets[1].values}
    assert counts == {"one": ("One", 2), "two": ("Two", 1), "none": ("", 1)}
    chosen = search("topic:none", ben, lab, with_facets=True).facets[1].values
    assert [(v.value, v.count.number, v.is_chosen) for v in chosen] == [("none", 1, True)]


def test_a_listing_ends_it(ben: Member, lab: Lab) -> None:
    lost = paper("Lost")
    make.listing(lost, make.topic("One"))
    refresh([lost.pk])
    assert not titles("topic:none", ben, lab)


def test_it_is_completed_and_explained(ben: Member, lab: Lab, as_ben: Client) -> None:
    make.topic("Normalization")
    pairs = [(one.text, one.label) for one in complete("topic:no", by=ben, lab=lab)]
    assert pairs == [("topic:normalization", "Normalization"), ("topic:none", "not in any topic")]
    assert "<code>none</code>: not in any topic" in as_ben.get("/help/search/").text


def test_curators_learn_of_them_on_the_page_of_topics(
    lab: Lab, as_ada: Client, as_ben: Client
) -> None:
    paper("Listed", topics=[make.topic("One")])
    assert "no topic" not in as_ada.get("/topics/").text
    paper("Lost")
    paper("Lost too")
    page = as_ada.get("/topics/").text
    assert "2 papers have no topic" in page
    assert 'href="/papers/?q=topic:none"' in page
    assert "no topic" not in as_ben.get("/topics/").text
    listed = as_ben.get("/papers/?q=topic:none").text
    assert "Lost too" in listed
    assert "Listed" not in listed


def test_no_topic_takes_that_address(lab: Lab, ada: Member) -> None:
    assert create_topics([(("None",), "")]).topics[("None",)].path == "none-2"
    outer = add_topic(name="NONE!", by=ada, at=make.NOW)
    assert outer.path == "none-3"
    assert add_topic(name="None", parent=outer, by=ada, at=make.NOW).path == "none-3/none"
