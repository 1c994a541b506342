"""A full disk: page and terminal name it, nothing is half done, and it passes with its cause.

Database, temporary files and the rest of `var/` share one small disk, as on most machines.
"""

from __future__ import annotations

import re
import secrets
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from reviewapp.embedded.place import Place
from tests.faults.disk import fill, small_disk
from tests.faults.site import Bomb, make_upload
from tests.setup.places import ask_for, connect, fresh_var, wait_for
from tests.setup.test_run import Site, free_port

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("setup")]
SIZE = "400m"
"""Programs and data of the embedded database take half of it."""

LIST = "# Papers\n\n" + "".join(
    f"- [Paper {number}: {secrets.token_hex(400)}](https://x.example/{number}).\n"
    for number in range(2_500)
)
"""2 MB that hardly compress."""

JOBS = "procrastinate_jobs WHERE task_name = 'papers.carry_out_import'"
FULL = "The server&#x27;s disk is full"
PATIENCE = 120.0


@dataclass
class Page:
    """An answer."""

    status: int
    text: str


class Browser:
    """A member without JavaScript."""

    def __init__(self, address: str) -> None:
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.open = urllib.request.build_opener(cookies).open

    def sign_in(self, password: str) -> None:
        """As the curator of the demo lab."""
        form = {"login": "ada", "password": password}
        assert self.post("accounts/login/", form, on="accounts/login/").status == 200

    def get(self, path: str) -> Page:
        """Open a page."""
        return self._send(urllib.request.Request(self.address + path))

    def post(self, path: str, form: dict[str, str], *, on: str) -> Page:
        """Send a form that stands on a page."""
        token = self.read_token(on)
        body = urlencode(form | {"csrfmiddlewaretoken": token}).encode()
        return self._send(urllib.request.Request(self.address + path, body))

    def upload(self, bomb: Bomb, token: str) -> Page:
        """Send a file."""
        headers = {"Content-Type": bomb.kind, "X-CSRFToken": token}
        return self._send(urllib.request.Request(self.address + bomb.path, bomb.body, headers))

    def read_token(self, path: str) -> str:
        """What a form of this page is sent with."""
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path).text)
        assert found
        return found[1]

    def _send(self, request: urllib.request.Request) -> Page:
        try:
            with self.open(request, timeout=PATIENCE) as answer:
                return Page(answer.status, answer.read().decode())
        except urllib.error.HTTPError as refusal:
            with refusal:
                return Page(refusal.code, refusal.read().decode())


class Lab:
    """A site on a small disk, and a member at it."""

    def __init__(self, disk: Path) -> None:
        self.disk = disk
        temporary = disk / "tmp"
        temporary.mkdir(mode=0o777)
        self.site = Site(disk, free_port(), TMPDIR=str(temporary)).wait_until_up()
        self.member = Browser(self.site.address)
        self.member.sign_in((disk / "demo-sign-in").read_text().split()[-1])

    @property
    def socket_folder(self) -> str:
        """Where its database is."""
        return str(Place(self.disk).socket_folder)

    def count(self, rows: str) -> int:
        """Rows of a table, or of a part of it."""
        return int(str(ask_for(self.socket_folder, f"SELECT count(*) FROM {rows}")))

    def is_well(self) -> bool:
        """Whether a page that asks the database is answered."""
        return self.member.get("papers/").status == 200


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    """One for all tests: each frees the disk that it filled."""
    with fresh_var() as var:
        var.mkdir(mode=0o755)
        with small_disk(var, SIZE):
            running = Lab(var)
            try:
                yield running
            finally:
                running.site.end()


@pytest.fixture
def filler(lab: Lab) -> Iterator[Path]:
    """The disk is full, until this file is removed."""
    assert lab.is_well()
    file = fill(lab.disk)
    yield file
    file.unlink(missing_ok=True)


def test_a_list_that_has_no_room_is_shown_back_and_leaves_nothing(lab: Lab, filler: Path):
    before = lab.count("papers_importjob"), lab.count(JOBS)
    page = lab.member.post("import/", {"text": LIST}, on="import/")
    assert (page.status, FULL in page.text) == (503, True), page.text[:500]
    assert "https://x.example/2499" in page.text, "what was typed"
    wait_for(lambda: "No space left on device" in lab.site.said)
    assert lab.is_well(), "reading goes on"
    assert (lab.count("papers_importjob"), lab.count(JOBS)) == before

    filler.unlink()
    assert lab.member.post("import/", {"text": LIST}, on="import/").status == 200
    assert lab.count("papers_importjob") == before[0] + 1


def test_a_file_that_has_no_room_is_refused_with_the_cause(lab: Lab, filler: Path):
    """A bibliography of 10 MB, which is stored for the worker to read."""
    before = lab.count("papers_importjob")
    entries = (f"@misc{{k{n}, title={{{secrets.token_hex(5_000)}}}}}" for n in range(1_000))
    upload = make_upload("import/", "list.bib", "\n".join(entries).encode())
    token = lab.member.read_token("import/")
    page = lab.member.upload(upload, token)
    assert (page.status, FULL in page.text) == (503, True), page.text[:500]
    assert lab.count("papers_importjob") == before

    filler.unlink()
    assert lab.member.upload(upload, token).status == 200


def test_a_draft_is_saved_or_shown_back(lab: Lab, filler: Path):
    """Until PostgreSQL finds no room, in the pages that it has, for one more."""
    papers = re.findall(r'href="/(papers/\d+/)', lab.member.get("papers/").text)
    saved, shown = {}, ""
    for number in range(200):
        path = papers[number % len(papers)]
        text = secrets.token_hex(20_000)
        page = lab.member.post(f"{path}review/draft/", {"summary": text}, on=f"{path}review/")
        if page.status == 200:
            saved[path] = text
            continue
        assert (page.status, FULL in page.text) == (503, True), page.text[:500]
        assert text in page.text
        shown = path
        break
    assert shown, "the disk was full before"

    filler.unlink()
    for path, text in saved.items():
        assert text in lab.member.get(f"{path}review/").text


def write_log(socket_folder: str) -> None:
    """Write 500 MB to PostgreSQL's log, piece by piece."""
    with connect(socket_folder) as connection:
        for _ in range(100):
            connection.execute("SELECT pg_logical_emit_message(false, 'x', repeat('x', 4000000))")
            connection.execute("SELECT pg_switch_wal()")


def test_a_database_that_ended_for_want_of_room_comes_back(lab: Lab, filler: Path):
    """Its log could not grow, which ends PostgreSQL; nor does it start before there is room."""
    with pytest.raises(psycopg.OperationalError):
        write_log(lab.socket_folder)
    wait_for(lambda: lab.member.get("papers/").status == 503, PATIENCE)
    page = lab.member.get("papers/")
    assert (page.status, FULL in page.text) == (503, True), page.text[:500]
    wait_for(lambda: "It is tried again until it starts" in lab.site.said, PATIENCE)
    assert re.search(r"does not start: .*No space left on device", lab.site.said)

    filler.unlink()
    wait_for(lab.is_well, PATIENCE, look_every=1)
    wait_for(lambda: "The database is back" in lab.site.said)
    assert lab.site.process.poll() is None
