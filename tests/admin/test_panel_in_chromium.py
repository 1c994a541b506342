"""The panel in a real browser: the strict policy lets all of it run, and axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from papers.models import Listing, Member
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = (Path(__file__).parent.parent / "vendor" / "axe-core" / "axe.min.js").read_text()
RULES = (
    "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'], preload: false})"
)


def list_violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate(RULES)["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found]


def test_a_listing_is_made_with_selects_that_search(
    open_as: Callable[..., Page], ada: Member
) -> None:
    make.paper("Attention is all you need")
    make.topic("Transformers")
    page = open_as(ada)
    page.goto("/admin/papers/listing/add/")
    for field, word in (("paper", "attention"), ("topic", "trans")):
        page.locator(f"#select2-id_{field}-container").click()
        page.locator(".select2-search__field").fill(word)
        page.locator(".select2-results__option--highlighted", has_text=word).click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Listing.objects.get().topic.name == "Transformers"
    assert page.complaints == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_index_list_and_form_satisfy_axe(
    open_as: Callable[..., Page], ada: Member, width: int, theme: str
) -> None:
    Member.objects.filter(pk=ada.pk).update(theme=theme)
    paper = make.paper("Attention is all you need", added_by=ada)
    page = open_as(ada, viewport={"width": width, "height": 800})
    for path in ("/admin/", "/admin/papers/paper/", f"/admin/papers/paper/{paper.pk}/change/"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert list_violations(page) == [], path
    assert page.complaints == []  # type: ignore[attr-defined]
