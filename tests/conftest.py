"""The cast and the doors that all tests share."""

from __future__ import annotations

import gc
import logging
import os
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, TransactionTestCase
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer
from whitenoise.middleware import WhiteNoiseMiddleware

from papers.models import Lab, Member
from tests import make
from tests.addresses import note_unknown
from tests.clock import CLOCK, NOW, Clock, shift_browser, take_over
from tests.emptying import empty_tables, end_others
from tests.grouping import pytest_xdist_make_scheduler  # noqa: F401 (a hook)
from tests.migrated import copy_migrated
from tests.setup.browser import find_browser
from tests.waiting import PATIENCE, wait_for

# Playwright's event loop runs in the test's thread; Django would refuse its queries there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


expect.set_options(timeout=PATIENCE * 1000)
hypothesis.settings.register_profile("tests", deadline=None)  # a busy machine is no finding
hypothesis.settings.load_profile("tests")

# Before the database is made: rows that migrations write live in that time as well.
take_over()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, so that no process is alone with one of them at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: ten thousand tests and the app, which the collector of garbage
    would go through time and again.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def clock() -> Clock:
    """What the site takes the time from; it shows NOW when a test begins."""
    CLOCK.start(NOW)
    return CLOCK


@pytest.fixture(autouse=True)
def _known_addresses(request: pytest.FixtureRequest) -> Iterator[None]:
    """No test asks for what is not on the site map, unless it is marked as one about that."""
    with note_unknown() as unknown:
        yield
    if not request.node.get_closest_marker("unknown_addresses"):
        assert unknown == set(), "asked for, and on no site map"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Beside other processes the database is a copy of one that is migrated once."""
    if run := os.environ.get("PYTEST_XDIST_TESTRUNUID"):
        with django_db_blocker.unblock():
            copy_migrated(run)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """At the end the database is deleted, whatever request of a closed browser still reads it."""
    yield
    with django_db_blocker.unblock():
        end_others()


@pytest.fixture(scope="session", autouse=True)
def _static_root() -> None:
    """A fresh checkout has not collected its static files; whitenoise would warn of that."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> Iterator[None]:
    """Every test client makes the middlewares anew; whitenoise then asks the disk for each static
    file, which is a fifth of the time of a sweep. They do not change meanwhile: once is enough.
    """
    known: dict[tuple[str, str], dict[str, Any]] = {}
    look_up = WhiteNoiseMiddleware.add_files_from_finders

    def remember(self: WhiteNoiseMiddleware) -> None:
        place = self.static_prefix, str(self.static_root)
        if place not in known:
            look_up(self)
            known[place] = dict(self.files)
        self.files.update(known[place])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", remember)
        yield


@pytest.fixture(scope="session", autouse=True)
def _emptying() -> Iterator[None]:
    """A test that commits leaves no row behind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_tables)
        yield


@pytest.fixture
def quiet() -> Iterator[None]:
    """For sweeps: thousands of refusals would be logged, each with its traceback."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


BROKEN_OFF = ("htmx:sendAbort", "htmx:afterRequest")
BUSY = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""
PATIENT = """
    SELECT set_config('deadlock_timeout', '1h', false) FROM pg_roles
    WHERE rolname = current_user AND rolsuper
"""
QUIET = 4
"""Looks in a row at which no other connection does anything; between two statements of an answer
one does nothing for a moment."""


@pytest.fixture(autouse=True)
def _queue(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that commits leaves no job behind: the queue's tables are not flushed by Django.

    Where emptying the tables and a late request wait for each other, the request gives up: it
    looks for the deadlock first.
    """
    marker = request.node.get_closest_marker("django_db")
    if not marker or not marker.kwargs.get("transaction"):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    if "live_server" in request.fixturenames:
        _wait_for_answers()
    with connection.cursor() as cursor:
        cursor.execute(PATIENT)
        cursor.execute("DELETE FROM procrastinate_jobs")


def _wait_for_answers() -> None:
    """Pages are closed, but what they asked last may still be answered."""
    looks = deque([True] * QUIET, maxlen=QUIET)

    def is_quiet() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(BUSY)
            looks.append(cursor.fetchone()[0] > 0)
        return not any(looks)

    wait_for(is_quiet, "something is still being answered")


@pytest.fixture
def lab(db: None) -> Lab:
    """The lab with the limits of product.md: 2 slots, 3 open claims, 14 days."""
    return make.lab()


@pytest.fixture
def ada(lab: Lab) -> Member:
    """A curator."""
    return make.member("ada", name="Ada Curator", role=Member.Role.CURATOR)


@pytest.fixture
def ben(lab: Lab) -> Member:
    """A member."""
    return make.member("ben", name="Ben Member")


@pytest.fixture
def cy(lab: Lab) -> Member:
    """Another member."""
    return make.member("cy", name="Cy Member")


@pytest.fixture
def dan(lab: Lab) -> Member:
    """An alumnus: cannot sign in, his work stays."""
    return make.member("dan", name="Dan Alumnus", state=Member.State.ALUMNI)


@pytest.fixture
def rea(lab: Lab) -> Member:
    """A reader: reads and comments."""
    return make.member("rea", name="Rea Reader", role=Member.Role.READER)


@pytest.fixture
def stranger(lab: Lab) -> Client:
    """A browser that nobody signed in with."""
    return Client()


@pytest.fixture
def as_ada(ada: Member) -> Client:
    """The curator's browser."""
    return make.browser(ada)


@pytest.fixture
def as_ben(ben: Member) -> Client:
    """The member's browser."""
    return make.browser(ben)


@pytest.fixture
def as_cy(cy: Member) -> Client:
    """The other member's browser."""
    return make.browser(cy)


@pytest.fixture
def as_rea(rea: Member) -> Client:
    """The reader's browser."""
    return make.browser(rea)


# --- Real Chromium -------------------------------------------------------------------------------

# Chromium by itself asks its maker's servers for news; these tests allow no request outside.
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the installed Chromium; as root it has to do without its sandbox."""
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return {**browser_type_launch_args, "executable_path": find_browser(), "args": flags}


def is_complaint(message: ConsoleMessage) -> bool:
    """An error, but for htmx telling that a page was left before an answer came."""
    return message.type == "error" and not message.text.startswith(BROKEN_OFF)


@pytest.fixture
def open_as(
    new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> Callable[..., Page]:
    """A function that opens a page on the running site, signed in as a member.

    Console errors and violations of the content policy are noted in `page.complaints`.
    """

    def open_page(member: Member | None, **options: Any) -> Page:
        context = new_context(base_url=live_server.url, **options)
        if member:
            cookie = make.browser(member).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        context.set_default_timeout(PATIENCE * 1000)
        context.add_init_script(shift_browser())
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda m: complaints.append(m.text) if is_complaint(m) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.complaints = complaints  # type: ignore[attr-defined]
        return page

    return open_page
