"""Characters, headers and bodies that no browser sends are refused, or do no harm."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils.module_loading import import_string

from papers.feeds.actions import renew_token
from papers.models import Event, Member, Paper, Topic
from tests import make
from tests.make import NOW, browser


@pytest.fixture
def page(ada: Member, ben: Member) -> Client:
    """A curator's browser in a lab in which something stands under each first number."""
    make.review(make.paper("One"), ben)
    make.topic("T")
    return browser(ada)


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


@pytest.mark.django_db
@pytest.mark.parametrize(
    "header",
    ["text/plain; x*=no-such''y", f"text/plain; x={'y' * 20_000}"],
    ids=["unknown", "long"],
)
def test_a_header_that_cannot_be_read_is_a_bad_request(header: str) -> None:
    """Django raises before any middleware is asked; so this asks the door of the server."""
    application = import_string(settings.WSGI_APPLICATION)
    heard: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/", "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80", "CONTENT_TYPE": header, "wsgi.input": None, "wsgi.url_scheme": "http",
    }  # fmt: skip
    application(environ, lambda status, headers: heard.append(status))
    assert heard == ["400 Bad Request"]


@pytest.mark.django_db
@pytest.mark.unknown_addresses
@pytest.mark.parametrize(
    "headers",
    [
        {"Referer": "http://["},
        {"HX-Request": "true", "HX-Current-URL": "http://[", "HX-Target": "\u00ff"},
        {"If-None-Match": "\u00ff", "If-Modified-Since": "9" * 4301, "Range": "bytes=9" * 99},
        {"Cookie": 'sessionid="\\000aaaaaaaaaaaa"; csrftoken="\\000"; messages="\\000"'},
        {"Cookie": f"sessionid={'9' * 4301}; messages={'9' * 4301}"},
        {"Accept-Language": "9" * 4301, "X-CSRFToken": "9" * 4301},
    ],
    ids=["referer", "htmx", "conditions", "controls in cookies", "long cookies", "long headers"],
)
def test_headers_that_no_browser_sends_are_answered(lab: object, headers: dict[str, str]) -> None:
    page = Client(raise_request_exception=False)
    for path in ("/", "/accounts/login/", "/profile/", "/no-such/"):
        for method in ("GET", "POST"):
            answer = page.generic(
                method, path, b"bio=x", "application/x-www-form-urlencoded", headers=headers
            )
            assert answer.status_code < 500, (method, path)
