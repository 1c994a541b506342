"""A review of 100 kB with 300 formulas: typing stays fluid, the preview comes within a second."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from papers.models import Member
from papers.reviews.drafts.actions import save_draft
from papers.reviews.drafts.content import ReviewContent, Stamp
from papers.text import markdown
from papers.text.markdown import render
from tests import make
from tests.make import NOW
from tests.waiting import PATIENCE


def make_long_text() -> str:
    words = "the loss surface of a network is flat where noise has carried the weights to rest "
    blocks = [f"{words * 4}$f_{{{n}}}(x) = \\sum_i w_i^{{{n}}} x_i$ and so on." for n in range(300)]
    return "\n\n".join(blocks)[:100_000]


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may take its time; what the renderer may spend of it stays as it is."""
    monkeypatch.setattr(markdown, "LIMIT", PATIENCE)


def test_the_preview_of_a_long_text_takes_less_than_a_second():
    text = make_long_text()
    assert len(text) > 95_000
    assert render(text).count("arithmatex") >= 250  # a text that takes longer is shown as typed


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_typing_into_a_long_text_has_no_long_task(open_as, ben: Member):
    """Counted is what each task costs the processor, not how long it stood in line for it."""
    paper = make.paper()
    content = ReviewContent(summary=make_long_text())
    save_draft(paper=paper, by=ben, at=NOW, content=content, stamp=Stamp())
    page = open_as(ben)
    page.goto(f"/papers/{paper.pk}/review/")
    expect(page.locator("#preview .katex").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.locator("[name=summary]").focus()
    page.keyboard.press("Control+End")
    browser = page.context.browser
    assert browser
    browser.start_tracing(page=page, categories=["disabled-by-default-devtools.timeline"])
    for _ in range(40):
        page.keyboard.type("some words ")
    expect(page.locator("#preview")).to_contain_text("some words some words")
    expect(page.locator("#saved")).to_contain_text("Saved")
    longest = max(list_tasks(browser.stop_tracing()))
    print(f"longest task {longest:.0f} ms of the processor")
    assert longest < 200


def list_tasks(trace: bytes) -> list[float]:
    """Milliseconds of the processor that each task of the page's main thread took, but those in
    which this test looks at the page."""
    events = json.loads(trace)["traceEvents"]
    mains = {
        (one["pid"], one["tid"])
        for one in events
        if one["name"] == "thread_name" and one["args"]["name"] == "CrRendererMain"
    }
    mine = [one for one in events if (one["pid"], one["tid"]) in mains]
    looks = [one["ts"] for one in mine if one["name"] == "DevToolsSession::DispatchProtocolCommand"]
    tasks = [one for one in mine if one["name"] == "RunTask"]
    assert looks
    assert len(tasks) > len(looks)
    return [
        one.get("tdur", 0) / 1000  # nothing of one that goes on when the trace ends
        for one in tasks
        if not any(one["ts"] <= at <= one["ts"] + one.get("dur", 0) for at in looks)
    ]
