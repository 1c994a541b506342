"""Sorting many papers in a real browser: by keys, without JavaScript, on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from papers.models import Listing, Member, Topic
from papers.search.index.actions import refresh
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def topic(transactional_db: None) -> Topic:
    """A topic, and thirty papers that the index knows."""
    make.lab()
    refresh([make.paper(f"On the number {n:02}", year=2000 + n).pk for n in range(30)])
    return make.topic("Theory")


def count_listed() -> int:
    return Listing.objects.count()


def test_rows_are_ticked_and_sorted_by_keys_alone(
    open_as: Callable[..., Page], ada: Member, topic: Topic
) -> None:
    page = open_as(ada)
    page.goto("/papers/?size=25")
    page.wait_for_load_state("networkidle")
    for key in ("j", "x", "j", "j", "x"):
        page.keyboard.press(key)
    go = page.get_by_role("button", name="Go on with 2")
    expect(go).to_be_visible()
    assert page.locator("[data-tick-all]").evaluate("box => box.indeterminate")
    go.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/selection/?*")
    expect(page.get_by_role("heading", name="2 papers")).to_be_visible()
    page.get_by_label("Topic", exact=True).focus()
    page.keyboard.type("Theory")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2 papers put under Theory.")).to_be_visible()
    assert count_listed() == 2
    page.get_by_role("button", name="Take it back").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("took it back")).to_be_visible()
    assert count_listed() == 0
    assert page.complaints == []  # type: ignore[attr-defined]


def test_one_box_ticks_the_page_and_shift_a_range(
    open_as: Callable[..., Page], ada: Member, topic: Topic
) -> None:
    page = open_as(ada)
    page.goto("/papers/?size=25")
    page.wait_for_load_state("networkidle")
    everything, boxes = page.get_by_label("All on this page"), page.locator(".tick input")
    everything.check()
    expect(page.get_by_role("button", name="Go on with 25")).to_be_visible()
    boxes.nth(3).uncheck()
    expect(page.get_by_role("button", name="Go on with 24")).to_be_visible()
    everything.check()
    everything.uncheck()
    expect(page.locator(".tick :checked")).to_have_count(0)
    boxes.nth(1).check()
    boxes.nth(5).click(modifiers=["Shift"])
    expect(page.get_by_role("button", name="Go on with 5")).to_be_visible()
    page.get_by_role("button", name="Go on with 5").click()
    expect(page.get_by_role("heading", name="5 papers")).to_be_visible()
    page.go_back()
    expect(page.locator(".tick input")).to_have_count(25)
    page.get_by_role("link", name="On the number 29").focus()
    page.keyboard.press("c")
    row = page.locator(".row").first
    expect(row.get_by_role("button", name="Give back")).to_be_visible()
    expect(row.get_by_role("checkbox")).to_be_visible()


def test_the_whole_result_is_sorted_without_a_script(
    open_as: Callable[..., Page], ada: Member, topic: Topic
) -> None:
    page = open_as(ada, java_script_enabled=False, viewport={"width": 360, "height": 800})
    page.goto("/papers/?q=year:2005..&size=25")
    page.get_by_label("All 25 found").wait_for(state="detached")
    page.goto("/papers/?q=year:2000..&size=25")
    page.get_by_label("All 30 found").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Topic", exact=True).select_option("Theory")
    page.get_by_role("button", name="Put them there").click()
    expect(page.get_by_role("heading", name="30 papers put under Theory.")).to_be_visible()
    assert count_listed() == 30
    page.get_by_role("button", name="Take it back").click()
    assert count_listed() == 0


def test_nothing_stands_beside_the_screen_of_a_phone(
    open_as: Callable[..., Page], ada: Member, topic: Topic
) -> None:
    page = open_as(ada, viewport={"width": 360, "height": 800})
    keys = ",".join(map(str, range(1, 40)))
    for address in ("/papers/", f"/papers/selection/?paper={keys}&act=unlist"):
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360, address
