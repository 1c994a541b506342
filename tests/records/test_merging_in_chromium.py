"""Merging and undoing in a real browser: by keys alone, on a phone, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from papers.models import Member, Paper
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def two(transactional_db: None) -> tuple[Paper, Paper]:
    """Two records of one work, with reviews of one member on both."""
    make.lab()
    kept = make.paper("Sharpness of minima", authors=["Ada Ngata"], venue="ICML", note="Read this.")
    gone = make.paper(
        "Sharpness of Minima",
        authors=["A. Ngata"],
        year=2021,
        abstract="On flat basins.",
        venue="X",
    )
    ben = make.member("ben", name="Ben Member")
    for paper in (kept, gone):
        make.review(paper, ben)
    make.index()
    return kept, gone


def test_a_pair_is_compared_merged_and_undone_on_a_phone(
    open_as: Callable[..., Page], ada: Member, two: tuple[Paper, Paper]
) -> None:
    page = open_as(ada, viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page.goto("/curation/duplicates/")
    page.get_by_role("link", name="Compare").click()
    expect(page.get_by_text("Ben Member has reviewed both")).to_be_visible()
    wide = page.locator("main").evaluate("main => main.scrollWidth - main.clientWidth")
    assert wide <= 0
    page.get_by_label("Use the other: Authors").check()
    page.get_by_role("button", name="Merge papers").click()
    expect(page.get_by_text("You can undo this for 30 days")).to_be_visible()
    page.goto(two[1].get_absolute_url())
    assert page.url.endswith(Paper.objects.get(pk=two[0].pk).get_absolute_url())
    page.goto("/curation/removals/")
    page.get_by_role("button", name=re.compile(r"Undo\s?: Sharpness of minima", re.I)).click()
    expect(page.get_by_text("is back")).to_be_visible()
    assert Paper.objects.count() == 2
