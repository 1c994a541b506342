"""The board in a real browser: by keyboard alone, and by drag."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from papers.models import Experiment, Member
from tests import make
from tests.waiting import wait_for_frames

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_card_goes_from_idea_to_outcome_by_keyboard(open_as: Callable[..., Page], ben: Member):
    experiment = make.experiment("Ten seeds")
    page = open_as(ben)
    page.goto("/experiments/")
    for word in ("Planned", "Running"):
        page.get_by_role("button", name=f"{word} →").focus()
        page.keyboard.press("Enter")
        column = page.locator(f"[data-state={word.lower()}]")
        expect(column.get_by_role("link", name="Ten seeds", exact=True)).to_be_visible()
    page.get_by_role("link", name="Outcome →").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/experiments/*/#outcome")
    page.wait_for_load_state("load")
    wait_for_frames(page)  # going to #outcome takes the focus away once
    page.get_by_label("Refuted").focus()
    page.keyboard.press("Space")
    page.get_by_label("What happened, or why it was dropped").focus()
    page.keyboard.type("It did not hold with ten seeds.")
    page.locator("#outcome").get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".part")).to_contain_text("It did not hold with ten seeds.")
    experiment.refresh_from_db()
    assert experiment.state == "refuted"
    assert page.complaints == []  # type: ignore[attr-defined]


def test_a_card_is_dragged_to_another_column(open_as: Callable[..., Page], ben: Member):
    make.experiment("Ten seeds")
    page = open_as(ben, viewport={"width": 1600, "height": 900})
    page.goto("/experiments/")
    page.wait_for_load_state("networkidle")
    card = page.locator("[data-card]")
    card.drag_to(page.locator("[data-state=running]"), source_position={"x": 20, "y": 70})
    column = page.locator("[data-state=running]")
    expect(column.get_by_role("link", name="Ten seeds", exact=True)).to_be_visible()
    assert Experiment.objects.get().state == "running"


def test_what_was_tried_appears_while_a_title_is_typed(open_as: Callable[..., Page], ben: Member):
    make.experiment("Train with ten random seeds")
    page = open_as(ben)
    page.goto("/experiments/new/")
    page.wait_for_load_state("networkidle")
    page.get_by_label("Title").press_sequentially("More seeds for training")
    expect(page.get_by_text("Similar experiments")).to_be_visible()
    page.goto(f"/papers/{make.paper().pk}/review/")
    page.wait_for_load_state("networkidle")
    page.get_by_label("Title").press_sequentially("More seeds for training")
    expect(page.get_by_text("Similar experiments")).to_be_visible()
