"""What is pasted into a section: tables, links over words, pictures; undo gives it bare."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from papers.models import Member, ReviewDraft
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTE = """(area, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
  if (area.dispatchEvent(event)) document.execCommand('insertText', false, text);
}"""
"""A paste as the browser does it: the text goes in as it is unless the page took it over."""

PICTURE = "https://lab.example/figures/loss.png"


@pytest.fixture
def page(open_as, ben: Member) -> Iterator[Page]:
    page: Page = open_as(ben)
    page.goto(f"/papers/{make.paper().pk}/review/")
    expect(page.get_by_role("toolbar").first).to_be_visible()
    yield page
    # A save on its way would meet the emptying of the tables.
    page.wait_for_load_state("networkidle")
    expect(page.locator("#saved time")).to_be_visible()
    page.goto("about:blank")


@pytest.fixture
def area(page: Page) -> Locator:
    area = page.locator("[name=summary]")
    area.click()
    return area


def paste(area: Locator, text: str) -> None:
    area.evaluate(PASTE, text)


@pytest.mark.parametrize("suffix", ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "PNG"])
def test_a_link_to_a_picture_becomes_a_picture_and_waits_for_its_words(
    page: Page, area: Locator, suffix: str
):
    paste(area, f"https://lab.example/loss.{suffix}")
    page.keyboard.type("the loss")
    expect(area).to_have_value(f"![the loss](https://lab.example/loss.{suffix})")


def test_undo_gives_the_bare_link_back(page: Page, area: Locator):
    area.press_sequentially("See ")
    paste(area, PICTURE)
    expect(area).to_have_value(f"See ![]({PICTURE})")
    page.keyboard.press("Control+z")
    expect(area).to_have_value(f"See {PICTURE}")


def test_the_words_of_a_picture_lead_to_it_in_the_preview_and_no_site_is_asked(
    page: Page, area: Locator
):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    paste(area, PICTURE)
    page.keyboard.type("the loss")
    link = page.locator("#preview").get_by_role("link", name="the loss")
    expect(link).to_have_attribute("href", PICTURE)
    assert not [url for url in asked if "lab.example" in url]


@pytest.mark.unknown_addresses
def test_a_picture_of_this_site_is_named_without_the_site(page: Page, area: Locator):
    paste(area, page.evaluate("location.origin") + "/files/0123456789abcdef0123456789abcdef/")
    expect(area).to_have_value("![](/files/0123456789abcdef0123456789abcdef/)")


def test_a_link_over_words_becomes_their_link_and_is_saved(page: Page, area: Locator):
    area.press_sequentially("See the appendix [B]")
    area.evaluate("area => area.setSelectionRange(4, 20)")
    paste(area, "https://lab.example/a_(1).pdf")
    expected = "See [the appendix \\[B\\]](https://lab.example/a_%281%29.pdf)"
    expect(area).to_have_value(expected)
    page.keyboard.type(".")
    expect(page.locator("#saved")).to_contain_text("Saved")
    assert ReviewDraft.objects.get().summary == expected + "."
    page.keyboard.press("Control+z")
    expect(area).to_have_value("See the appendix [B]")


def test_a_picture_over_words_takes_them_for_its_own(area: Locator):
    area.press_sequentially("the loss")
    area.evaluate("area => area.select()")
    paste(area, PICTURE)
    expect(area).to_have_value(f"![the loss]({PICTURE})")


@pytest.mark.parametrize(
    ("before", "pasted"),
    [
        ("", "https://lab.example/paper.pdf"),
        ("", f"Look: {PICTURE}"),
        ("", f"{PICTURE}\n{PICTURE}"),
        ("[the loss](", PICTURE),
        ("`", PICTURE),
        ("", "loss.png"),
    ],
)
def test_anything_else_is_pasted_as_it_is(area: Locator, before: str, pasted: str):
    area.press_sequentially(before)
    paste(area, pasted)
    expect(area).to_have_value(before + pasted)


def test_a_link_over_a_link_replaces_it(area: Locator):
    area.press_sequentially("https://old.example/")
    area.evaluate("area => area.select()")
    paste(area, "https://new.example/")
    expect(area).to_have_value("https://new.example/")


def test_cells_of_a_spreadsheet_become_a_table(area: Locator):
    paste(area, "method\tacc\nours\t0.9|0.8")
    expect(area).to_have_value("\n| method | acc |\n| --- | --- |\n| ours | 0.9\\|0.8 |\n")
