"""An issue on paper: without navigation, at the size it is written for, no item torn apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from papers.models import Member
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SHOWN = "names => names.filter(n => [...document.querySelectorAll(n)].some(e => e.offsetWidth))"
TORN = """() => [...document.querySelectorAll('.front-item')]
  .filter(e => getComputedStyle(e).breakInside != 'avoid').length"""


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_an_issue_prints(open_as: Callable[..., Page], ben: Member, ada: Member, paper: str):
    for number in range(60):
        at = make.NOW - timedelta(minutes=number)
        read = make.paper(f"On the number {number} " + "and what follows " * 5, added_at=at)
        make.review(read, ada, at=at, takeaway="It scales, until it does not. " * 4, verdict="try")
    page = open_as(ben, viewport={"width": 1280, "height": 800})
    page.goto("/digest/2026-W47/")
    page.emulate_media(media="print")
    hidden = [".top", ".bottom", ".tree", ".skip", ".pager", ".front-foot", ".acts"]
    assert page.evaluate(SHOWN, hidden) == []
    assert page.evaluate(TORN) == 0
    pdf = page.pdf(format=paper)
    # Columns that lie beside each other make Chromium shrink the page and need fewer sheets.
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 3
    assert page.complaints == []  # type: ignore[attr-defined]
