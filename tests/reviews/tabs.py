"""Tabs of one browser on one draft."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from papers.models import Member, Paper
from papers.reviews.drafts.actions import save_draft
from papers.reviews.drafts.content import ReviewContent, Stamp
from tests.make import NOW

SAVED = re.compile(r"Saved \d\d:\d\d")
AWAY = re.compile(r"^(Offline|Can't reach the server)\. Saved on this device$")
NO_STORAGE = """
Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };
Object.defineProperty(window, 'indexedDB', { value: undefined });
"""
WAITS = "navigator.locks.query().then((all) => all.pending.length)"
NO_LOCKS = "Object.defineProperty(navigator, 'locks', { value: undefined });"
LISTEN = """(name) => {
  window.heard = false;
  new BroadcastChannel(`review:${name}`).addEventListener('message', () => { heard = true; });
}"""
NEW = Stamp()
type Open = Callable[..., Page]


def open_editor(page: Page, paper: Paper) -> None:
    page.goto(f"/papers/{paper.pk}/review/")
    expect(page.get_by_role("toolbar").first).to_be_visible()


def open_tab(page: Page, paper: Paper) -> Page:
    """Another tab of the same browser."""
    other = page.context.new_page()
    open_editor(other, paper)
    return other


def open_listener(page: Page) -> Page:
    """A tab that notes in `heard` when the editor says that the server has its text."""
    listener = page.context.new_page()
    listener.goto("/profile/")
    listener.evaluate(LISTEN, page.locator("[data-editor]").get_attribute("data-editor"))
    return listener


def write(paper: Paper, by: Member, text: str, stamp: Stamp = NEW) -> None:
    content = ReviewContent(summary=text)
    save_draft(paper=paper, by=by, at=NOW, content=content, stamp=stamp)
