"""Saying same or different in a real browser, narrow and wide."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from papers.importing.intake.previewing.actions.documents import preview_import
from papers.models import Member
from tests.importing.intake.test_identity import bring, work
from tests.make import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_member_decides_with_both_records_in_view(
    open_as: Callable[..., Page], ada: Member, width: int
) -> None:
    bring(work(author="Lind, Ada", year=2012, doi="10.1234/one"), ada)
    text = work(author="A. Lind", year=2015, journal="Hedge Letters", abstract="On hedges.")
    job = preview_import(data=text.encode(), name="works.bib", by=ada, at=NOW)
    page = open_as(ada, viewport={"width": width, "height": 1400})
    page.goto(job.get_absolute_url())
    expect(page.get_by_text("Not taken over:")).to_be_visible()
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/same-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Different papers").press("Enter")
    expect(page.get_by_text("You chose this.")).to_be_visible()
    page.get_by_role("button", name="Same paper").press("Enter")
    expect(page.get_by_text("Not taken over:")).to_be_visible()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("Not taken over")).to_be_visible()
    page.get_by_role("link", name="Learning to Prune Hedges").first.click()
    page.get_by_role("link", name="Split").click()
    if folder:
        page.screenshot(path=f"{folder}/split-{width}.png", full_page=True)
    page.get_by_role("button", name="Split").click()
    expect(page.get_by_text("Split. This is now a paper of its own.")).to_be_visible()
    assert page.complaints == []  # type: ignore[attr-defined]
