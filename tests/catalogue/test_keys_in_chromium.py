"""The catalogue in a real browser: by keys, back and forward, and what a swap does to the focus."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from papers.models import Claim, Member, Topic
from papers.search.index.actions import refresh
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

type Open = Callable[..., Page]


@pytest.fixture
def catalogue(transactional_db: None) -> Topic:
    """Sixty papers of two years under a topic, the newest with the highest number."""
    make.lab(name="Lab")
    outer = make.topic("Outer")
    inner = make.topic("Inner", outer)
    make.topic("Innermost", inner)
    papers = [make.paper(f"Number {n:02}", year=2020 + n % 2, topics=[inner]) for n in range(60)]
    refresh([paper.pk for paper in papers])
    return outer


@pytest.fixture
def page(open_as: Open, catalogue: Topic, ben: Member) -> Page:
    page = open_as(ben, viewport={"width": 1280, "height": 800})
    page.goto("/papers/")
    page.wait_for_load_state("networkidle")
    return page


def press(page: Page, keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def row(page: Page, number: int) -> Any:
    return page.get_by_role("link", name=f"Number {number:02}", exact=True)


def get_scroll(page: Page) -> int:
    return int(page.evaluate("Math.round(scrollY)"))


def test_rows_are_walked_claimed_and_opened_by_keys(page: Page, ben: Member) -> None:
    press(page, "jj")
    expect(row(page, 58)).to_be_focused()
    press(page, "kj")
    expect(row(page, 58)).to_be_focused()
    press(page, "c")
    expect(page.get_by_role("button", name="Release Number 58")).to_be_visible()
    expect(row(page, 58)).to_be_focused()
    assert Claim.objects.get().paper.title == "Number 58"
    press(page, "j")
    expect(row(page, 57)).to_be_focused()
    press(page, "o")
    page.wait_for_url("**/number-57/")
    page.go_back()
    expect(page.get_by_role("button", name="Release Number 58")).to_be_visible()
    row(page, 56).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/number-56/")
    assert page.complaints == []  # type: ignore[attr-defined]


def test_a_button_of_a_row_keeps_the_focus_too(page: Page) -> None:
    page.get_by_role("button", name="Claim Number 59").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Release Number 59")).to_be_focused()


def test_narrowing_by_keys_keeps_the_place_and_back_undoes_it(page: Page) -> None:
    year = page.locator("#facets").get_by_role("link", name=re.compile("^2020"))
    year.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=year%3A2020$"))
    expect(page).to_have_title("year:2020 · Papers · Lab")
    expect(page.locator("#found")).to_have_text("30 papers")
    expect(page.locator("#finder")).to_have_value("year:2020")
    expect(year).to_be_focused()
    page.keyboard.press("Enter")  # the same link takes it back
    expect(page).to_have_url(re.compile("/papers/$"))
    page.go_back()
    expect(page).to_have_title("year:2020 · Papers · Lab")
    expect(page.locator(".row")).to_have_count(30)
    expect(page.locator("#finder")).to_have_value("year:2020")
    page.go_back()
    expect(page).to_have_title("Papers · Lab")
    expect(page.locator("#finder")).to_have_value("")
    page.go_forward()
    expect(page).to_have_title("year:2020 · Papers · Lab")
    page.reload()
    expect(page.locator(".row")).to_have_count(30)
    assert page.complaints == []  # type: ignore[attr-defined]


def test_the_next_page_begins_at_its_first_row_and_back_is_where_one_was(page: Page) -> None:
    following = page.get_by_role("link", name="Next 50")
    following.focus()
    before = get_scroll(page)
    assert before > 1000
    page.keyboard.press("Enter")
    expect(row(page, 9)).to_be_focused()
    assert get_scroll(page) == 0
    press(page, "j")
    expect(row(page, 8)).to_be_focused()
    page.go_back()
    expect(row(page, 59)).to_be_attached()
    page.wait_for_function("before => Math.abs(scrollY - before) < 50", arg=before)


def test_an_order_keeps_the_focus_on_its_name(page: Page) -> None:
    old = page.get_by_role("navigation", name="Sort").get_by_role("link", name="Oldest")
    old.focus()
    page.keyboard.press("Enter")
    expect(row(page, 0)).to_be_visible()
    expect(old).to_be_focused()


def test_a_search_that_is_typed_and_sent_is_one_step_back(page: Page) -> None:
    page.locator("#facets").get_by_role("link", name=re.compile("^2021")).click()
    expect(page.locator(".row")).to_have_count(30)
    press(page, "/")
    finder = page.locator("#finder")
    expect(finder).to_be_focused()
    finder.press_sequentially("number 41")
    expect(page).to_have_url(re.compile(r"q=number\+41"))
    with page.expect_response(lambda answer: "typing" not in answer.url):
        page.keyboard.press("Enter")
    expect(page.locator("#busy.htmx-request")).to_have_count(0)
    expect(page.locator(".row")).to_have_count(1)
    expect(finder).to_be_focused()
    page.go_back()
    expect(page).to_have_title("Papers · Lab")
    expect(page.locator(".row")).to_have_count(50)


def test_dialogs_open_after_going_back(page: Page) -> None:
    press(page, "?")
    shortcuts = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(shortcuts.get_by_text("Next, previous row")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Jump to...")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#facets").get_by_role("link", name=re.compile("^2020")).click()
    expect(page.locator(".row")).to_have_count(30)
    page.go_back()
    expect(page.locator(".row")).to_have_count(50)
    press(page, "?")
    expect(shortcuts).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Jump to...")).to_be_visible()
    assert page.complaints == []  # type: ignore[attr-defined]


def test_single_keys_can_be_switched_off(page: Page) -> None:
    press(page, "?")
    page.get_by_label("Use single-key shortcuts on this device").uncheck()
    page.keyboard.press("Escape")
    press(page, "j")
    expect(page.locator(".rows a:focus")).to_have_count(0)
    page.goto("/help/shortcuts/")
    expect(page.get_by_label("Use single-key shortcuts on this device")).not_to_be_checked()


def test_going_back_after_the_session_has_ended_leads_to_sign_in(page: Page) -> None:
    page.locator("#facets").get_by_role("link", name=re.compile("^2020")).click()
    expect(page.locator(".row")).to_have_count(30)
    page.context.clear_cookies()
    page.go_back()
    page.wait_for_url("**/accounts/login/**")


def test_a_branch_of_the_index_unfolds_by_keys(page: Page) -> None:
    index = page.get_by_role("navigation", name="Topics")
    for name in ("Outer", "Inner"):
        branch = index.locator("summary", has_text=f"Subtopics of {name}")
        branch.focus()
        page.keyboard.press("Enter")
        expect(branch).to_be_focused()
    expect(index.get_by_role("link", name="Innermost")).to_be_visible()
    index.locator("summary", has_text="Subtopics of Outer").press("Enter")
    expect(index.get_by_role("link", name="Innermost")).to_be_hidden()
    assert page.complaints == []  # type: ignore[attr-defined]


def test_colours_change_at_once_and_stay(page: Page, ben: Member) -> None:
    page.locator("summary", has_text="Account menu").click()
    with page.expect_response("**/profile/theme/"):
        page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_all_of_it_is_there_without_a_script(open_as: Open, catalogue: Topic, ben: Member) -> None:
    page = open_as(ben, java_script_enabled=False)
    page.goto("/papers/")
    page.get_by_role("button", name="Claim Number 59").click()
    page.wait_for_url("**/number-59/")
    page.goto("/papers/")
    page.locator("summary", has_text="Subtopics of Outer").click()
    page.get_by_role("link", name="Open topic").click()
    page.wait_for_url("**/topics/outer/")
    page.locator("summary", has_text="Account menu").click()
    page.get_by_role("link", name="Keyboard shortcuts").click()
    expect(page.get_by_text("Next, previous row")).to_be_visible()
    page.locator("summary", has_text="Account menu").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator("summary", has_text="Account menu").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/l**")
