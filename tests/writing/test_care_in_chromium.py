"""Every kind of text survives five faults: server killed, network cut, session ended, signed in
again in another tab, tab closed.

All texts are typed at once, in a tab each; server and network go at a random letter. CARE_RUNS
sets how many comments and outcomes of experiments are tried besides (20 for the figures in the
notes).
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from papers.models import Meeting, Member, TextDraft
from tests import make
from tests.clock import CLOCK
from tests.production import Server, give_password
from tests.waiting import sleep_in, wait_for
from tests.writing.kinds import Kind, make_kinds, make_many

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

RUNS = int(os.environ.get("CARE_RUNS") or 0)
WORDS = {
    "at first": "Begun. ",
    "server killed": "The server goes away. ",
    "network cut": "The network is cut. ",
    "session ended": "The session has ended. ",
    "signed in elsewhere": "Another tab signed in. ",
    "tab closed": "The tab is closed.",
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path)
    running.start()
    yield running
    running.kill()


@pytest.fixture
def context(
    server: Server, ada: Member, new_context: Callable[..., BrowserContext]
) -> BrowserContext:
    give_password(ada)
    context = new_context(base_url=server.url)
    context.set_default_timeout(60_000)
    cookie = make.browser(ada).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": server.url}])
    return context


class Tab:
    """One text in one tab."""

    def __init__(self, context: BrowserContext, kind: Kind) -> None:
        self.context, self.kind, self.typed = context, kind, ""
        self.open()

    def open(self) -> None:
        self.page: Page = self.context.new_page()
        self.page.goto(self.kind.path)
        expect(self.form.locator("[data-care-state]"), self.kind.name).to_be_attached()

    @property
    def field(self) -> Locator:
        return self.page.get_by_role("textbox", name=self.kind.label).first

    @property
    def form(self) -> Locator:
        return self.page.locator("form[data-care]", has=self.field)

    def type(self, words: str) -> None:
        self.typed += words
        self.field.press_sequentially(words)

    def say(self) -> str:
        told = self.form.locator("[data-care-state]").text_content()
        return f"{self.kind.name}: {told!r}, {self.field.input_value()!r}"

    def expect_saved(self) -> None:
        """Come back to the tab, again and again: a save that fails is tried again later and
        later, and a server that starts on a busy machine refuses some."""
        wait_for(self.is_saved, self.say, sleep=sleep_in(self.page), every=1)

    def is_saved(self) -> bool:
        self.page.evaluate("dispatchEvent(new Event('focus'))")
        return self.typed.strip() in find_saved()

    def sign_in(self) -> None:
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Handle or email").fill("ada")
        dialog.get_by_label("Password").fill(make.PASSWORD)
        dialog.get_by_role("button", name="Sign in and save").click()

    def send(self) -> None:
        if self.kind.title:
            self.form.locator(f"[name={self.kind.title}]").fill(self.kind.name)
        if self.kind.choice:
            self.form.get_by_label(self.kind.choice).check()
        self.form.get_by_role("button", name=self.kind.button).first.click()


def find_saved() -> str:
    """All that the server has of what is not sent, and of the minutes."""
    drafts = [text for draft in TextDraft.objects.all() for _, text in draft.fields]
    return "\0".join([*drafts, *Meeting.objects.values_list("record", flat=True)])


@pytest.fixture
def kinds(server: Server, ada: Member) -> list[Kind]:
    return make_kinds(ada, CLOCK.now())


def test_no_text_of_any_kind_is_lost(server: Server, context: BrowserContext, kinds: list[Kind]):
    tabs = [Tab(context, kind) for kind in kinds]
    for tab in tabs:
        tab.type(f"{tab.kind.name}: {WORDS['at first']}")
    expect_saved(tabs)
    go_through_faults(server, context, tabs)
    for tab in tabs:
        tab.type(WORDS["tab closed"])
        tab.page.close()
    for tab in tabs:
        tab.open()
        expect(tab.field, tab.kind.name).to_have_value(tab.typed)
        tab.send()
        wait_for(lambda tab=tab: is_sent(tab), tab.kind.name, sleep=sleep_in(tab.page))
    assert [draft.place for draft in TextDraft.objects.all() if draft.fields] == []


@pytest.mark.skipif(not RUNS, reason="takes minutes; set CARE_RUNS")
@pytest.mark.parametrize("name", ["comment", "outcome"])
def test_no_letter_is_lost(server: Server, context: BrowserContext, ada: Member, name: str) -> None:
    """CARE_RUNS texts of one kind."""
    kinds = make_many(name, RUNS)
    tabs = [Tab(context, kind) for kind in kinds]
    go_through_faults(server, context, tabs)
    for tab in tabs:
        tab.type(WORDS["tab closed"][: random.randint(1, len(WORDS["tab closed"]))])
        tab.page.close()
    lost = []
    for tab in tabs:
        tab.open()
        try:
            expect(tab.field).to_have_value(tab.typed)
        except AssertionError:
            lost.append((tab.typed, tab.field.input_value()))
        tab.page.close()
    print(f"{name}: {RUNS} texts, {sum(len(tab.typed) for tab in tabs)} letters, {len(lost)} lost")
    assert lost == []


def go_through_faults(server: Server, context: BrowserContext, tabs: list[Tab]) -> None:
    type_during(tabs, "server killed", server.kill)
    for tab in tabs:
        expect(tab.form.get_by_text("Saved on this device"), tab.say()).to_be_visible()
    server.start()
    expect_saved(tabs)
    type_during(tabs, "network cut", lambda: context.set_offline(True))
    context.set_offline(False)
    expect_saved(tabs)
    context.clear_cookies()
    for tab in tabs:
        tab.type(WORDS["session ended"])
        expect(tab.page.get_by_role("dialog"), tab.say()).to_be_visible()
    tabs[0].sign_in()
    expect_saved(tabs)
    for tab in tabs:
        expect(tab.page.get_by_role("dialog")).to_be_hidden()
    sign_in_elsewhere(context)
    for tab in tabs:
        tab.type(WORDS["signed in elsewhere"])
    expect_saved(tabs)


def type_during(tabs: list[Tab], name: str, fault: Callable[[], None]) -> None:
    """It happens at any letter but the last, another one in each tab."""
    words = WORDS[name]
    cuts = [random.randrange(len(words) - 1) for _ in tabs]
    for tab, cut in zip(tabs, cuts, strict=True):
        tab.type(words[:cut])
    fault()
    for tab, cut in zip(tabs, cuts, strict=True):
        tab.type(words[cut:])


def expect_saved(tabs: list[Tab]) -> None:
    for tab in tabs:
        tab.expect_saved()


def is_sent(tab: Tab) -> bool:
    try:
        return tab.typed.strip() in tab.kind.find_sent()
    except Exception:  # noqa: BLE001  it is not made yet
        return False


def sign_in_elsewhere(context: BrowserContext) -> None:
    """End the session, and begin another in a tab of its own."""
    context.clear_cookies()
    other = context.new_page()
    other.goto("/accounts/login/")
    other.get_by_label("Handle or email").fill("ada")
    other.get_by_label("Password").fill(make.PASSWORD)
    other.get_by_role("button", name="Sign in", exact=True).first.click()
    other.wait_for_url("**/")
    other.close()
