"""500 characters are typed while something breaks: none is missing afterwards.

CRASH_RUNS sets how often each way of breaking is tried (20 for the figures in the notes).
"""

from __future__ import annotations

import os
import random
import re
import signal
import string
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from playwright.sync_api import BrowserContext, BrowserType, Error, Page, expect

from papers.models import Member, Paper, ReviewDraft, Session
from tests import make
from tests.production import Server, get_database_url, give_password
from tests.reviews.saved import list_saved_words
from tests.waiting import sleep_in, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

RUNS = int(os.environ.get("CRASH_RUNS") or 1)
LENGTH = 500
KEY_PAUSE = 8  # ms; 500 keys take four seconds and more
TYPING = 180_000  # ms; on a busy machine a key takes ten times as long
AFTER = " ".join(["Typed after the session was over, until somebody looks up."] * 2)
AFTER_PAUSE = 40  # ms
LATEST_ON_SERVER = 3.0  # seconds of typing that may not be on the server yet


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path)
    running.start()
    yield running
    running.kill()


@pytest.fixture
def page(server: Server, ben: Member, new_context: Callable[..., BrowserContext]) -> Page:
    give_password(ben)
    context = new_context(base_url=server.url)
    cookie = make.browser(ben).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": server.url}])
    return watch(context.new_page())


def watch(page: Page) -> Page:
    """Note in `page.troubles` what goes wrong in it."""
    page.troubles = []  # type: ignore[attr-defined]
    note = page.troubles.append  # type: ignore[attr-defined]
    page.on("requestfailed", lambda request: note(f"{request.url} {request.failure}"))
    page.on("pageerror", lambda error: note(str(error)))
    page.on("response", lambda r: note(f"{r.url} {r.status}") if r.status >= 400 else None)
    return page


def open_editor(page: Page, paper: Paper) -> None:
    """Open it and wait until it keeps what is typed."""
    page.goto(f"/papers/{paper.pk}/review/")
    assert_awake(page)


def assert_awake(page: Page) -> None:
    """The editor's own script runs: the toolbar is its work.

    A page whose script did not arrive says "Press Save draft"; a person loads it again.
    """
    toolbar = page.get_by_role("toolbar").first
    try:
        expect(toolbar).to_be_visible(timeout=10_000)
    except AssertionError:
        page.reload()
    expect(toolbar, str(page.troubles)).to_be_visible()  # type: ignore[attr-defined]


class Typing:
    """Types a text while another thread breaks something at a random moment."""

    def __init__(self, page: Page, paper: Paper) -> None:
        self.page, self.paper = page, paper
        letters = random.choices(string.ascii_letters + "    ", k=LENGTH)
        self.text = "".join(letters).strip().ljust(LENGTH, "x")
        self.began = self.broke = self.ended = 0.0

    def run(self, break_it: Callable[[], None]) -> None:
        open_editor(self.page, self.paper)
        area = self.page.locator("[name=summary]")
        area.click()

        def interrupt() -> None:
            time.sleep(random.uniform(0.5, 4))
            self.broke = time.monotonic()
            break_it()

        breaker = threading.Thread(target=interrupt)
        self.began = time.monotonic()
        breaker.start()
        area.press_sequentially(self.text, delay=KEY_PAUSE, timeout=TYPING)
        self.ended = time.monotonic()
        breaker.join()

    def check_server_has_all_but_the_last_seconds(self) -> None:
        took = self.ended - self.began
        slower = took / (LENGTH * KEY_PAUSE / 1000)  # than on a machine that does nothing else
        since = self.broke - self.began - LATEST_ON_SERVER * slower
        owed = min(LENGTH, int(LENGTH / took * since))
        assert len(self.read_draft("summary")) >= owed

    def check_nothing_is_missing(self) -> None:
        assert_awake(self.page)
        area = self.page.locator("[name=summary]")
        troubles = str(self.page.troubles)  # type: ignore[attr-defined]
        expect(area, troubles).to_have_value(self.text)
        wait_for(
            lambda: self.read_draft("summary") == self.text,
            lambda: f"{len(self.read_draft('summary'))} of {LENGTH} reached the server",
            sleep=sleep_in(self.page),
        )

    def read_draft(self, part: str) -> str:
        """What the server has of it."""
        draft = ReviewDraft.objects.filter(paper=self.paper).first()
        return getattr(draft, part) if draft else ""


