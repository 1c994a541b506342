"""The preview of an import in a real browser: a role chosen by keyboard, and axe at both widths."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from papers.models import Member
from tests.importing.intake.test_choices import HEADINGS, show
from tests.journeys.test_axe import AXE, RULES, RUN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_preview_breaks_no_rule_of_access(
    open_as: Any, ben: Member, width: int, scheme: str
) -> None:
    job = show(ben)
    page = open_as(ben, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(f"{job.get_absolute_url()}?line=6")
    page.evaluate(AXE)
    assert page.evaluate(RUN, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.complaints == []


def test_a_role_is_chosen_by_keyboard_and_the_focus_stays(open_as: Any, ben: Member) -> None:
    job = show(ben)
    page = open_as(ben)
    page.goto(job.get_absolute_url())
    select = page.locator(f"#role-{HEADINGS}")
    select.focus()
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Reset all choices")).to_be_visible()
    expect(select).to_be_focused()
    assert page.complaints == []
