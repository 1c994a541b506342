"""What is typed stays in the browser until the server has it: tabs, crashes, late answers."""

from __future__ import annotations

from contextlib import suppress

import pytest
from playwright.sync_api import Error, Route, expect

from papers.models import Member, ReviewDraft
from papers.reviews.drafts.content import Stamp
from tests import make
from tests.reviews.saved import expect_draft, list_saved_words
from tests.reviews.tabs import (
    AWAY,
    NO_LOCKS,
    NO_STORAGE,
    SAVED,
    WAITS,
    Open,
    open_editor,
    open_listener,
    open_tab,
    write,
)
from tests.waiting import sleep_in, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_page_written_before_the_last_save_shows_that_save(open_as: Open, ben: Member):
    """The tab is loaded again while a save is on its way, and the page overtakes the save."""
    paper, page = make.paper(), open_as(ben)
    open_editor(page, paper)
    listener = open_listener(page)
    held: list[Route] = []
    page.route("**/review/draft/", lambda route: held.append(route))
    page.fill("[name=summary]", "On its way.")
    expect(page.locator("#saved")).to_have_text("Saving")

    def overtake(route: Route) -> None:
        old = route.fetch()
        with page.expect_event("requestfinished", lambda asked: "/draft/" in asked.url):
            held[0].continue_()
        # the page that goes takes the answer to its save, and tells other tabs of it
        wait_for(lambda: listener.evaluate("heard"), sleep=sleep_in(listener))
        route.fulfill(response=old)

    page.route("**/review/", overtake, times=1)
    page.reload()
    assert ReviewDraft.objects.get().summary == "On its way."
    expect(page.locator("[name=summary]")).to_have_value("On its way.")
    page.unroute("**/review/draft/")
    page.locator("[name=summary]").press_sequentially(" And on.")
    expect(page.locator("#saved")).to_have_text(SAVED)
    expect_draft(page, summary="On its way. And on.")


def test_the_text_of_another_device_is_not_covered_by_what_this_tab_last_saved(
    open_as: Open, ben: Member
):
    paper, page = make.paper(), open_as(ben)
    open_editor(page, paper)
    page.fill("[name=summary]", "From here.")
    expect(page.locator("#saved")).to_have_text(SAVED)
    write(paper, ben, "From the phone.", Stamp(0, 1))
    page.reload()
    expect(page.locator("[name=summary]")).to_have_value("From the phone.")
    ReviewDraft.objects.all().delete()
    page.reload()
    expect(page.locator("[name=summary]")).to_have_value("")


def test_a_page_whose_confirmation_was_lost_goes_on_after_being_loaded_again(
    open_as: Open, ben: Member
):
    """The server is killed after it saved and before it said so."""
    paper, page = make.paper(), open_as(ben)
    open_editor(page, paper)

    taken: list[Route] = []

    def lose(route: Route) -> None:
        if not taken:
            taken.append(route)
            route.fetch()
            page.locator("[name=summary]").press_sequentially(" And more.")
        route.abort()

    page.route("**/review/draft/", lose)
    page.locator("[name=summary]").press_sequentially("Saved.")
    expect(page.locator("#saved")).to_have_text(AWAY)
    assert ReviewDraft.objects.get().summary == "Saved."
    page.unroute("**/review/draft/")
    page.reload()
    expect(page.locator("[name=summary]")).to_have_value("Saved. And more.")
    expect(page.get_by_text("hadn't been saved")).to_be_visible()
    expect_draft(page, summary="Saved. And more.")
    expect(page.locator("#saved")).to_have_text(SAVED)


@pytest.mark.parametrize("way", ["back", "memory"])
def test_a_page_come_back_to_shows_what_the_server_has_now(open_as: Open, ben: Member, way: str):
    paper, page = make.paper(), open_as(ben)
    open_editor(page, paper)
    page.fill("[name=summary]", "From here.")
    expect(page.locator("#saved")).to_have_text(SAVED)
    if way == "back":
        page.goto(paper.get_absolute_url(), wait_until="networkidle")
        write(paper, ben, "From the phone.", Stamp(0, 1))
        page.go_back()
    else:
        write(paper, ben, "From the phone.", Stamp(0, 1))
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    area = page.locator("[name=summary]")
    expect(area).to_have_value("From the phone.")
    area.press("Control+End")
    area.press_sequentially(" And more.")
    expect_draft(page, summary="From the phone. And more.")
    expect(page.locator("#saved")).to_have_text(SAVED)


def test_one_tabs_save_leaves_the_words_of_the_other_in_the_browser(open_as: Open, ben: Member):
    paper, one = make.paper(), open_as(ben)
    open_editor(one, paper)
    two = open_tab(one, paper)
    one.context.set_offline(True)
    two.fill("[name=summary]", "Typed in the second tab.")
    expect(two.locator("#saved")).to_have_text(AWAY)
    two.route("**/review/draft/", lambda route: route.abort())  # for this tab it stays away
    one.fill("[name=summary]", "Typed in the first tab.")
    one.context.set_offline(False)
    expect(one.locator("#saved")).to_have_text(SAVED)
    assert set(list_saved_words(one)) == {"Typed in the second tab."}
    two.close()
    again = open_tab(one, paper)
    expect(again.get_by_role("heading", name="This review was edited elsewhere.")).to_be_visible()
    expect(again.locator(".conflict")).to_contain_text("Typed in the first tab.")
    expect(again.locator(".conflict")).to_contain_text("Typed in the second tab.")


