"""A review of 100 kB with 300 formulas: typing stays fluid, the preview comes within a second."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from papers.models import Member
from papers.reviews.actions.reviews import save_draft
from papers.reviews.content import ReviewContent, Stamp
from papers.text.markdown import render
from tests import make
from tests.make import NOW

LONG_TASKS = """
window.longest = 0;
new PerformanceObserver(list => {
  for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
}).observe({type: 'longtask', buffered: false});
"""


def make_long_text() -> str:
    words = "the loss surface of a network is flat where noise has carried the weights to rest "
    blocks = [f"{words * 4}$f_{{{n}}}(x) = \\sum_i w_i^{{{n}}} x_i$ and so on." for n in range(300)]
    return "\n\n".join(blocks)[:100_000]


def test_the_preview_of_a_long_text_takes_less_than_a_second():
    text = make_long_text()
    assert len(text) > 95_000
    render("*warm*")
    began = time.monotonic()
    html = render(text)
    assert time.monotonic() - began < 1
    assert html.count("arithmatex") >= 250


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_typing_into_a_long_text_has_no_long_task(open_as, ben: Member):
    paper = make.paper()
    content = ReviewContent(summary=make_long_text())
    save_draft(paper=paper, by=ben, at=NOW, content=content, stamp=Stamp())
    page = open_as(ben)
    page.goto(f"/papers/{paper.pk}/review/")
    expect(page.locator("#preview .katex").nth(200)).to_be_attached(timeout=30_000)
    page.wait_for_timeout(1500)
    page.locator("[name=summary]").focus()
    page.keyboard.press("Control+End")
    page.evaluate(LONG_TASKS)
    for _ in range(40):
        page.keyboard.type("some words ")
    page.wait_for_timeout(4000)  # saved and shown in the preview meanwhile
    longest = page.evaluate("window.longest")
    print(f"longest task {longest} ms")
    assert longest < 200
    expect(page.locator("#preview")).to_contain_text("some words some words")
    expect(page.locator("#saved")).to_contain_text("Saved")
