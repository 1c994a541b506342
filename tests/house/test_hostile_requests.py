"""Addresses and forms that nobody types: every view answers them, and none of them by breaking."""

from __future__ import annotations

import re

import pytest
from django.test import Client, override_settings

from papers.feeds.actions import renew_token
from papers.models import Event, Member, Paper, Topic
from tests import make
from tests.house.test_site_map import ROUTES
from tests.make import NOW, browser

NAMES = """q page after size kind by before state start new old token next title names topics under
edit claim owner item add minutes paper topic member search act to step place until number open
version percent seen parent name handle role email body text base what who subject day time lead
outcome url label section leave sort typing verdict phase note format description stamp
writer""".split()  # noqa: SIM905
VALUES = ("\0", "²", "9" * 30, "x\r\ny: z", "\x0b\x1b", "-5", "2026-99-99", "'\"<>", "a" * 3000)
KEYS = ("9" * 30, "0", "%00", "%C2%B2", "%FF", "a" * 500)
MINE = [path for path in ROUTES if not path.startswith("admin/") and "(?P" not in path]


def fill(path: str, key: str) -> str:
    """An address with this in its places; numbers where only digits are let in."""
    path = re.sub(r"<day:\w+>", "2026-11-20", path)
    number = key if key.isdecimal() else "1"
    return "/" + re.sub(r"<[^>]+>", key, re.sub(r"<key:\w+>", number, path))


@pytest.fixture
def page(ada: Member, ben: Member) -> Client:
    """A curator's browser in a lab in which something stands under each first number."""
    make.review(make.paper("One"), ben)
    make.topic("T")
    return browser(ada)


@pytest.mark.slow
@pytest.mark.parametrize("path", MINE)
@pytest.mark.unknown_addresses
def test_no_view_breaks_on_what_nobody_types(page: Client, path: str) -> None:
    for key in KEYS if "<" in path else ():
        for send in (page.get, page.post):
            assert send(fill(path, key)).status_code < 500, key
    for turn in range(len(VALUES)):
        data = {name: VALUES[(n + turn) % len(VALUES)] for n, name in enumerate(NAMES)}
        for send in (page.get, page.post):
            assert send(fill(path, "1"), data).status_code < 500, turn


def test_control_characters_do_not_enter_a_text(page: Client) -> None:
    page.post("/topics/", {"name": "The\x0b Last\0 One\x1b", "parent": "", "description": ""})
    assert Topic.objects.filter(name="The Last One").exists()


def test_lines_and_tabs_stay(page: Client, ada: Member) -> None:
    page.post("/profile/", {"name": "Ada", "bio": "one\r\n\ttwo"})
    ada.refresh_from_db()
    assert ada.bio.replace("\r\n", "\n") == "one\n\ttwo"


def test_a_feed_stands_whatever_characters_a_title_has(page: Client, ada: Member) -> None:
    paper = make.paper("A title \x0b with \x1b and \uffff")
    Event.objects.create(kind=Event.Kind.PAPER_ADDED, at=NOW, by=ada, paper=paper)
    token = renew_token(by=ada, at=NOW)
    for path in ("/feeds/activity/", "/feeds/search/"):
        answer = page.get(path, {"token": token, "q": "title"})
        assert answer.status_code == 200
        assert not re.search("[\x0b\x1b\uffff]", answer.content.decode())


def test_a_calendar_keeps_a_title_within_its_line(page: Client, ben: Member) -> None:
    paper = Paper.objects.create(
        title="Mine\r\nATTENDEE:x\rEND:VEVENT\nBEGIN:VEVENT", title_key="m", added_at=NOW
    )
    make.claim(paper, ben)
    lines = browser(ben).get("/calendar/mine.ics").content.decode().splitlines()
    assert sum(line == "BEGIN:VEVENT" for line in lines) == 1
    assert not any(line.startswith("ATTENDEE") for line in lines)


@override_settings(LARGEST_BODY=1_000_000)
def test_a_body_that_no_page_takes_is_refused_before_it_is_read(stranger: Client) -> None:
    answer = stranger.generic("POST", "/import/", b"x" * 1_000_001)
    assert answer.status_code == 413
    assert answer.content == b"More than 1 MB cannot be sent at once; nothing was kept.\n"


def test_a_wrong_host_gets_no_script(stranger: Client) -> None:
    answer = stranger.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "script-src 'none'" in answer["Content-Security-Policy"]


def test_a_password_is_not_shown_to_whoever_was_signed_out(stranger: Client) -> None:
    data = {"oldpassword": "a secret that is long enough", "bio": "A text that is long enough."}
    answer = stranger.post("/profile/", data)
    assert answer.status_code == 401
    assert b"A text that is long enough." in answer.content
    assert b"a secret" not in answer.content
