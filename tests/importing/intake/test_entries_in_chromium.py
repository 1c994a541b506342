"""Correcting an entry in a real browser, in place and by keyboard, narrow and wide."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from papers.importing.intake.previewing.actions.documents import preview_import
from papers.models import Member
from tests.importing.intake.test_twins import TEXT
from tests.make import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_an_entry_is_corrected_in_its_row(
    open_as: Callable[..., Page], ada: Member, width: int, scheme: str
) -> None:
    job = preview_import(data=TEXT.encode(), name="club.md", by=ada, at=NOW)
    page = open_as(ada, viewport={"width": width, "height": 1400}, color_scheme=scheme)
    page.goto(job.get_absolute_url())
    page.get_by_role("link", name="Edit Kernels").press("Enter")
    page.get_by_role("textbox", name="Title").fill("")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Enter a title.")
    page.get_by_role("textbox", name="Title").fill("Kernels for quiet sensors")
    page.get_by_label("Readers").fill("Nao")
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/entry-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("Title changed by hand.")).to_be_visible()
    page.get_by_role("button", name="Two papers").press("Enter")
    expect(page.get_by_text("You chose two papers.")).to_be_visible()
    expect(page.get_by_text("Kernels for quiet sensors").first).to_be_visible()
    if folder:
        page.screenshot(path=f"{folder}/twins-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    complaints = page.complaints  # type: ignore[attr-defined]
    assert all("422" in one for one in complaints), complaints
