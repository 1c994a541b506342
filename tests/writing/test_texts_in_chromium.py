"""A comment that is being typed survives what happens to page, session and network."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from papers.models import Comment, Member, Paper, TextDraft
from tests import make
from tests.waiting import sleep_in, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "A long thought about the second section"


@pytest.fixture
def paper(transactional_db: None) -> Paper:
    make.lab()
    return make.paper("Attention is all you need")


def type_comment(page: Page, paper: Paper, words: str = WORDS) -> None:
    page.goto(paper.get_absolute_url())
    expect(page.locator("[data-care-state]").first).to_be_attached()
    page.get_by_label("Add a comment").press_sequentially(words)


def is_saved(words: str = WORDS) -> bool:
    return any(["body", words] in draft.fields for draft in TextDraft.objects.all())


def test_it_is_there_after_the_tab_was_closed(open_as: Any, paper: Paper, ben: Member) -> None:
    page = open_as(ben)
    type_comment(page, paper)
    wait_for(is_saved)
    page.close()
    other = open_as(ben)
    other.goto(paper.get_absolute_url())
    expect(other.get_by_label("Add a comment")).to_have_value(WORDS)
    expect(other.get_by_text("We restored text that hadn't been sent.")).to_be_visible()
    other.get_by_role("button", name="Post").click()
    expect(other.locator(".comment", has_text=WORDS)).to_be_visible()
    assert [draft.fields for draft in TextDraft.objects.all()] == [[]]
    other.reload()
    expect(other.locator("[data-care-state]").first).to_be_attached()
    expect(other.get_by_label("Add a comment")).to_have_value("")
    assert Comment.objects.count() == 1
    assert other.complaints == []


def test_it_is_there_without_a_network(open_as: Any, paper: Paper, ben: Member) -> None:
    page = open_as(ben)
    page.goto(paper.get_absolute_url())
    expect(page.locator("[data-care-state]").first).to_be_attached()
    page.context.set_offline(True)
    page.get_by_label("Add a comment").press_sequentially(WORDS)
    expect(page.get_by_text("Saved on this device")).to_be_visible()
    assert not is_saved()
    page.context.set_offline(False)
    wait_for(is_saved)
    page.reload()
    expect(page.get_by_label("Add a comment")).to_have_value(WORDS)


def test_the_session_is_renewed_in_place(open_as: Any, paper: Paper, ben: Member) -> None:
    page = open_as(ben)
    page.goto(paper.get_absolute_url())
    expect(page.locator("[data-care-state]").first).to_be_attached()
    page.context.clear_cookies()
    page.get_by_label("Add a comment").fill(WORDS)
    page.get_by_label("Handle or email").fill("ben")
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Sign in and save").click()
    wait_for(is_saved)
    page.get_by_role("button", name="Post").click()
    expect(page.locator(".comment", has_text=WORDS)).to_be_visible()


def test_two_tabs_lose_nothing(open_as: Any, paper: Paper, ben: Member) -> None:
    one, two = open_as(ben), open_as(ben)
    for page in (one, two):
        page.goto(paper.get_absolute_url())
        expect(page.locator("[data-care-state]").first).to_be_attached()
    one.get_by_label("Add a comment").press_sequentially("From the first")
    wait_for(lambda: is_saved("From the first"))
    two.get_by_label("Add a comment").press_sequentially("From the second")
    expect(two.get_by_text("Another version of this text was saved elsewhere")).to_be_visible()
    expect(two.locator(".care-other pre")).to_have_text("From the first")
    wait_for(lambda: is_saved("From the second"))


@pytest.mark.parametrize("kind", ["idea", "outcome"])
def test_an_idea_and_an_outcome_are_there_after_the_tab_was_closed(
    open_as: Any, ben: Member, kind: str
) -> None:
    make.lab()
    experiment = make.experiment("Ten seeds")
    path, label, button = {
        "idea": ("/experiments/new/", "Plan", "Add to board"),
        "outcome": (experiment.get_absolute_url(), "What happened", "Save"),
    }[kind]
    page = open_as(ben)
    page.goto(path)
    form = page.locator("form[data-care=ben]", has=page.get_by_label(label))
    expect(form.locator("[data-care-state]")).to_be_attached()
    form.get_by_label(label).press_sequentially(WORDS)
    wait_for(lambda: any(WORDS in str(draft.fields) for draft in TextDraft.objects.all()))
    page.close()
    other = open_as(ben)
    other.goto(path)
    form = other.locator("form[data-care=ben]", has=other.get_by_label(label))
    expect(form.get_by_label(label)).to_have_value(WORDS)
    if kind == "idea":
        form.get_by_label("Title").fill("Eleven seeds")
    else:
        form.get_by_label("Refuted").check()
    form.get_by_role("button", name=button).click()
    expect(other.get_by_text(WORDS).first).to_be_visible()
    assert all(draft.fields == [] for draft in TextDraft.objects.all())
    assert other.complaints == []


def test_no_draft_is_saved_while_the_form_is_on_its_way(
    open_as: Any, paper: Paper, ben: Member
) -> None:
    """It would be one of an older text, and be refused; whoever types on is saved again."""
    page, held, saves = open_as(ben), [], []
    page.clock.install()
    page.on("request", lambda asked: "/drafts/" in asked.url and saves.append(asked.method))
    page.route("**/comments/", lambda route: held.append(route))
    type_comment(page, paper)
    page.get_by_role("button", name="Post").click()
    wait_for(lambda: held, sleep=sleep_in(page))
    page.clock.fast_forward(5_000)
    page.evaluate("fetch('/help/')")  # a request begun before it was seen before it
    assert "POST" not in saves
    page.get_by_label("Add a comment").press_sequentially(", and a third")
    page.clock.fast_forward(5_000)
    wait_for(lambda: "POST" in saves, sleep=sleep_in(page))
    held[0].continue_()
    expect(page.locator(".comment", has_text=WORDS)).to_be_visible()
    assert Comment.objects.get().body == WORDS
