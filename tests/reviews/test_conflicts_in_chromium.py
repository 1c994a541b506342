"""A text that was saved elsewhere meanwhile: both are there, and nothing typed is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from papers.models import Member
from tests import make
from tests.reviews.saved import expect_draft, expect_no_saved_words
from tests.reviews.tabs import (
    SAVED,
    Open,
    open_editor,
    write,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_who_keeps_the_text_saved_elsewhere_is_not_asked_again(open_as: Open, ben: Member):
    paper, page = make.paper(), open_as(ben)
    open_editor(page, paper)
    write(paper, ben, "From the phone.")
    page.fill("[name=summary]", "From the desk.")
    expect(page.get_by_role("heading", name="This review was edited elsewhere.")).to_be_visible()
    page.get_by_role("button", name="Use other version").click()
    page.get_by_role("button", name="Save result").click()
    expect(page.locator("[name=summary]")).to_have_value("From the phone.")
    expect(page.locator("#saved")).to_have_text(SAVED)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.wait_for_load_state("networkidle")
    expect(page.locator("[name=summary]")).to_have_value("From the phone.")
    expect_no_saved_words(page)


def test_a_conflict_left_half_joined_comes_back_with_what_was_joined(open_as: Open, ben: Member):
    paper, page = make.paper(), open_as(ben)
    open_editor(page, paper)
    write(paper, ben, "From the phone.")
    page.fill("[name=summary]", "From the desk.")
    joined = page.get_by_label("Result")
    expect(joined).to_be_visible()
    joined.fill("From the phone, and half of what I typed at the desk")
    context = page.context
    page.close()
    again = context.new_page()
    open_editor(again, paper)
    expect(again.get_by_role("heading", name="This review was edited elsewhere.")).to_be_visible()
    expect(again.locator(".conflict")).to_contain_text("half of what I typed at the desk")


def test_what_is_typed_while_a_refused_save_is_on_its_way_is_among_both_texts(
    open_as: Open, ben: Member
):
    paper, page = make.paper(), open_as(ben)
    open_editor(page, paper)
    write(paper, ben, "From the phone.")

    def dawdle(route: Route) -> None:
        answer = route.fetch()
        page.locator("[name=summary]").press_sequentially(" And more.")
        route.fulfill(response=answer)

    page.route("**/review/draft/", dawdle, times=1)
    page.locator("[name=summary]").fill("From the desk.")
    expect(page.get_by_role("heading", name="This review was edited elsewhere.")).to_be_visible()
    expect(page.locator(".conflict")).to_contain_text("From the desk. And more.")


def test_what_is_typed_while_a_publication_is_refused_stays(open_as: Open, ben: Member):
    paper, page = make.paper(), open_as(ben)
    open_editor(page, paper)

    def dawdle(route: Route) -> None:
        answer = route.fetch()
        page.locator("[name=critique]").press_sequentially(" And more.")
        route.fulfill(response=answer)

    page.route("**/review/", dawdle, times=1)
    page.fill("[name=critique]", "But is it true?")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Add a summary to publish").first).to_be_visible()
    expect(page.locator("[name=critique]")).to_have_value("But is it true? And more.")
    expect_draft(page, critique="But is it true? And more.")


def test_a_draft_put_away_right_after_typing_comes_back_whole(open_as: Open, ben: Member):
    paper, page = make.paper(), open_as(ben)
    write(paper, ben, "Saved.")
    open_editor(page, paper)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("[name=summary]").press_sequentially(" Not yet saved.")
    page.get_by_role("button", name="Discard draft").click()
    page.get_by_role("button", name="Restore draft").click()
    assert "Not yet saved." in page.locator("[name=summary]").input_value()
