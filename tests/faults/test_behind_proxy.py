"""What the production server believes of `X-Forwarded-...`: nothing, or with BEHIND_PROXY the
scheme, and the address that the proxy before it wrote last."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from papers.accounts.signing_in.guarding import ADDRESS
from papers.http import RequesterMiddleware
from papers.models import Throttle
from papers.sandbox.requester import get_requester
from tests.production import Server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("server")]

SITE, SECURE = "papers.example.org", ("X-Forwarded-Proto", "https")
HERE, CLIENT, FORGED = "127.0.0.1", "203.0.113.9", "198.51.100.1"
TOKEN = "a" * 32

type Headers = list[tuple[str, str]]


@dataclass
class Page:
    """What the tests look at of an answer."""

    status: int
    location: str


@contextmanager
def running(folder: Path, *, is_behind_proxy: bool) -> Iterator[Server]:
    """The server of a site with HTTPS."""
    proxy = "yes" if is_behind_proxy else ""
    server = Server(folder, WEB_PROCESSES="1", SITE_URL=f"https://{SITE}", BEHIND_PROXY=proxy)
    server.start()
    try:
        yield server
    finally:
        server.kill()


def ask(server: Server, headers: Headers, *, host: str = SITE, login: str = "") -> Page:
    """Open the sign-in page, or send a wrong password; from 127.0.0.1, as a proxy here would."""
    call = http.client.HTTPConnection(HERE, server.port, timeout=60)
    body = urlencode({"login": login, "password": "wrong", "csrfmiddlewaretoken": TOKEN}).encode()
    own = [("Host", host), ("Cookie", f"csrftoken={TOKEN}"), ("Referer", f"https://{SITE}/")]
    own += [("Content-Type", "application/x-www-form-urlencoded")] if login else []
    own += [("Content-Length", str(len(body)))] if login else []
    try:
        call.putrequest("POST" if login else "GET", "/accounts/login/", skip_host=True)
        for name, value in [*own, *headers]:
            call.putheader(name, value)
        call.endheaders(body if login else None)
        answer = call.getresponse()
        answer.read()
        return Page(answer.status, answer.headers.get("Location", ""))
    finally:
        call.close()


def find_counted(server: Server, *forwarded: tuple[str, str]) -> set[str]:
    """Which of the three addresses a wrong password is counted for."""
    Throttle.objects.all().delete()
    assert ask(server, [SECURE, *forwarded], login="nobody").status == 422
    counted = set(Throttle.objects.values_list("kind", "slot"))
    return {address for address in (HERE, CLIENT, FORGED) if ADDRESS.of(address).row in counted}


def test_without_a_proxy_nothing_is_believed(tmp_path: Path):
    with running(tmp_path, is_behind_proxy=False) as server:
        for names in ([SECURE], [("X-Forwarded-SSL", "on")], [("X-Forwarded-Protocol", "ssl")]):
            page = ask(server, names)
            assert (page.status, page.location) == (301, f"https://{SITE}/accounts/login/")


def test_without_a_proxy_the_address_is_the_connections(tmp_path: Path):
    server = Server(tmp_path, WEB_PROCESSES="1")
    server.start()
    try:
        Throttle.objects.all().delete()
        page = ask(server, [("X-Forwarded-For", CLIENT)], host=HERE, login="nobody")
        assert page.status == 422
        counted = set(Throttle.objects.values_list("kind", "slot"))
        assert ADDRESS.of(HERE).row in counted
        assert ADDRESS.of(CLIENT).row not in counted
    finally:
        server.kill()


def test_a_proxy_says_whether_the_connection_was_secure(tmp_path: Path):
    with running(tmp_path, is_behind_proxy=True) as server:
        assert ask(server, [SECURE]).status == 200
        for plain in ([], [("X-Forwarded-Proto", "http")], [("X-Forwarded-SSL", "on")]):
            assert ask(server, plain).status == 301
        assert ask(server, [("X_Forwarded_Proto", "https")]).status == 301
        other = ask(server, [SECURE, ("X-Forwarded-Host", SITE)], host="evil.example")
        assert other.status == 400, "the name of the site is the one that was asked for"


def test_a_proxy_says_whose_connection_it_was(tmp_path: Path):
    name = "X-Forwarded-For"
    with running(tmp_path, is_behind_proxy=True) as server:
        assert find_counted(server) == {HERE}
        assert find_counted(server, (name, CLIENT)) == {CLIENT}
        assert find_counted(server, (name, f"{FORGED}, {CLIENT}")) == {CLIENT}
        assert find_counted(server, (name, FORGED), (name, CLIENT)) == {CLIENT}
        assert find_counted(server, (name, CLIENT), ("X_Forwarded_For", FORGED)) == {CLIENT}
        assert find_counted(server, ("Forwarded", f"for={FORGED}"), (name, CLIENT)) == {CLIENT}


@pytest.mark.parametrize(("proxies", "key"), [(0, HERE), (1, CLIENT)])
def test_strangers_behind_a_proxy_do_not_count_as_one(settings: Any, proxies: int, key: str):
    """Helpers that render texts are shared out by member, or by the stranger's own address."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    keys = []

    def answer(request: HttpRequest) -> HttpResponse:
        requester = get_requester()
        assert requester
        keys.append(requester.find_key())
        return HttpResponse()

    request = RequestFactory().get("/", headers={"X-Forwarded-For": CLIENT}, REMOTE_ADDR=HERE)
    RequesterMiddleware(answer)(request)
    assert keys == [key]