@pytest.mark.parametrize("run", range(RUNS))
def test_the_server_is_killed_while_somebody_types(page: Page, server: Server, run: int):
    typing = Typing(page, make.paper())
    typing.run(server.kill)
    typing.check_server_has_all_but_the_last_seconds()
    server.start()
    page.reload()
    typing.check_nothing_is_missing()


@pytest.mark.parametrize("run", range(RUNS))
def test_the_database_goes_away_while_somebody_types(page: Page, server: Server, run: int):
    url = get_database_url()
    name = url.split("@/")[1].split("?")[0]
    mine = url.replace(f"@/{name}?", "@/postgres?")
    with psycopg.connect(mine, autocommit=True) as outside:

        def stop() -> None:
            outside.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')  # type: ignore[arg-type]
            outside.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = %s AND application_name = 'reviewapp' AND pid <> %s",
                [name, own],
            )

        own = connection.connection.info.backend_pid
        typing = Typing(page, make.paper())
        try:
            typing.run(stop)
            expect(page.locator("#saved")).not_to_have_text(re.compile("^Saved"))
            typing.check_server_has_all_but_the_last_seconds()
        finally:
            outside.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')  # type: ignore[arg-type]
    typing.check_nothing_is_missing()
    page.reload()
    typing.check_nothing_is_missing()


@pytest.mark.parametrize("run", range(RUNS))
def test_the_session_is_deleted_while_somebody_types(page: Page, run: int):
    typing = Typing(page, make.paper())
    typing.run(lambda: None)
    Session.objects.all().delete()
    # Longer than a save waits, so that it is refused in the middle: the dialog must not take a key.
    page.locator("[name=critique]").press_sequentially(AFTER, delay=AFTER_PAUSE, timeout=TYPING)
    expect(page.locator("[name=critique]")).to_have_value(AFTER)
    dialog = page.get_by_role("dialog", name="Sign in again")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Handle or email").fill("ben")
    dialog.get_by_label("Password").fill(make.PASSWORD)
    dialog.get_by_role("button", name="Sign in and save").click()
    typing.check_nothing_is_missing()
    wait_for(lambda: typing.read_draft("critique") == AFTER, sleep=sleep_in(page))


@pytest.mark.parametrize("run", range(RUNS))
def test_the_network_is_cut_while_somebody_types(page: Page, run: int):
    typing = Typing(page, make.paper())
    half = LENGTH // 2
    open_editor(page, typing.paper)
    area = page.locator("[name=summary]")
    area.press_sequentially(typing.text[:half], delay=KEY_PAUSE, timeout=TYPING)
    page.context.set_offline(True)
    area.press_sequentially(typing.text[half:], delay=KEY_PAUSE, timeout=TYPING)
    page.close()
    page.context.set_offline(False)
    typing.page = watch(page.context.new_page())
    typing.page.goto(f"/papers/{typing.paper.pk}/review/")
    typing.check_nothing_is_missing()


@pytest.mark.parametrize("run", range(RUNS))
def test_the_browser_is_killed_while_the_server_is_away(
    server: Server,
    ben: Member,
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    tmp_path: Path,
    run: int,
):
    """Both at once: only what the browser had written to its disk is left."""
    give_password(ben)
    cookie = make.browser(ben).cookies["sessionid"].value
    profile = tmp_path / "profile"

    def open_browser() -> BrowserContext:
        context = browser_type.launch_persistent_context(
            profile, base_url=server.url, **browser_type_launch_args
        )
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": server.url}])
        return context

    context = open_browser()
    typing = Typing(watch(context.pages[0]), make.paper())
    typing.run(server.kill)
    wait_for(lambda: typing.text in list_saved_words(typing.page), sleep=sleep_in(typing.page))
    kill_browser(profile)
    with suppress(Error):
        context.close()
    server.start()
    context = open_browser()
    typing.page = watch(context.pages[0])
    open_editor(typing.page, typing.paper)
    typing.check_nothing_is_missing()
    context.close()


def kill_browser(profile: Path) -> None:
    """SIGKILL to the browser that uses this profile, and to no other."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            arguments = (process / "cmdline").read_bytes().split(b"\0")
            if f"--user-data-dir={profile}".encode() in arguments:
                os.kill(int(process.name), signal.SIGKILL)
