"""The reading copy opens from a folder: every page, link and formula, without a server."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page

from papers.models import Member, Paper
from papers.text.markdown import render
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "It *holds* for $\\lambda_1 > 2$, see #{paper} and @ada.\n\n| a | b |\n|---|---|\n| 1 | 2 |"


@pytest.fixture
def folder(transactional_db: None, ada: Member, ben: Member, tmp_path: Path) -> Path:
    """A copy of a lab with a formula, links between papers, and long and Japanese titles."""
    theory = make.topic("Theory", description="Why it works.")
    one = make.paper("Sharp minima", authors=["Ann Lee"], year=2020, topics=[theory])
    other = make.paper(
        "量子もつれ " * 20, authors=["山田 太郎"] * 30, topics=[make.topic("Q", theory)]
    )
    make.paper("Alone <b>& bold</b>", note="A & B", abstract="x < y")
    text = TEXT.replace("{paper}", str(other.pk))
    critique = (
        '<p>No <a href="/papers/99/gone/">gone</a><a href="https://example.org/x">out</a>'
        '<img src="/static/x.png" alt="a plot"></p>'
    )
    make.review(
        one, ben, summary=text, summary_html=render(text), takeaway="It is <fine>.",
        critique="No", critique_html=critique,
    )  # fmt: skip
    make.claim(one, ada, due_on=None)
    body = b"".join(make.browser(ada).get("/export/copy/"))
    ZipFile(BytesIO(body)).extractall(tmp_path)
    return tmp_path


def test_every_link_of_the_folder_leads_somewhere_in_it(folder: Path) -> None:
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) == 1 + Paper.objects.count() + 1
    for page in pages:
        text = page.read_text()
        targets = re.findall(r'(?:href|src)="([^"]*)"', text)
        for target in targets:
            if target.startswith(("https://", "data:")):
                continue
            assert not target.startswith("/"), (page.name, target)
            name, _, place = target.partition("#")
            there = (page.parent / name).resolve() if name else page
            assert there.is_relative_to(folder), (page.name, target)
            assert there.is_file(), (page.name, target)
            assert not place or f'id="{place}"' in there.read_text(), (page.name, target)
    whole = "".join(page.read_text() for page in pages)
    assert "<b>&" not in whole
    assert "gone</a>" in whole
    assert "/papers/99/" not in whole
    assert "a plot" in whole


def test_it_opens_from_the_disk_without_an_error(folder: Path, page: Page) -> None:
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(request.url)
            if request.failure != "net::ERR_ABORTED" else None)  # fmt: skip
    page.on("request", lambda request: wrong.append(request.url)
            if not request.url.startswith(("file:", "data:")) else None)  # fmt: skip
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto((folder / "index.html").as_uri())
        page.get_by_role("link", name="Sharp minima").click()
        assert page.get_by_text("Review by Ben Member").is_visible()
        assert page.locator(".arithmatex math").count() == 1
        assert page.locator(".arithmatex math").is_visible()
        page.get_by_role("navigation").get_by_role("link").click()
        page.get_by_role("link", name="Ada Curator").click()
        page.get_by_role("link", name="Sharp minima").click()
        for path in folder.rglob("*.html"):
            page.goto(path.as_uri())
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, path.name
    assert wrong == []
