"""A full disk: the page and the log name it, nothing is half done, and it passes with the cause."""

from __future__ import annotations

import os
import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

from reviewapp.embedded.place import Place
from tests.setup.places import ask_for, fresh_var, wait_for
from tests.setup.test_run import Site, free_port

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("setup")]
SIZE = "400m"
TEXT = "# Papers\n\n" + "".join(
    f"- [Paper {number}: {os.urandom(400).hex()}](https://x.example/{number}).\n"
    for number in range(2_500)
)
"""2 MB that hardly compress."""


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A `var/` on a file system of its own."""
    with fresh_var() as var:
        var.mkdir(mode=0o755)
        command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=755", "tmpfs", str(var)]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            pytest.skip("a small file system can only be mounted by root")
        try:
            yield var
        finally:
            subprocess.run(["umount", "--lazy", str(var)], check=True)


class Browser:
    """A member without JavaScript."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.open = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar())
        ).open

    def get(self, path: str) -> tuple[int, str]:
        return self._send(path, None)

    def post(self, path: str, **form: str) -> tuple[int, str]:
        """With the token of the page that the form stands on."""
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path)[1])
        token = found[1] if found else ""
        return self._send(path, urlencode(form | {"csrfmiddlewaretoken": token}).encode())

    def _send(self, path: str, body: bytes | None) -> tuple[int, str]:
        try:
            with self.open(self.address + path, body, timeout=120) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read().decode()


def fill(disk: Path) -> Path:
    """Take all room there is."""
    filler = disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 1_000_000)
    with suppress(OSError), filler.open("ab", buffering=0) as file:
        while True:
            file.write(b"x" * 512)
    return filler


def test_a_full_disk_is_named_and_passes(small_disk: Path):
    site = Site(small_disk, free_port()).wait_until_up()
    try:
        browser = Browser(site.address)
        password = read_sign_in(small_disk)
        assert browser.post("accounts/login/", login="ada", password=password)[0] == 200
        before = count_imports(small_disk)
        filler = fill(small_disk)

        status, page = browser.post("import/", text=TEXT)
        assert status == 503, page[:2000]
        assert "disk is full" in page or "database does not answer" in page
        wait_for(lambda: "No space left on device" in site.said, 30)

        filler.unlink()
        wait_for(lambda: browser.get("papers/")[0] == 200, 60)
        assert count_imports(small_disk) == before, "nothing is half done"
        assert browser.post("import/", text=TEXT)[0] == 200
        assert count_imports(small_disk) == before + 1
    finally:
        print(site.said[-6000:])
        site.end()


def read_sign_in(var: Path) -> str:
    """The password of the demo lab."""
    return (var / "demo-sign-in").read_text().split()[-1]


def count_imports(var: Path) -> object:
    return ask_for(str(Place(var).socket_folder), "SELECT count(*) FROM papers_importjob")
