"""The editor in a real browser: what is typed reaches the server, or comes back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from papers.models import Member, Review, ReviewDraft, Session
from papers.reviews.drafts.actions import save_draft
from papers.reviews.drafts.content import ReviewContent, Stamp
from tests import make
from tests.reviews.saved import expect_draft, expect_no_saved_words, list_saved_words

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = Path(__file__).resolve().parents[1] / "vendor/axe-core/axe.min.js"
SAVED = re.compile(r"Saved \d\d:\d\d")


def open_editor(page: Page, paper) -> None:
    page.goto(f"/papers/{paper.pk}/review/")
    expect(page.locator("#review-form")).to_be_visible()


def test_typing_saves_by_itself_and_says_so_after_the_server_confirmed(open_as, ben: Member):
    paper, page = make.paper(), open_as(ben)
    open_editor(page, paper)
    page.fill("[name=summary]", "It holds for $x^2$.")
    page.fill("[name=takeaway]", "Use it.")
    page.get_by_text("Try", exact=True).click()
    expect(page.locator("#saved")).to_have_text(SAVED)
    expect_draft(page, summary="It holds for $x^2$.", takeaway="Use it.", verdict="try")
    expect(page.locator("#preview .katex")).to_be_visible()
    expect_no_saved_words(page)
    assert page.complaints == []


def test_publishing_leads_to_the_review_on_its_paper(open_as, ben: Member):
    paper, page = make.paper(), open_as(ben)
    open_editor(page, paper)
    page.fill("[name=summary]", "It holds.")
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url(re.compile(r"#review-\d+$"))
    assert Review.objects.get().summary == "It holds."
    expect_no_saved_words(page)


def test_a_refused_publication_keeps_all_text_and_goes_on_saving(open_as, ben: Member):
    paper, page = make.paper(), open_as(ben)
    open_editor(page, paper)
    page.fill("[name=critique]", "But is it true?")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Add a summary to publish").first).to_be_visible()
    expect(page.locator("[name=critique]")).to_have_value("But is it true?")
    page.fill("[name=summary]", "It holds.")
    expect(page.locator("#saved")).to_have_text(SAVED)
    expect_draft(page, summary="It holds.")
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url(re.compile(r"#review-\d+$"))


def test_what_was_typed_offline_is_there_after_reopening_and_is_saved(open_as, ben: Member):
    paper, page = make.paper(), open_as(ben)
    open_editor(page, paper)
    page.context.set_offline(True)
    page.fill("[name=summary]", "Typed in the tunnel.")
    expect(page.locator("#saved")).to_have_text("Offline. Saved on this device")
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    open_editor(again, paper)
    expect(again.locator("[name=summary]")).to_have_value("Typed in the tunnel.")
    expect(again.locator("#saved")).to_have_text(SAVED)
    assert ReviewDraft.objects.get().summary == "Typed in the tunnel."


def test_coming_back_online_saves_without_a_hand(open_as, ben: Member):
    paper, page = make.paper(), open_as(ben)
    open_editor(page, paper)
    page.context.set_offline(True)
    page.fill("[name=summary]", "Typed in the tunnel.")
    expect(page.locator("#saved")).to_have_text("Offline. Saved on this device")
    page.context.set_offline(False)
    expect(page.locator("#saved")).to_have_text(SAVED)


def test_a_session_that_ended_is_taken_up_in_place(open_as, ben: Member):
    paper, page = make.paper(), open_as(ben)
    open_editor(page, paper)
    Session.objects.all().delete()
    page.fill("[name=summary]", "Typed after midnight.")
    dialog = page.get_by_role("dialog", name="Sign in again")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Handle or email").fill("ben")
    dialog.get_by_label("Password").fill(make.PASSWORD)
    dialog.get_by_role("button", name="Sign in and save").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#saved")).to_have_text(SAVED)
    assert ReviewDraft.objects.get().summary == "Typed after midnight."
    page.fill("[name=critique]", "And the token still works.")
    expect_draft(page, critique="And the token still works.")


def test_signing_in_again_needs_no_cookie_of_before(open_as, ben: Member):
    paper, page = make.paper(), open_as(ben)
    open_editor(page, paper)
    page.context.clear_cookies()
    page.fill("[name=summary]", "Typed after midnight.")
    dialog = page.get_by_role("dialog", name="Sign in again")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Handle or email").fill("ben")
    dialog.get_by_label("Password").fill(make.PASSWORD)
    dialog.get_by_role("button", name="Sign in and save").click()
    expect(page.locator("#saved")).to_have_text(SAVED)
    assert ReviewDraft.objects.get().summary == "Typed after midnight."


def test_on_a_phone_with_its_keyboard_open_text_and_state_are_in_view(open_as, ben: Member):
    paper, page = make.paper(), open_as(ben, viewport={"width": 360, "height": 740})
    open_editor(page, paper)
    area = page.locator("[name=summary]")
    area.fill("A long thought.\n" * 60)
    page.set_viewport_size({"width": 360, "height": 400})  # what a keyboard leaves
    area.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("And its end.")
    expect(page.locator("#saved")).to_have_text(SAVED)
    line = page.locator("#saved").bounding_box()
    text = area.bounding_box()
    assert line
    assert text
    assert 0 <= line["y"] <= 400 - line["height"]
    assert 100 < text["y"] + text["height"] <= line["y"]
    expect(page.get_by_role("button", name="Publish")).to_be_hidden()
    area.blur()
    expect(page.get_by_role("button", name="Publish")).to_be_visible()


def test_a_toolbar_is_one_stop_of_the_tab_key_and_arrows_walk_in_it(open_as, ben: Member):
    paper, page = make.paper(), open_as(ben)
    open_editor(page, paper)
    page.locator("[name=takeaway]").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Bold").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("[name=summary]")).to_be_focused()
    page.keyboard.type("leans")
    page.keyboard.press("End")
    page.keyboard.press("Control+b")
    page.keyboard.type("stands")
    expect(page.locator("[name=summary]")).to_have_value("*leans***stands**")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Italic").first).to_be_focused()
    expect(page.locator("#saved")).to_have_text(SAVED)


def test_a_save_that_fails_is_told_in_its_line_and_not_at_the_head(open_as, ben: Member):
    paper, page = make.paper(), open_as(ben)
    open_editor(page, paper)
    page.route("**/review/**", lambda route: route.abort())
    page.fill("[name=summary]", "Typed in the tunnel.")
    away = "Can't reach the server. Saved on this device"
    expect(page.locator("#saved")).to_have_text(away)
    assert "Typed in the tunnel." in list_saved_words(page)
    expect(page.locator(".message-error")).to_have_count(0)
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".message-error")).to_be_visible()
    page.unroute("**/review/**")
    expect(page.locator("#saved")).to_have_text(SAVED)


def test_the_preview_comes_into_view_on_a_phone_and_the_save_after_it_is_a_save(
    open_as, ben: Member
):
    paper, page = make.paper(), open_as(ben, viewport={"width": 360, "height": 740})
    open_editor(page, paper)
    page.fill("[name=summary]", "It holds for $x^2$.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview .katex")).to_be_in_viewport()
    expect(page.locator("#saved")).to_have_text(SAVED)
    assert ReviewDraft.objects.get().summary == "It holds for $x^2$."


def test_two_tabs_show_both_texts_and_join_them(open_as, ben: Member):
    paper, desk = make.paper(), open_as(ben)
    phone = desk.context.new_page()
    open_editor(desk, paper)
    # another device: nothing of the first one's storage
    phone = open_as(ben)
    open_editor(phone, paper)
    desk.fill("[name=summary]", "Written at the desk.")
    expect(desk.locator("#saved")).to_have_text(SAVED)
    phone.fill("[name=summary]", "Written on the phone.")
    expect(phone.get_by_role("heading", name="This review was edited elsewhere.")).to_be_visible()
    expect(phone.locator(".conflict")).to_contain_text("Written at the desk.")
    expect(phone.locator(".conflict")).to_contain_text("Written on the phone.")
    phone.get_by_role("button", name="Save result").click()
    expect(phone.locator("[name=summary]")).to_have_value(
        "Written at the desk.\nWritten on the phone."
    )
    expect_draft(phone, summary="Written at the desk.\nWritten on the phone.")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_two_long_texts_are_read_by_everybody(open_as, ben: Member, width: int, scheme: str):
    paper = make.paper()
    page = open_as(
        ben, bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 740}
    )
    open_editor(page, paper)
    content = ReviewContent(summary="Written at the desk.\n" * 60, takeaway="One.")
    save_draft(paper=paper, by=ben, at=make.NOW, content=content, stamp=Stamp())
    page.fill("[name=summary]", "Written on the phone.\n" * 60)
    expect(page.get_by_role("heading", name="This review was edited elsewhere.")).to_be_visible()
    page.evaluate(AXE.read_text())
    assert (
        page.evaluate("axe.run(document, {preload: false}).then(found => found.violations)") == []
    )
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.slow
def test_thirty_saves_from_two_devices_lose_no_word_unseen(
    open_as: Callable[..., Page], ben: Member
):
    paper = make.paper()
    pages = [open_as(ben), open_as(ben)]
    for page in pages:
        open_editor(page, paper)
    for turn in range(30):
        page = pages[turn % 2]
        area = page.locator("[name=summary]")
        area.fill(f"{area.input_value()}\nword{turn}")
        with page.expect_response(lambda answer: answer.url.endswith("/draft/")) as answer:
            page.locator("[data-save]").click()
        if answer.value.status == 409:
            page.get_by_role("button", name="Save result").click()
            expect(page.locator("#review-form")).to_be_visible()
    text = ReviewDraft.objects.get().summary
    assert set(text.split()) == {f"word{turn}" for turn in range(30)}
