"""The tree of topics in a real browser: a topic is dragged, undone, and moved from the keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from papers.models import Member
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def drag(page: Page, name: str, target: str, part: float) -> None:
    """Drag a topic by its handle onto a part (0 to 1, from above) of another one's line."""
    grip, line = (find_line(page, one) for one in (name, target))
    start, end = grip.locator("[data-drag]").bounding_box(), line.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + 30, end["y"] + end["height"] * part, steps=4)
    expect(page.locator("[data-drop]")).to_have_count(1)
    page.mouse.up()


def find_line(page: Page, name: str) -> Locator:
    return page.locator(".tree-line").filter(has=page.get_by_role("link", name=name, exact=True))


def list_names(page: Page) -> Locator:
    return page.locator("#topic-tree .tree-name")


def test_a_topic_is_dragged_undone_and_moved_by_keys(open_as: Callable[..., Page], ada: Member):
    theory = make.topic("Theory", position=0)
    make.topic("Bounds", theory)
    make.topic("Vision", position=1)
    make.topic("Speech", position=2)
    page = open_as(ada, viewport={"width": 1280, "height": 800})
    page.goto("/topics/?edit")
    expect(list_names(page)).to_have_text(["Theory", "Bounds", "Vision", "Speech"])
    drag(page, "Speech", "Theory", 0.1)
    expect(list_names(page)).to_have_text(["Speech", "Theory", "Bounds", "Vision"])
    expect(page.get_by_role("status").get_by_text("Moved “Speech”.")).to_be_visible()
    drag(page, "Vision", "Theory", 0.5)
    inner = page.locator("#topic-tree .tree-list .tree-name")
    expect(inner).to_have_text(["Bounds", "Vision"])
    page.get_by_role("button", name="Undo").click()
    expect(inner).to_have_text(["Bounds"])
    page.goto("/topics/?edit")
    button = page.get_by_role("button", name="Move Vision up")
    button.focus()
    page.keyboard.press("Enter")
    expect(list_names(page)).to_have_text(["Speech", "Vision", "Theory", "Bounds"])
    expect(page.get_by_role("status").get_by_text("Moved “Vision”.")).to_be_visible()
    expect(page.get_by_role("button", name="Move Vision up")).to_be_focused()
    page.keyboard.press("Enter")
    expect(list_names(page)).to_have_text(["Vision", "Speech", "Theory", "Bounds"])
    expect(page.get_by_role("button", name="Move Vision down")).to_be_focused()
    assert page.complaints == []  # type: ignore[attr-defined]


def test_a_topic_is_dragged_by_a_finger(open_as: Callable[..., Page], ada: Member):
    for place, name in enumerate(["Theory", "Vision", "Speech"]):
        make.topic(name, position=place)
    page = open_as(ada, viewport={"width": 360, "height": 800}, has_touch=True)
    page.goto("/topics/?edit")
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *places: dict[str, float]) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(places)})

    start = find_line(page, "Speech").locator("[data-drag]").bounding_box()
    end = find_line(page, "Theory").bounding_box()
    assert start
    assert end
    touch("touchStart", {"x": start["x"] + 15, "y": start["y"] + 15})
    for part in (0.9, 0.5, 0.1):
        touch("touchMove", {"x": end["x"] + 30, "y": end["y"] + end["height"] * part})
    expect(page.locator("[data-drop]")).to_have_count(1)
    touch("touchEnd")
    expect(list_names(page)).to_have_text(["Speech", "Theory", "Vision"])
