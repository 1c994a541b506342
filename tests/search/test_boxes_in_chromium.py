"""Search boxes in a real browser: ways to go on with a search appear while typing, everywhere."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from papers.models import Member, Paper
from papers.search.index.actions import refresh
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def paper(ben: Member) -> Paper:
    make.topic("Robustness")
    paper = make.paper("Attention is all you need", year=2017)
    refresh([paper.pk])
    return paper


@pytest.mark.parametrize(
    ("path", "box"),
    [("/topics/", "#site-search"), ("/papers/", "#finder")],
    ids=["top", "catalogue"],
)
def test_every_search_box_offers_how_to_go_on(
    open_as: Any, paper: Paper, ben: Member, path: str, box: str
) -> None:
    page = open_as(ben)
    page.goto(path)
    page.locator(box).press_sequentially("attention is:rev")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options.first).to_contain_text("reviewed")
    expect(page.locator(box)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(box)).to_have_value("attention is:reviewed ")
    page.keyboard.press("Backspace")
    expect(options.first).to_be_visible()
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    page.locator(box).fill("attention")
    hit = options.filter(has_text=paper.title)
    expect(hit).to_have_count(1 if box == "#site-search" else 0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/?q=attention*")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(page.get_by_role("link", name=paper.title).first).to_be_visible()
    if box == "#site-search":
        page.goto(path)
        page.locator(box).press_sequentially("attention is:rev")
        page.locator(box).fill("attention all")
        expect(hit).to_be_visible()
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{paper.get_absolute_url()}")
    # A search that the next page overtakes is told by htmx as an error.
    assert [one for one in page.complaints if not one.startswith("htmx:")] == []


def test_a_long_list_of_topics_is_narrowed_by_a_few_letters(
    open_as: Any, paper: Paper, ben: Member
) -> None:
    for number in range(30):
        make.topic(f"Topic {number}")
    page = open_as(ben)
    page.goto("/papers/new/")
    boxes = page.locator("#id_topics label:visible")
    expect(boxes).to_have_count(31)
    page.get_by_label("Topic 7", exact=True).check()
    page.get_by_label("Filter topics").fill("róbust")
    expect(boxes).to_have_text(["Robustness", "Topic 7"])
    page.get_by_label("Filter topics").press("Enter")
    expect(page.get_by_label("Filter topics")).to_be_visible()
    assert page.complaints == []
