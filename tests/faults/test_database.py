"""A database that is away or silent costs 3 s and no text, and the site is back 5 s after it."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.faults.proxy import DatabaseProxy
from tests.production import Server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("outages")]

ANSWERED, BACK = 3.0, 5.0
"""Seconds; to each is added what the site took before, times TIMES, on a machine that is busy."""

TIMES = 4
TOKEN = "a" * 32
TYPED = 'The critique: <b>"one seed" & no more'


@dataclass
class Page:
    """An answer and the seconds that it took."""

    status: int
    headers: dict[str, str]
    text: str
    seconds: float


@pytest.fixture
def proxy() -> Iterator[DatabaseProxy]:
    with DatabaseProxy() as between:
        yield between


@pytest.fixture
def server(tmp_path: Path, proxy: DatabaseProxy) -> Iterator[Server]:
    running = Server(tmp_path, DATABASE_URL=proxy.url, WEB_PROCESSES="1")
    running.start()
    yield running
    running.kill()


def ask(server: Server, path: str, form: dict[str, str] | None = None) -> Page:
    """One request, with a form if there is one."""
    call = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {"Cookie": f"csrftoken={TOKEN}; sessionid={TOKEN}"}
    body = None
    if form:
        body = urlencode({**form, "csrfmiddlewaretoken": TOKEN})
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    start = time.perf_counter()
    try:
        call.request("POST" if form else "GET", path, body, headers)
        answer = call.getresponse()
        text = answer.read().decode()
        return Page(answer.status, dict(answer.headers), text, time.perf_counter() - start)
    finally:
        call.close()


def measure_usual(server: Server) -> float:
    """Seconds that the slowest of some pages takes while all is well."""
    pages = [ask(server, "/papers/") for _ in range(5)]
    assert {page.status for page in pages} == {302}, "a stranger is sent to the sign-in"
    return max(page.seconds for page in pages)


@pytest.mark.parametrize("outage", ["away", "silent"])
def test_an_outage_of_the_database_costs_seconds_and_no_text(
    server: Server, proxy: DatabaseProxy, outage: str
):
    usual = measure_usual(server)
    getattr(proxy, f"be_{outage}")()
    for page in (
        ask(server, "/papers/1/review/", {"critique": TYPED, "verdict": "try"}),
        ask(server, "/papers/"),
        ask(server, "/health/"),
    ):
        assert page.status == 503
        assert page.headers["Retry-After"]
        assert page.seconds < ANSWERED + TIMES * usual
    kept = ask(server, "/papers/1/review/", {"critique": TYPED, "password": "hunter2"}).text
    assert "The critique: &lt;b&gt;&quot;one seed&quot; &amp; no more</textarea>" in kept
    assert TOKEN not in kept
    assert "hunter2" not in kept

    proxy.be_open()
    start = time.perf_counter()
    while (page := ask(server, "/papers/")).status == 503:
        assert time.perf_counter() - start < BACK + TIMES * usual
    assert page.status == 302
    assert ask(server, "/health/").status == 200
    assert "does not answer" not in ask(server, "/accounts/login/").text


@pytest.mark.parametrize("outage", ["away", "silent"])
def test_many_requests_at_once_during_an_outage_wait_no_longer(
    server: Server, proxy: DatabaseProxy, outage: str
):
    """No queue forms before the pool."""
    usual = measure_usual(server)
    with ThreadPoolExecutor(4) as clients:
        list(clients.map(lambda _: ask(server, "/accounts/login/"), range(40)))
        getattr(proxy, f"be_{outage}")()
        pages = list(clients.map(lambda _: ask(server, "/papers/"), range(12)))
    assert {page.status for page in pages} == {503}
    assert max(page.seconds for page in pages) < ANSWERED + TIMES * usual

    proxy.be_open()
    start = time.perf_counter()
    while ask(server, "/papers/").status == 503:
        assert time.perf_counter() - start < BACK + TIMES * usual
