"""The loop as a member goes through it, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from papers.models import Claim, GuidingQuestion, Member, Paper, Review
from papers.search.index.actions import refresh
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SUMMARY = "The loss is $L(w) = \\max_{|e| < r} f(w + e)$, and it is cheap."


@pytest.fixture
def paper(ben: Member) -> Paper:
    GuidingQuestion.objects.create(section="summary", text="What is new?")
    paper = make.paper("Sharpness and flat minima", topics=[make.topic("Sharpness")])
    refresh([paper.pk])
    return paper


def sign_in(page: Page) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile("/accounts/login/"))
    page.get_by_label("Handle or email").fill("ben")
    page.get_by_label("Password", exact=True).fill(make.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile(r":\d+/$"))


def read_everywhere(page: Page) -> None:
    """The published review stands on the paper, the topic, the member's page and the digest."""
    for address in ("/topics/sharpness/", "/members/ben/", "/digest/", "/papers/"):
        page.goto(address)
        expect(page.get_by_role("link", name="Sharpness and flat minima").first).to_be_visible()
    page.goto("/digest/")
    expect(page.get_by_text("Flat is cheap.").first).to_be_visible()


def test_from_signing_in_to_the_digest(open_as: Callable[..., Page], paper: Paper):
    page = open_as(None)
    sign_in(page)
    page.goto("/papers/")
    row = page.locator(f"#paper-{paper.pk}")
    row.get_by_role("button", name="Claim").click()
    expect(row.get_by_role("button", name="Release")).to_be_visible()
    row.get_by_role("link", name=paper.title).click()
    page.get_by_role("link", name=re.compile("review", re.I)).filter(visible=True).first.click()
    expect(page.get_by_text("What is new?")).to_be_visible()
    page.get_by_label("Takeaway").fill("Flat is cheap.")
    page.locator("[name=summary]").fill(SUMMARY)
    page.get_by_text("Adopt", exact=True).click()
    expect(page.locator("#preview .katex").first).to_be_visible()
    expect(page.locator("#saved")).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".review .katex").first).to_be_visible()
    assert Claim.objects.get().ending == Claim.Ending.REVIEWED
    read_everywhere(page)
    assert page.complaints == []


def test_the_same_without_javascript(open_as: Callable[..., Page], paper: Paper):
    page = open_as(None, java_script_enabled=False)
    sign_in(page)
    page.goto("/papers/")
    page.locator(f"#paper-{paper.pk}").get_by_role("button", name="Claim").click()
    expect(page.get_by_text("You'll find it on your desk.")).to_be_visible()
    page.goto(f"/papers/{paper.pk}/review/")
    page.get_by_label("Takeaway").fill("Flat is cheap.")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Add a summary to publish").first).to_be_visible()
    expect(page.get_by_label("Takeaway")).to_have_value("Flat is cheap.")
    page.locator("[name=summary]").fill(SUMMARY)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview .arithmatex")).to_contain_text("max_")
    page.go_back()
    page.locator("[name=summary]").fill(SUMMARY)
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Draft saved.")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".review .arithmatex")).to_contain_text("L(w)")
    assert Review.objects.get().takeaway == "Flat is cheap."
    read_everywhere(page)


def test_the_keyboard_alone_is_enough(open_as: Callable[..., Page], ben: Member, paper: Paper):
    page = open_as(ben)
    page.goto("/papers/")
    page.keyboard.press("j")
    page.keyboard.press("c")
    expect(page.get_by_role("button", name="Release")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile(rf"/papers/{paper.pk}/"))
    page.wait_for_load_state("load")
    page.keyboard.press("r")
    expect(page).to_have_url(re.compile(rf"/papers/{paper.pk}/review/"))
    page.locator("[name=summary]").focus()
    page.keyboard.type("Typed, never clicked.")
    page.keyboard.press("Control+s")
    expect(page.locator("#saved")).to_have_text(re.compile("Saved"))
    page.keyboard.press("Control+Enter")
    expect(page.locator(".review")).to_contain_text("Typed, never clicked.")
