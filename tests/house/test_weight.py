"""What a page of fifty papers weighs, as the production server sends it to a browser."""

from __future__ import annotations

import gzip
import http.client
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from papers.bench.actions import make_synthetic_lab
from papers.models import Member, Paper, Review
from tests import make
from tests.clock import CLOCK
from tests.production import ROOT, Server

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PAPERS = 1_000
KB = 1_000
FOREVER = "max-age=315360000, public, immutable"


@dataclass
class File:
    """One answer on the wire."""

    url: str
    kind: str = ""
    encoding: str = ""
    keeping: str = ""
    wire: int = 0
    decoded: int = 0


@dataclass
class Load:
    """A page met for the first time."""

    files: dict[str, File] = field(default_factory=dict)
    nodes: int = 0
    html: str = ""

    def of(self, *kinds: str) -> list[File]:
        return [file for file in self.files.values() if file.kind in kinds]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Production on a lab of a thousand papers, with its static files collected."""
    server = Server(tmp_path, DEBUG="", STATIC_ROOT=str(tmp_path / "static"))
    make_synthetic_lab(papers=PAPERS, at=CLOCK.now(), say=lambda _: None)
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput"],
        cwd=ROOT, env=server.environment, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    server.start()
    yield server
    server.kill()


def get_session(handle: str) -> str:
    return make.browser(Member.objects.get(handle=handle)).cookies["sessionid"].value


def load_cold(context: BrowserContext, server: Server, path: str) -> Load:
    session = get_session("bench")
    context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
    page, load = context.new_page(), Load()
    wire = context.new_cdp_session(page)

    def sent(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            load.files[event["requestId"]] = File(event["request"]["url"])

    def answered(event: dict[str, Any]) -> None:
        file = load.files.get(event["requestId"])
        if file:
            headers = {name.lower(): text for name, text in event["response"]["headers"].items()}
            file.kind, file.encoding = event["type"], headers.get("content-encoding", "")
            file.keeping = headers.get("cache-control", "")

    def received(event: dict[str, Any]) -> None:
        if file := load.files.get(event["requestId"]):
            file.decoded += event["dataLength"]

    def finished(event: dict[str, Any]) -> None:
        if file := load.files.get(event["requestId"]):
            file.wire = event["encodedDataLength"]

    wire.on("Network.requestWillBeSent", sent)
    wire.on("Network.responseReceived", answered)
    wire.on("Network.dataReceived", received)
    wire.on("Network.loadingFinished", finished)
    wire.send("Network.enable")
    page.goto(f"{server.url}{path}", wait_until="load")
    page.wait_for_load_state("networkidle")
    load.nodes = page.evaluate("document.getElementsByTagName('*').length")
    return load


@dataclass
class Answer:
    """What came back, as it was sent."""

    status: int
    headers: dict[str, str]
    body: bytes


def fetch(server: Server, path: str, *encodings: str) -> Answer:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as call:
        headers = {"Cookie": f"sessionid={get_session('bench')}"}
        call.request("GET", path, headers={**headers, "Accept-Encoding": ", ".join(encodings)})
        answer = call.getresponse()
        return Answer(answer.status, dict(answer.getheaders()), answer.read())


def measure_gzip(server: Server, files: list[File]) -> int:
    """Bytes of bodies for a browser that knows gzip alone."""
    return sum(len(fetch(server, file.url, "gzip").body) for file in files)


def test_a_page_of_fifty_papers_is_light(
    server: Server, new_context: Callable[..., BrowserContext]
) -> None:
    load = load_cold(new_context(viewport={"width": 1280, "height": 800}), server, "/papers/")
    (page,) = load.of("Document")
    html = fetch(server, "/papers/").body
    assert html.count(b'<li class="row"') == 50
    assert html.count(b'class="margin-head"') >= 5, "with its facets"
    assert page.encoding == "gzip"
    assert page.decoded <= 60 * KB
    assert measure_gzip(server, [page]) <= 10 * KB

    scripts, sheets, fonts = load.of("Script"), load.of("Stylesheet"), load.of("Font")
    assert sum(file.decoded for file in scripts) <= 60 * KB
    assert measure_gzip(server, scripts) <= 20 * KB
    assert sum(file.decoded for file in sheets) <= 40 * KB
    assert measure_gzip(server, sheets) <= 8 * KB
    for file in (*scripts, *sheets):
        assert file.encoding in {"br", "gzip"}, file
    for file in (*scripts, *sheets, *fonts):
        assert file.keeping == FOREVER, file

    assert len(load.files) <= 6, [file.url for file in load.files.values()]
    assert sum(file.wire for file in load.files.values()) - sum(f.wire for f in fonts) <= 60 * KB
    assert sum(file.wire for file in fonts) <= 60 * KB
    assert load.nodes <= 1_500


def test_a_page_fetches_the_letters_that_it_holds(
    server: Server, new_context: Callable[..., BrowserContext]
) -> None:
    def fetch_fonts(paper: Paper) -> dict[str, int]:
        fonts = load_cold(new_context(), server, paper.get_absolute_url()).of("Font")
        return {font.url.rpartition("/")[2].split(".")[0]: font.wire for font in fonts}

    reviewed = Review.objects.exclude(takeaway="").order_by("pk")[0].paper
    fetched = fetch_fonts(reviewed)
    assert set(fetched) == {"literata-basic-normal", "literata-basic-italic"}
    assert sum(fetched.values()) <= 60 * KB
    assert set(fetch_fonts(make.paper("Über Ærø, Łódź und Ísafjörður"))) == {
        "literata-basic-normal",
        "literata-latin-normal",
        "literata-latin-ext-normal",
    }


def test_pages_are_compressed_and_only_static_files_are_kept(server: Server) -> None:
    page = fetch(server, "/papers/", "gzip", "br")
    html = gzip.decompress(page.body).decode()
    assert "</html>" in html
    assert page.headers["Content-Encoding"] == "gzip"
    assert "Cookie" in page.headers["Vary"]
    assert "public" not in page.headers.get("Cache-Control", "")
    for name in ("css/site", "js/site"):
        assert f"/static/{name}." in html
    assert fetch(server, "/static/css/site.css").status == 404, "only under a hashed name"
