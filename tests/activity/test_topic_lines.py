"""What the log says of topics, and what of it is undone there."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from papers.activity.queries import make_activity
from papers.importing.intake.applying.actions.apply_imports import apply_import
from papers.importing.intake.previewing.actions.documents import preview_import
from papers.models import Event, Lab, Member, Topic
from papers.topics.merging.actions import delete_topic, merge_topics
from papers.topics.placing.actions import edit_topic
from tests import make
from tests.make import NOW


@pytest.fixture
def vision(lab: Lab) -> Topic:
    """Vision (Detection, Tracking), Speech."""
    vision = make.topic("Vision", position=0)
    make.topic("Detection", vision, position=0)
    make.topic("Tracking", vision, position=1)
    make.topic("Speech", position=1)
    return vision


def read_newest() -> str:
    return make_activity(Event.objects.order_by("pk").last()).text


def edit(topic: str, by: Member, **changed: object) -> None:
    row = Topic.objects.get(name=topic)
    said = {"name": row.name, "description": row.description, "parent": row.parent}
    edit_topic(topic=row, by=by, at=NOW, **(said | changed))


def test_a_move_says_where_to(as_ada: Client, vision: Topic) -> None:
    keys = dict(Topic.objects.values_list("name", "pk"))
    for name, step, said in (
        ("Detection", "1", "in Vision, below Tracking"),
        ("Detection", "-1", "first in Vision"),
        ("Vision", "1", "below Speech"),
        ("Vision", "-1", "to the top"),
    ):
        as_ada.post(f"/topic-positions/{keys[name]}/", {"step": step})
        assert read_newest() == f"Ada Curator moved the topic {name} · {said}"
    as_ada.post(f"/activity/{Event.objects.latest('pk').pk}/undo/")
    assert read_newest() == "Ada Curator undid a change to the topic Vision"


def test_renaming_and_moving_is_one_line_and_one_undo(
    ada: Member, as_ada: Client, vision: Topic
) -> None:
    speech = Topic.objects.get(name="Speech")
    form = {"name": "Voices", "parent": vision.pk, "description": "New"}
    page = as_ada.post(speech.get_absolute_url(), form, follow=True).text
    assert read_newest() == (
        "Ada Curator renamed the topic Voices · Speech → Voices, in Vision, below Tracking"
    )
    assert Event.objects.count() == 1
    (undo,) = set(re.findall(r'formaction="(/activity/\d+/undo/)"', page))
    assert "Topic renamed" in as_ada.get("/activity/undo/").text
    as_ada.post(undo)
    speech.refresh_from_db()
    assert (speech.name, speech.path, speech.parent) == ("Speech", "speech", None)
    assert speech.description == "New", "what was written stays"
    assert list(Topic.objects.filter(parent=None)) == [vision, speech]
    assert as_ada.post(undo).status_code == 404


def test_a_description_alone_offers_no_undo(as_ada: Client, vision: Topic) -> None:
    page = as_ada.post("/topics/vision/", {"name": "Vision", "description": "New"}, follow=True)
    assert "Topic saved." in page.text
    assert "/undo/" not in page.text.replace("/activity/undo/", "")


def test_a_rename_is_undone_until_the_next_one_or_a_merge(
    ada: Member, as_ada: Client, vision: Topic
) -> None:
    edit("Vision", ada, name="Sight")
    first = f"/activity/{Event.objects.latest('pk').pk}/undo/"
    edit("Sight", ada, name="Seeing")
    second = f"/activity/{Event.objects.latest('pk').pk}/undo/"
    assert as_ada.post(first).status_code == 404
    merge_topics(kept=Topic.objects.get(name="Speech"), gone=vision, by=ada, at=NOW)
    assert as_ada.post(second).status_code == 404
    assert Topic.objects.filter(name="Speech").exists()


def test_a_name_that_was_taken_since_stays_taken(
    ada: Member, as_ada: Client, vision: Topic
) -> None:
    edit("Vision", ada, name="Sight")
    undo = f"/activity/{Event.objects.latest('pk').pk}/undo/"
    make.topic("vision")
    assert "already a topic called" in as_ada.post(undo, follow=True).text


def test_what_is_gone_is_named(ada: Member, vision: Topic) -> None:
    rows = {row.name: row for row in Topic.objects.all()}
    merge_topics(kept=rows["Detection"], gone=rows["Tracking"], by=ada, at=NOW)
    assert read_newest() == "Ada Curator merged another topic into Detection · Tracking"
    delete_topic(topic=rows["Speech"], by=ada, at=NOW)
    assert read_newest() == "Ada Curator deleted a topic · Speech"


def test_a_name_with_braces_is_only_a_name(ada: Member, as_ada: Client, vision: Topic) -> None:
    edit("Vision", ada, name="{what} <b>")
    edit("Detection", ada, name="{who}")
    page = as_ada.get("/activity/").text
    assert "Detection → {who}" in page
    assert "Vision → {what} &lt;b&gt;" in page


def test_the_curators_log_lists_imports_and_leads_to_bulk_changes(
    lab: Lab, ada: Member, as_ada: Client, as_ben: Client
) -> None:
    source = b"# Trees\n- [Attention is all you need](https://arxiv.org/abs/1706.03762), 2017.\n"
    job = preview_import(data=source, name="trees.md", by=ada, at=NOW)
    apply_import(job=job, by=ada, at=NOW)
    topic, paper = make.topic("Listed"), make.paper("Listed paper")
    form = {"paper": paper.pk, "act": "listed", "topic": topic.pk}
    url = as_ada.post("/papers/selection/", form)["Location"]
    log = as_ada.get("/activity/?kind=curation").text
    assert "trees.md" in log
    assert f'href="{url}"' in log
    assert f'href="{url}"' not in as_ben.get("/activity/?kind=curation").text
