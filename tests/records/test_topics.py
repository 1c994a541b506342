"""Topics merge, move, get other names and are deleted; their old addresses lead on."""

from __future__ import annotations

import pytest
from django.test import Client

from papers.journal import list_relations
from papers.models import Follow, Listing, Member, Removal, Topic
from papers.records.actions.undoing import undo_removal
from papers.topics.actions.nodes import TopicCycle, change_topic
from papers.topics.merging.actions import JOINS, TopicNotEmpty, delete_topic, merge_topics
from tests import make
from tests.clock import NOW
from tests.records.labs import dump
from tests.topics.moving import move_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(ada: Member, ben: Member) -> dict[str, Topic]:
    """Two topics with subtopics of one name, papers in both."""
    deep = make.topic("Deep learning")
    networks = make.topic("Neural networks")
    found = {
        "deep": deep,
        "networks": networks,
        "deep theory": make.topic("Theory", deep),
        "networks theory": make.topic("theory", networks),
        "vision": make.topic("Vision", networks),
    }
    found["edges"] = make.topic("Edges", found["vision"])
    shared = make.paper("In both", topics=[])
    make.listing(shared, deep, note="One")
    make.listing(shared, networks, note="Two")
    make.paper("In one", topics=[networks])
    make.paper("Below", topics=[found["networks theory"], found["edges"]])
    make.claim(shared, ben, due_on=None, topic=networks)
    for topic in (deep, networks):
        Follow.objects.create(by=ben, topic=topic, at=NOW)
    make.index()
    return found


def test_every_table_that_names_a_topic_knows_how_to_join() -> None:
    """A new table must say what becomes of its rows: add it to `topics.merging.actions`."""
    assert {(one.related_model, one.field.name) for one in list_relations(Topic)} == set(JOINS)


def test_topics_merge_with_all_below_them(tree: dict[str, Topic], ada: Member) -> None:
    before = dump()
    removal = merge_topics(kept=tree["deep"], gone=tree["networks"], by=ada, at=NOW)
    assert merge_topics(kept=tree["deep"], gone=tree["networks"], by=ada, at=NOW) == removal
    paths = sorted(Topic.objects.values_list("path", flat=True))
    assert paths == [
        "deep-learning", "deep-learning/theory", "deep-learning/vision",
        "deep-learning/vision/edges",
    ]  # fmt: skip
    notes = Listing.objects.filter(topic=tree["deep"], paper__title="In both")
    assert notes.get().note == "One\n\nTwo"
    assert Listing.objects.filter(topic=tree["deep"]).count() == 2
    undo_removal(removal=removal, by=ada, at=NOW)
    after = dump()
    for rows in (before, after):
        rows["papers_event"] = [row for row in rows["papers_event"] if '"topic-' not in row]
    assert after == before


def test_a_topic_is_not_merged_into_one_below_it(tree: dict[str, Topic], ada: Member) -> None:
    with pytest.raises(TopicCycle):
        merge_topics(kept=tree["edges"], gone=tree["networks"], by=ada, at=NOW)


def test_a_subtopic_goes_into_its_parent(tree: dict[str, Topic], ada: Member) -> None:
    merge_topics(kept=tree["networks"], gone=tree["vision"], by=ada, at=NOW)
    assert Topic.objects.filter(path="neural-networks/edges").exists()


def test_undo_after_a_renaming_puts_the_tree_in_order(tree: dict[str, Topic], ada: Member) -> None:
    removal = merge_topics(kept=tree["deep"], gone=tree["networks"], by=ada, at=NOW)
    change_topic(topic=tree["deep"], name="Deep nets", description="", by=ada, at=NOW)
    undo_removal(removal=removal, by=ada, at=NOW)
    for topic in Topic.objects.select_related("parent"):
        start = f"{topic.parent.path}/" if topic.parent else ""
        assert topic.path == f"{start}{topic.slug}"


def test_old_addresses_lead_on(tree: dict[str, Topic], ada: Member, as_ben: Client) -> None:
    change_topic(topic=tree["vision"], name="Seeing", description="", by=ada, at=NOW)
    move_topic(topic=tree["vision"], parent=tree["deep"], by=ada, at=NOW)
    change_topic(topic=tree["deep"], name="Depth", description="", by=ada, at=NOW)
    merge_topics(kept=tree["deep"], gone=tree["networks"], by=ada, at=NOW)
    for old, new in {
        "neural-networks/vision/edges": "depth/seeing/edges",
        "neural-networks/seeing": "depth/seeing",
        "deep-learning/seeing": "depth/seeing",
        "deep-learning/theory": "depth/theory",
        "neural-networks/theory": "depth/theory",
        "neural-networks": "depth",
    }.items():
        assert as_ben.get(f"/topics/{old}/")["Location"] == f"/topics/{new}/", old


def test_an_empty_topic_is_deleted_and_comes_back(
    tree: dict[str, Topic], ada: Member, as_ada: Client
) -> None:
    with pytest.raises(TopicNotEmpty):
        delete_topic(topic=tree["vision"], by=ada, at=NOW)
    as_ada.post(f"/topic-deletions/{tree['vision'].pk}/")
    empty = make.topic("Empty")
    page = as_ada.get("/topics/empty/?edit").content.decode()
    assert f"/topic-deletions/{empty.pk}/" in page
    as_ada.post(f"/topic-deletions/{empty.pk}/")
    assert not Topic.objects.filter(name="Empty").exists()
    as_ada.post(f"/curation/removals/{Removal.objects.get().pk}/undoing/")
    assert Topic.objects.get(name="Empty").path == "empty"
    assert Topic.objects.filter(name="Vision").exists()


def test_a_curator_merges_topics_from_their_page(
    tree: dict[str, Topic], as_ada: Client, as_ben: Client
) -> None:
    here = f"/topic-merges/{tree['networks'].pk}/"
    assert as_ben.get(here).status_code == 403
    page = as_ada.get(here).content.decode()
    assert f'<option value="{tree["deep"].pk}"' in page
    assert f'<option value="{tree["edges"].pk}"' not in page
    assert as_ada.post(here, {"into": tree["edges"].pk}).status_code == 422
    answer = as_ada.post(here, {"into": tree["deep"].pk})
    assert answer["Location"] == "/topics/deep-learning/"


def test_no_topic_to_merge_into_is_preselected(tree: dict[str, Topic], as_ada: Client) -> None:
    here = f"/topic-merges/{tree['networks'].pk}/"
    page = as_ada.get(here).text
    assert '<option value="" selected>Choose a topic</option>' in page
    assert "Choose the topic to merge it into." in as_ada.post(here, {"into": ""}).text


def test_topics_of_a_similar_name_are_offered_first(tree: dict[str, Topic], as_ada: Client) -> None:
    alike, unlike = make.topic("Neural nets"), make.topic("Agriculture")
    page = as_ada.get(f"/topic-merges/{tree['networks'].pk}/").text
    similar, every = page.split('<optgroup label="All topics">')
    assert 'label="Similar names"' in similar
    assert f'value="{alike.pk}">Neural nets<' in similar
    assert f'value="{unlike.pk}"' not in similar
    assert f'value="{alike.pk}"' in every
    assert f'value="{unlike.pk}"' in every
