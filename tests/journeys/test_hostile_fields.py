"""Hostile texts through every field that takes Markdown, on the real pages in Chromium."""

from __future__ import annotations

from collections.abc import Callable
from itertools import batched

import pytest
from playwright.sync_api import Page

from papers.catalogue.actions.papers import PaperFacts, add_paper
from papers.discussion.actions import add_comment
from papers.experiments.actions import Idea, close_experiment, propose_experiments
from papers.models import Member
from papers.reviews.actions.publishing import publish_review
from papers.reviews.drafts.content import ReviewContent, Stamp
from papers.topics.actions.listings import list_paper
from papers.topics.actions.nodes import add_topic, change_topic
from tests import make
from tests.make import NOW
from tests.text.hostile import HOSTILE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WATCH = """
window.hits = [];
for (const name of ['hit', 'alert', 'confirm', 'prompt'])
  window[name] = (...words) => { window.hits.push([name, ...words]); };
window.stopped = [];
document.addEventListener('securitypolicyviolation', event =>
  window.stopped.push([event.effectiveDirective, event.blockedURI, event.sample]));
"""
# A form refuses a NUL, and what a browser sends has no half characters.
TEXTS = [text.replace("\x00", "").encode(errors="replace").decode() for text in HOSTILE]
SOME = TEXTS[::9]
"""Every field goes through one renderer, tried with all texts elsewhere; here the way there is."""


def see(open_as: Callable[..., Page], member: Member, addresses: list[str]) -> None:
    """Open the pages: nothing runs, nothing leaves, the policy has nothing to stop."""
    page = open_as(member)
    page.add_init_script(WATCH)
    left: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda r: left.append(r.url) if "localhost" not in r.url else None)
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for address in addresses:
        assert page.goto(address).status == 200, address  # type: ignore[union-attr]
        page.wait_for_load_state("networkidle")
        page.mouse.move(200, 300)
        assert page.evaluate("window.hits") == [], address
        assert page.evaluate("window.stopped") == [], address
    assert [url for url in left if not url.startswith("data:")] == []
    assert dialogs == []
    # Images of our own host are allowed, and those named here are not there.
    assert [line for line in page.complaints if "404" not in line] == []  # type: ignore[attr-defined]


@pytest.mark.unknown_addresses
def test_every_text_in_a_review_or_a_comment(open_as: Callable[..., Page], ben: Member):
    paper, talk = make.paper(), make.paper()
    for texts in batched(TEXTS[::2], 4):
        fields = dict(zip(("summary", "critique", "follow_up", "questions"), texts, strict=False))
        content = ReviewContent(takeaway=texts[0][:400], **fields)
        publish_review(paper=paper, by=make.member(), at=NOW, content=content, stamp=Stamp(0, 0))
    for text in TEXTS[1::2]:
        add_comment(subject=talk, body=text, by=ben, at=NOW)
    see(
        open_as,
        ben,
        [paper.get_absolute_url(), f"/papers/{paper.pk}/reviews/", talk.get_absolute_url()],
    )


def test_some_texts_in_every_other_field(open_as: Callable[..., Page], ada: Member):
    addresses = []
    whole = "\n\n".join(SOME)
    root = add_topic(name="Hostile", by=ada, at=NOW, description=whole)
    for text in SOME:
        facts = PaperFacts(title=f"{text[:200]} paper", abstract=text, note=text[:200])
        paper = add_paper(facts=facts, by=ada, at=NOW, although_alike=True)
        list_paper(paper=paper, topic=root, by=ada, at=NOW, note=text)
        addresses.append(paper.get_absolute_url())
    change_topic(topic=root, name=SOME[0][:80], description=whole, by=ada, at=NOW)
    ideas = [Idea(text[:200], text, text, text[:100], text[:100]) for text in SOME[:12]]
    for experiment in propose_experiments(ideas=ideas, by=ada, at=NOW):
        close_experiment(
            experiment=experiment, state="refuted", outcome=experiment.plan, by=ada, at=NOW
        )
        addresses.append(experiment.get_absolute_url())
    root.refresh_from_db()
    pages = ["/", "/papers/", "/topics/", root.get_absolute_url(), "/experiments/", "/activity/"]
    see(open_as, ada, [*pages, "/digest/2026-W47/", *addresses[:25], *addresses[-12:]])
