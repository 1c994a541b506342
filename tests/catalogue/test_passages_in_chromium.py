"""Passages below the rows of a search: some come with the page, the others as they are seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from papers.models import Lab, Member, Paper
from papers.search.index.actions import refresh
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HTMX = {"HX-Request": "true"}


@pytest.fixture
def papers(transactional_db: None) -> list[Paper]:
    """Thirty papers with the word in their abstracts."""
    make.lab(name="Lab")
    texts = [f"What the {n}th said of <b>sharpness</b> & minima." for n in range(30)]
    papers = [make.paper(f"Number {n:02}", abstract=text) for n, text in enumerate(texts)]
    refresh([paper.pk for paper in papers])
    return papers


def get_matches(page: Page, paper: Paper) -> Any:
    return page.locator(f"#paper-{paper.pk} .row-match")


def test_every_row_shows_its_passage_when_it_is_seen(
    open_as: Callable[..., Page], papers: list[Paper], ben: Member
) -> None:
    page = open_as(ben, viewport={"width": 1280, "height": 700})
    page.goto("/papers/?q=sharpness+sort:new")
    page.wait_for_load_state("networkidle")
    expect(get_matches(page, papers[29])).to_have_count(1)
    expect(get_matches(page, papers[0])).to_have_count(0)
    page.locator(f"#paper-{papers[14].pk}").scroll_into_view_if_needed()
    expect(get_matches(page, papers[14])).to_contain_text("said of <b>sharpness</b> & minima")
    expect(get_matches(page, papers[14]).locator("mark")).to_have_text("sharpness")
    page.locator(f"#paper-{papers[0].pk}").scroll_into_view_if_needed()
    expect(page.locator(".row-match")).to_have_count(30)
    page.get_by_role("button", name="Claim Number 21").click()
    expect(page.get_by_role("button", name="Give back Number 21")).to_be_visible()
    expect(page.locator(".row")).to_have_count(30)
    assert page.complaints == []  # type: ignore[attr-defined]


def test_passages_while_a_word_is_typed(
    open_as: Callable[..., Page], papers: list[Paper], ben: Member
) -> None:
    page = open_as(ben, viewport={"width": 1280, "height": 700})
    page.goto("/papers/")
    page.wait_for_load_state("networkidle")
    page.get_by_role("searchbox").last.press_sequentially("sharpn")
    expect(page.locator(".row-match").first).to_contain_text("sharpness")
    page.locator(".row").nth(20).scroll_into_view_if_needed()
    expect(page.locator(".row").nth(20).locator("mark")).to_have_text("sharpness")


def test_passages_show_nothing_that_is_closed(ben: Member, ada: Member) -> None:
    Lab.objects.update_or_create(pk=1, defaults={"independent_reviews": True})
    paper = make.paper("Independent")
    make.review(paper, ada, summary="A hidden pomegranate.")
    make.claim(paper, ben)
    address = f"/papers/passages/?q=pomegranate&papers={paper.pk}"
    assert "pomegranate" not in make.browser(ben).get(address, headers=HTMX).content.decode()
    assert "pomegranate" in make.browser(ada).get(address, headers=HTMX).content.decode()
    make.member("stranger")
    assert make.browser(ben).get(address).headers["Location"] == "/papers/?q=pomegranate"


@pytest.mark.parametrize("papers", ["", "x", "1,,x", "9" * 30, "²", "1" + ",1" * 500])
def test_wrong_numbers_find_nothing(ben: Member, papers: str) -> None:
    make.lab()
    answer = make.browser(ben).get("/papers/passages/", {"q": "x", "papers": papers}, headers=HTMX)
    assert (answer.status_code, answer.content) == (200, b"")
