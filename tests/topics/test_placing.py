"""Topics that are dragged to another place of the tree, and what stands against it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from papers.models import Event, Member, Topic
from tests import make

FRAGMENT = {"HX-Request": "true", "HX-Target": "topic-tree"}


@pytest.fixture
def tree(lab: object) -> dict[str, Topic]:
    """a (b, c), d."""
    topics = {name: make.topic(name, position=n) for n, name in enumerate("ad")}
    topics |= {name: make.topic(name, topics["a"], position=n) for n, name in enumerate("bc")}
    return topics


def drop(client: Client, topic: Topic, side: str, target: Topic, **seen: Any) -> str:
    """Drop it as the page does, and give back the page that comes."""
    parents = {"parent": topic.parent_id or "", "target_parent": target.parent_id or ""}
    sent = {"target": target.pk, "side": side} | parents | seen
    answer = client.post(f"/topic-places/{topic.pk}/", sent, headers=FRAGMENT)
    assert answer.status_code == 200
    return answer.text


def draw() -> str:
    """The tree as letters, what is below in brackets."""

    def draw_below(parent: Topic | None) -> str:
        rows = Topic.objects.filter(parent=parent)
        below = [(row.name, draw_below(row)) for row in rows]
        return " ".join(f"{name}({inner})" if inner else name for name, inner in below)

    return draw_below(None)


@pytest.mark.parametrize(
    ("moved", "side", "target", "found"),
    [
        ("d", "before", "a", "d a(b c)"),
        ("d", "inside", "a", "a(b c d)"),
        ("d", "before", "c", "a(b d c)"),
        ("b", "after", "c", "a(c b) d"),
        ("b", "after", "a", "a(c) b d"),
        ("c", "inside", "b", "a(b(c)) d"),
        ("a", "after", "d", "d a(b c)"),
    ],
)
def test_a_topic_goes_where_it_is_dropped_and_back(
    as_ada: Client, tree: dict[str, Topic], moved: str, side: str, target: str, found: str
):
    page = drop(as_ada, tree[moved], side, tree[target])
    assert draw() == found
    assert 'id="topic-tree"' in page
    assert f"Moved “{moved}”." in page
    topic = Topic.objects.get(pk=tree[moved].pk)
    assert topic.path == (f"{topic.parent.path}/{moved}" if topic.parent else moved)
    assert Event.objects.get().kind == Event.Kind.TOPIC_CHANGED
    assert "Topic moved" in as_ada.get("/activity/undo/").text
    (undo,) = set(re.findall(r'formaction="(/activity/\d+/undo/)"', page))
    as_ada.post(undo)
    assert draw() == "a(b c) d"
    assert "Topic moved" not in as_ada.get("/activity/undo/").text


def test_what_cannot_be_is_refused_with_a_sentence(as_ada: Client, tree: dict[str, Topic]):
    a, b, d = tree["a"], tree["b"], tree["d"]
    assert "A topic can&#x27;t be inside itself." in drop(as_ada, a, "inside", tree["c"])
    make.topic("B", d)
    assert "already a topic called" in drop(as_ada, b, "inside", d)
    stale = "Someone changed these topics meanwhile."
    assert stale in drop(as_ada, b, "before", a, parent=d.pk)
    assert stale in drop(as_ada, d, "after", b, target_parent="")
    gone = make.topic("gone")
    gone.delete()
    assert stale in drop(as_ada, b, "before", Topic(pk=999_999))
    drop(as_ada, b, "before", b)
    drop(as_ada, b, "before", tree["c"])
    drop(as_ada, b, "beside", a)
    assert draw() == "a(b c) d(B)"
    assert not Event.objects.exists()


def test_a_move_is_undone_as_long_as_its_place_is_there(as_ada: Client, tree: dict[str, Topic]):
    page = drop(as_ada, tree["b"], "before", tree["a"])
    (undo,) = set(re.findall(r'formaction="(/activity/\d+/undo/)"', page))
    make.topic("b", tree["a"])
    assert "already a topic called" in as_ada.post(undo, follow=True).text
    moved = Topic.objects.get(pk=tree["b"].pk)
    drop(as_ada, moved, "after", tree["d"])
    assert as_ada.post(undo).status_code == 404, "it has been moved once more"


@pytest.mark.parametrize(
    ("moved", "step", "found"),
    [
        ("a", "1", "d a(b c)"),
        ("d", "-1", "d a(b c)"),
        ("b", "1", "a(c b) d"),
        ("c", "-1", "a(c b) d"),
    ],
)
def test_a_step_is_a_move_that_can_be_undone(
    as_ada: Client, tree: dict[str, Topic], moved: str, step: str, found: str
):
    url = f"/topic-positions/{tree[moved].pk}/"
    page = as_ada.post(url, {"step": step}, headers=FRAGMENT).text
    assert draw() == found
    assert f"Moved “{moved}”." in page
    event = Event.objects.get()
    assert (event.topic_id, event.data["change"]) == (tree[moved].pk, "moved")
    (undo,) = set(re.findall(r'formaction="(/activity/\d+/undo/)"', page))
    as_ada.post(undo)
    assert draw() == "a(b c) d"


def test_the_button_keeps_the_focus_or_hands_it_on(as_ada: Client, tree: dict[str, Topic]):
    def find_focused(topic: Topic, step: str) -> list[str]:
        page = as_ada.post(f"/topic-positions/{topic.pk}/", {"step": step}, headers=FRAGMENT).text
        buttons = re.findall(r'value="(-?1)" formaction="/topic-positions/(\d+)/"([^>]*)>', page)
        return [f"{pk} {way}" for way, pk, rest in buttons if "autofocus" in rest]

    make.topic("e", position=2)
    a, b = tree["a"], tree["b"]
    assert find_focused(a, "1") == [f"{a.pk} 1"]
    assert find_focused(a, "1") == [f"{a.pk} -1"], "as the last it goes no further down"
    assert find_focused(b, "1") == [f"{b.pk} -1"]
    assert find_focused(b, "1") == [f"{b.pk} -1"]
    assert Event.objects.count() == 3, "a step beyond the end is none"


def test_a_step_leads_back_to_the_page_of_its_button(as_ada: Client, tree: dict[str, Topic]):
    url, here = f"/topic-positions/{tree['b'].pk}/", "http://testserver/topics/?edit"
    assert as_ada.post(url, {"step": "1"}, headers={"Referer": here})["Location"] == here
    elsewhere = {"Referer": "https://example.org/"}
    assert as_ada.post(url, {"step": "-1"}, headers=elsewhere)["Location"] == "/topics/?edit"


def test_a_member_drags_nothing(as_ben: Client, ben: Member, tree: dict[str, Topic]):
    assert as_ben.post(f"/topic-places/{tree['a'].pk}/").status_code == 403
    assert "data-drag" not in as_ben.get("/topics/?edit").text
