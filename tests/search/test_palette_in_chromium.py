"""Ctrl+K and the completion of mentions in a real browser, by keys alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from papers.models import Member, Paper
from papers.search.index.actions import refresh
from tests import make
from tests.waiting import wait_for_frames

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = (Path(__file__).resolve().parents[1] / "vendor/axe-core/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Preloading serves rules about stylesheets, none of which runs here, by adding a style element.
RUN = """async (tags) => (await axe.run(document, {runOnly: tags, preload: false})).violations
  .map(v => `${v.id}: ${v.nodes[0].html}`)"""


@pytest.fixture
def paper(transactional_db: None) -> Paper:
    """A paper that the index knows."""
    make.lab()
    paper = make.paper("Attention is all you need", authors=["A. Vaswani"], year=2017)
    refresh([paper.pk])
    return paper


def check_axe(page: Page) -> None:
    page.evaluate(AXE)
    assert page.evaluate(RUN, RULES) == []


def open_palette(page: Page) -> Any:
    page.goto("/topics/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name="Jump to...")
    expect(dialog.get_by_role("option").first).to_be_visible()
    return dialog


def test_control_k_leads_to_a_paper_by_a_few_letters(
    open_as: Any, paper: Paper, ben: Member
) -> None:
    page = open_as(ben)
    dialog = open_palette(page)
    expect(dialog.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("atten")
    expect(dialog.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{paper.get_absolute_url()}")
    assert page.complaints == []


def test_arrows_go_round_and_escape_gives_the_focus_back(
    open_as: Any, paper: Paper, ben: Member
) -> None:
    page = open_as(ben)
    dialog = open_palette(page)
    options = dialog.get_by_role("option")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    name = options.nth(1).get_attribute("id")
    expect(dialog.get_by_role("combobox")).to_have_attribute("aria-activedescendant", str(name))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(dialog).to_be_visible()
    page.keyboard.press("Control+k")
    expect(dialog).to_be_hidden()


def test_nothing_found_is_said_and_leads_to_the_search(
    open_as: Any, paper: Paper, ben: Member
) -> None:
    page = open_as(ben)
    dialog = open_palette(page)
    page.keyboard.type("zzzz")
    expect(dialog.get_by_role("status")).to_have_text("No results")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/?q=zzzz")


def test_enter_opens_what_was_typed_and_not_what_was_found_before(
    open_as: Any, paper: Paper, ben: Member
) -> None:
    page = open_as(ben)
    dialog = open_palette(page)
    expect(dialog.get_by_role("option").first).to_be_visible()
    page.keyboard.type("zzzz")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/?q=zzzz")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_palette_has_no_violation(
    open_as: Any, paper: Paper, ada: Member, theme: str, width: int
) -> None:
    page = open_as(ada, viewport={"width": width, "height": 700}, color_scheme=theme)
    page.goto("/search/palette/?q=a")
    check_axe(page)
    open_palette(page)
    for more, text in (("at", "at"), ("zzzz", "atzzzz")):
        with page.expect_response(f"**/search/palette/?*q={text}"):
            page.keyboard.type(more)
        wait_for_frames(page)
        check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_menu_leads_to_the_palette_without_a_script(
    open_as: Any, paper: Paper, ben: Member
) -> None:
    page = open_as(ben, java_script_enabled=False)
    page.goto("/topics/")
    page.locator("summary", has_text="Account menu").click()
    page.get_by_role("link", name="Jump to...").click()
    page.get_by_label("A paper, topic, member, meeting or page").fill("atten")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Attention is all you need").click()
    page.wait_for_url(f"**{paper.get_absolute_url()}")


def test_a_mention_is_completed_in_a_comment(
    open_as: Any, paper: Paper, ben: Member, cy: Member
) -> None:
    page = open_as(ben)
    page.goto(paper.get_absolute_url())
    text = page.get_by_label("Add a comment")
    text.press_sequentially("Ask @c")
    choices = page.get_by_role("listbox", name="Members")
    expect(choices.get_by_role("option").first).to_be_visible()
    check_axe(page)
    page.keyboard.type("y")
    expect(choices.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(text).to_have_value("Ask @cy ")
    expect(choices).to_have_count(0)
    page.keyboard.type("about #atten")
    expect(page.get_by_role("listbox", name="Papers")).to_be_visible()
    page.keyboard.press("Tab")
    expect(text).to_have_value(f"Ask @cy about #{paper.pk} ")
    page.keyboard.press("Control+z")
    expect(text).not_to_have_value(f"Ask @cy about #{paper.pk} ")
    assert page.complaints == []


def test_a_mention_is_completed_in_the_review_editor(
    open_as: Any, paper: Paper, ben: Member, cy: Member
) -> None:
    page = open_as(ben)
    page.goto(f"/papers/{paper.pk}/review/")
    text = page.get_by_role("textbox", name="Critique")
    text.fill("First line\n")
    text.press_sequentially("see @c")
    option = page.get_by_role("option", name="Cy Member")
    expect(option).to_be_visible()
    place, box = option.bounding_box(), text.bounding_box()
    assert place
    assert box
    assert box["x"] <= place["x"] <= box["x"] + box["width"]
    option.click()
    expect(text).to_have_value("First line\nsee @cy ")
    expect(text).to_be_focused()
    expect(page.locator("#saved")).to_contain_text("Saved")


def test_escape_leaves_the_text_as_it_is(open_as: Any, paper: Paper, ben: Member) -> None:
    page = open_as(ben)
    page.goto(paper.get_absolute_url())
    text = page.get_by_label("Add a comment")
    text.press_sequentially("@be")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(text).to_have_value("@be\n")
