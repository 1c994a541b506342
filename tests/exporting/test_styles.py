"""References in a citation style that a member uploads."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from papers.exporting.formats.reference_styles import FOLDER
from papers.models import Member
from tests import make

MINI = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>Mini</title><id>mini</id><updated>2026-01-01T00:00:00+00:00</updated></info>
<citation><layout><text variable="title"/></layout></citation>
{}
</style>"""
LAYOUT = (
    '<bibliography><layout><text variable="title" prefix="* "/>'
    '<date variable="issued" prefix=" ("  suffix=")"><date-part name="year"/></date>'
    "</layout></bibliography>"
)


@pytest.fixture
def as_ben(ben: Member) -> Client:
    make.paper("Sharp minima", authors=["Ann Lee"], year=2020, topics=[make.topic("Theory")])
    make.paper("Flat minima", authors=["Bo Ng"], year=2021)
    return make.browser(ben)


def send(page: Client, style: bytes, query: str = "") -> tuple[int, str]:
    data = {"style": SimpleUploadedFile("mine.csl", style)}
    answer = page.post(f"/export/style/{query}", data)
    return answer.status_code, answer.content.decode()


def test_a_style_of_ones_own_sets_the_references(as_ben: Client) -> None:
    style = MINI.format(LAYOUT).encode()
    assert send(as_ben, style) == (200, "* Sharp minima (2020)\n\n* Flat minima (2021)\n\n")
    assert send(as_ben, style, "?topic=theory") == (200, "* Sharp minima (2020)\n\n")
    said = send(as_ben, (FOLDER / "apa.csl").read_bytes())[1]
    assert "Lee, A. (2020)" in said


def test_what_is_no_style_is_refused_with_a_sentence(as_ben: Client, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret")
    entity = f'<!DOCTYPE s [<!ENTITY x SYSTEM "file://{secret}">]>'
    link = '<link rel="independent-parent" href="http://www.zotero.org/styles/nature"/>'
    endless = '<macro name="a"><text macro="a"/></macro>' + LAYOUT.replace(
        'variable="title"', 'macro="a"'
    )
    whole = MINI.format(LAYOUT)
    for style, words in (
        (b"", "empty"),
        (b"\xff\xfe", "We couldn"),
        (b"@article{x}", "We couldn"),
        (b"<style/>", "We couldn"),
        (whole.replace("?>", f"?>{entity}").replace("* ", "&x;").encode(), "We couldn"),
        (MINI.format("").encode(), "no bibliography"),
        (MINI.format("").replace("<info>", f"<info>{link}").encode(), "styles/nature"),
        (MINI.format(endless).encode(), "We couldn"),
        (b"<" * 600_000, "too large"),
    ):
        status, text = send(as_ben, style)
        assert (status, words in text, "s3cret" in text) == (422, True, False), (words, status)


def test_strangers_upload_no_styles(as_ben: Client, stranger: Client) -> None:
    assert send(stranger, MINI.format(LAYOUT).encode())[0] == 302
    assert as_ben.get("/export/style/?topic=nowhere").status_code == 404
    assert "Other citation style" in as_ben.get("/export/").content.decode()
