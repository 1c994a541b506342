"""Paste a link, look, one click, in a real browser with a real worker and stub services."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from papers.models import Claim, Lab, Member, Paper
from tests import make
from tests.lookups import shapes
from tests.lookups.stubs import Reply, Stub
from tests.lookups.worker import running_worker
from tests.waiting import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Start = Callable[..., Stub]
LINK = "https://arxiv.org/pdf/2106.12345v3"

AT_MOST = 1.5
"""Seconds from the paste to the title, with a service that takes 0.3 s."""


@pytest.fixture
def lab(transactional_db: None) -> Lab:
    return make.lab()


@pytest.fixture
def worker(lab: Lab, clock: Any) -> Iterator[None]:
    clock.follow_machine()
    with running_worker():
        yield


def paste(page: Page, text: str = LINK) -> None:
    page.goto("/papers/new/")
    page.get_by_label("Paste a link").fill(text)


def click(page: Page, name: str = "Add and claim") -> None:
    page.locator("#recognized").get_by_role("button", name=name).click()
    page.wait_for_url(re.compile(r"/papers/\d+/\S+/"))


MEASURE = """
(link) => new Promise((done) => {
  const box = document.querySelector("#id_anything"), title = document.querySelector("#id_title");
  const start = performance.now();
  title.addEventListener("input", () => title.value && done(performance.now() - start));
  box.value = link;
  box.dispatchEvent(new Event("input", { bubbles: true }));
})
"""


def test_a_paste_is_filled_in_while_one_looks_and_added_by_one_click(
    open_as: Any, worker: None, stand_in: Start, ben: Member
) -> None:
    stand_in("arxiv", Reply(shapes.arxiv(), delay=0.3))
    page = open_as(ben)
    paste(page, LINK)
    expect(page.locator("#recognized")).to_contain_text("filled in from arXiv.")
    expect(page.get_by_label("Abstract")).to_have_value(shapes.ABSTRACT)
    expect(page.get_by_label("Authors")).to_have_value("Ann Lee\nJérôme Ek")
    click(page)
    paper = Paper.objects.get()
    assert (paper.title, paper.year, paper.venue) == (shapes.TITLE, 2021, "arXiv")
    assert paper.abstract == shapes.ABSTRACT
    assert paper.identifiers.get().value == "2106.12345"
    assert Claim.objects.get().member == ben
    assert page.complaints == []


@pytest.mark.faults
def test_a_paste_is_filled_in_fast(
    open_as: Any, worker: None, stand_in: Start, ben: Member
) -> None:
    """By the clock: for a quiet machine."""
    stand_in("arxiv", Reply(shapes.arxiv(), delay=0.3))
    page = open_as(ben)
    paste(page, "10.1000/warm")
    expect(page.locator("#recognized")).to_contain_text("Recognized")
    page.goto("/papers/new/")
    seconds = page.evaluate(MEASURE, LINK) / 1000
    print(f"filled in after {seconds:.2f} s")
    assert seconds < AT_MOST


NEVER = 600.0
"""Seconds that a service takes which nobody waits for, whatever else the machine does meanwhile."""

DOWN = [
    Reply(status=503), Reply(shapes.arxiv(), delay=NEVER), Reply(shapes.arxiv("2106.99999")),
    Reply(b"<html>Sign in to the network</html>"), Reply(stream=b"x" * 65536),
    Reply(status=429, headers={"Retry-After": "600"}),
]  # fmt: skip


@pytest.mark.parametrize(
    "reply", DOWN, ids=["down", "slow", "another paper", "HTML", "endless", "rate-limited"]
)
def test_a_service_that_fails_keeps_nobody_waiting(
    open_as: Any, worker: None, stand_in: Start, ben: Member, reply: Reply
) -> None:
    stub = stand_in("arxiv", reply)
    page = open_as(ben)
    page.goto("/papers/new/")
    page.get_by_label("Venue").fill("My venue")
    begun = time.monotonic()
    page.get_by_label("Paste a link").fill(LINK)
    expect(page.locator("#recognized")).to_contain_text("Recognized: arXiv:2106.12345.")
    page.get_by_label("Note").fill("Read this")
    wait_for(lambda: bool(stub.asked), "arXiv is not asked")
    click(page)
    assert time.monotonic() - begun < NEVER / 4, "it waited for the service"
    paper = Paper.objects.get()
    assert (paper.venue, paper.note) == ("My venue", "Read this")
    assert paper.title == "arXiv:2106.12345"
    assert Claim.objects.get().member == ben
    expect(page.locator("#lookup-note")).to_contain_text(
        re.compile("Looking up the details at arXiv|didn't answer")
    )
    assert page.complaints == []


def test_what_is_typed_while_the_answer_comes_stays(
    open_as: Any, worker: None, stand_in: Start, ben: Member
) -> None:
    stub = stand_in("arxiv", Reply(shapes.arxiv(), delay=2.0))
    page = open_as(ben)
    paste(page)
    wait_for(lambda: bool(stub.asked), "arXiv is not asked")
    page.get_by_label("Authors").fill("Typed by hand")
    page.get_by_label("Note").press_sequentially("Still ")
    expect(page.locator("#id_title")).to_have_value(shapes.TITLE)
    page.get_by_label("Note").press_sequentially("typing")
    expect(page.get_by_label("Authors")).to_have_value("Typed by hand")
    expect(page.get_by_label("Note")).to_have_value("Still typing")
    assert page.complaints == []


def test_a_paper_added_before_the_answer_shows_its_details_by_itself(
    open_as: Any, worker: None, stand_in: Start, ben: Member
) -> None:
    stub = stand_in("arxiv", Reply(shapes.arxiv(), delay=3.0))
    page = open_as(ben)
    paste(page)
    wait_for(lambda: bool(stub.asked), "arXiv is not asked")
    click(page, "Add paper")
    expect(page.get_by_role("heading", level=1)).to_contain_text(shapes.TITLE)
    expect(page.locator("#lookup-note")).to_contain_text("Filled in from arXiv.")
    assert page.complaints == []


def test_a_bookmark_on_a_papers_page_opens_the_form(
    open_as: Any, worker: None, stand_in: Start, ben: Member, live_server: Any
) -> None:
    stand_in("arxiv", shapes.arxiv())
    page = open_as(ben)
    page.goto("/papers/new/browser/")
    link = page.get_by_role("link", name="Add to the lab")
    href = link.get_attribute("href")
    assert href.startswith("javascript:")
    link.click()
    assert page.complaints == []
    sent = f"/papers/new/?url={LINK}&title=[2106.12345]%20Rigid%20Bodies"
    page.goto(sent)
    expect(page.locator("#id_title")).to_have_value(shapes.TITLE)
    click(page)
    assert Paper.objects.get().title == shapes.TITLE
    assert page.complaints == []