CUT = "window.fetch = () => new Promise(() => {}); XMLHttpRequest.prototype.send = () => {};"
"""Chromium forgets with a page that it is offline: what the page sends as it goes would arrive."""


@pytest.mark.parametrize("script", ["", NO_LOCKS], ids=["locks", "no-locks"])
def test_two_tabs_left_with_words_give_both_back_one_after_the_other(
    open_as: Open, ben: Member, script: str
):
    paper, one = make.paper(), open_as(ben)
    if script:
        one.context.add_init_script(script)
    open_editor(one, paper)
    two = open_tab(one, paper)
    one.context.set_offline(True)
    for page, text in ((one, "Typed in the first tab."), (two, "Typed in the second tab.")):
        page.fill("[name=summary]", text)
        expect(page.locator("#saved")).to_have_text(AWAY)
        page.evaluate(CUT)
    context = one.context
    one.close()
    two.close()
    context.set_offline(False)
    again = context.new_page()
    open_editor(again, paper)
    expect(again.locator("[name=summary]")).to_have_value("Typed in the second tab.")
    expect(again.get_by_text("There's newer unsaved text")).to_be_visible()
    expect(again.locator("#saved")).to_have_text(SAVED)
    again.reload()
    expect(again.get_by_role("heading", name="This review was edited elsewhere.")).to_be_visible()
    expect(again.locator(".conflict")).to_contain_text("Typed in the first tab.")


def test_a_tab_does_not_take_the_words_of_one_that_is_open(open_as: Open, ben: Member):
    paper, one = make.paper(), open_as(ben)
    open_editor(one, paper)
    one.route("**/review/draft/", lambda route: route.abort())
    one.fill("[name=summary]", "Still being typed.")
    expect(one.locator("#saved")).to_have_text(AWAY)
    two = open_tab(one, paper)
    # It asks for the words as long as a page that is just going may take, and gives up.
    wait_for(lambda: two.evaluate(WAITS) == 0, sleep=sleep_in(two))
    expect(two.locator("[name=summary]")).to_have_value("")
    one.unroute("**/review/draft/")
    expect(one.locator("#saved")).to_have_text(SAVED)


def test_a_tab_that_comes_to_the_front_shows_what_another_one_saved(open_as: Open, ben: Member):
    paper, one = make.paper(), open_as(ben)
    open_editor(one, paper)
    two = open_tab(one, paper)
    two.fill("[name=summary]", "Saved in the second tab.")
    expect(two.locator("#saved")).to_have_text(SAVED)
    two.close()
    one.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(one.locator("[name=summary]")).to_have_value("Saved in the second tab.")
    one.fill("[name=summary]", "Saved in the second tab, mended in the first.")
    expect_draft(one, summary="Saved in the second tab, mended in the first.")


def test_what_is_typed_before_the_script_arrives_is_saved(open_as: Open, ben: Member):
    paper, page = make.paper(), open_as(ben)
    held: list[Route] = []
    page.route("**/js/editor*.js", lambda route: held.append(route))
    page.goto(f"/papers/{paper.pk}/review/", wait_until="commit")
    page.fill("[name=summary]", "Typed at once.")
    wait_for(lambda: held, sleep=sleep_in(page))
    held[0].continue_()
    expect(page.locator("#saved")).to_have_text(SAVED)
    assert ReviewDraft.objects.get().summary == "Typed at once."


def test_the_tab_crashes_while_the_server_is_away(open_as: Open, ben: Member):
    paper, page = make.paper(), open_as(ben)
    open_editor(page, paper)
    context = page.context
    context.set_offline(True)
    page.locator("[name=summary]").press_sequentially("Typed before the crash.", delay=30)
    wait_for(lambda: "Typed before the crash." in list_saved_words(page), sleep=sleep_in(page))
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash", timeout=2000)
    page.close()
    context.set_offline(False)
    again = context.new_page()
    open_editor(again, paper)
    expect(again.locator("[name=summary]")).to_have_value("Typed before the crash.")
    expect(again.locator("#saved")).to_have_text(SAVED)
    assert ReviewDraft.objects.get().summary == "Typed before the crash."


def test_a_browser_that_keeps_nothing_says_so_and_asks_before_it_leaves(open_as: Open, ben: Member):
    paper, page = make.paper(), open_as(ben)
    page.add_init_script(NO_STORAGE)
    open_editor(page, paper)
    page.route("**/review/draft/", lambda route: route.abort())
    page.locator("[name=summary]").press_sequentially("Only here.")
    sentence = "Can't reach the server. Not saved: keep this page open"
    expect(page.locator("#saved")).to_have_text(sentence)
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    page.unroute("**/review/draft/")
    expect(page.locator("#saved")).to_have_text(SAVED)
