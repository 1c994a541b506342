"""Paste, look, one click, in a real browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from papers.models import Claim, Lab, Member, Paper
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CITED = (
    "Lee, A., & Ek, B. (2019). Rigid bodies in motion. In ICLR 2019. https://doi.org/10.1000/xyz"
)


@pytest.fixture
def lab(transactional_db: None) -> Lab:
    return make.lab()


def test_paste_look_and_one_click(open_as: Any, lab: Lab, ben: Member) -> None:
    page = open_as(ben)
    page.goto("/papers/new/")
    page.get_by_label("Venue").fill("My venue")
    page.get_by_label("Paste a link").fill(CITED)
    expect(page.locator("#id_title")).to_have_value("Rigid bodies in motion")
    expect(page.get_by_label("Authors")).to_have_value("A Lee\nB Ek")
    expect(page.get_by_label("Venue")).to_have_value("My venue")
    page.locator("#recognized").get_by_role("button", name="Add and claim").click()
    page.wait_for_url(re.compile(r"/papers/\d+/rigid-bodies-in-motion/"))
    assert Paper.objects.get().venue == "My venue"
    assert Claim.objects.get().member == ben
    assert page.complaints == []


def test_another_paste_takes_back_what_the_first_filled_in(
    open_as: Any, lab: Lab, ben: Member
) -> None:
    page = open_as(ben)
    page.goto("/papers/new/")
    box = page.get_by_label("Paste a link")
    box.fill(CITED)
    expect(page.get_by_label("Year")).to_have_value("2019")
    page.locator("#id_title").fill("Typed by hand")
    box.fill("2106.12345")
    expect(page.get_by_label("Year")).to_have_value("2021")
    expect(page.get_by_label("Authors")).to_have_value("")
    expect(page.locator("#id_title")).to_have_value("Typed by hand")
    assert page.complaints == []


def test_what_is_here_is_claimed_from_the_answer(open_as: Any, lab: Lab, ben: Member) -> None:
    paper = make.paper("Rigid bodies in motion")
    paper.identifiers.create(kind="doi", value="10.1000/xyz")
    page = open_as(ben, viewport={"width": 360, "height": 800})
    page.goto("/papers/new/")
    page.get_by_label("Paste a link").fill("10.1000/xyz")
    part = page.locator("#recognized")
    expect(part).to_contain_text("Already in the library")
    part.get_by_role("button", name="Claim").click()
    expect(part.get_by_role("button", name="Release")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.complaints == []
