"""Chat rooms: the three formats, retries, and addresses that are not posted to."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from papers import outgoing
from papers.digest.actions.closing import close_issue
from papers.digest.chat import actions as chat
from papers.digest.chat import chat_client
from papers.models import Event, Member, Webhook, WebhookPost
from papers.text.weeks import Week
from tests import make

WEEK = Week.parse("2026-W47")
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Room(ThreadingHTTPServer):
    """A chat server that keeps what was posted and refuses what its format forbids."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.taken: dict[str, list[dict[str, Any]]] = {}
        self.answers: list[int] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Request(BaseHTTPRequestHandler):
    server: Room

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status = self.server.answers.pop(0) if self.server.answers else self.check(body)
        if status < 300:
            self.server.taken.setdefault(self.path, []).append(body)
        self.send_response(status)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def check(self, body: dict[str, Any]) -> int:
        assert self.headers["Content-Type"].startswith("application/json")
        if self.path == "/slack":
            texts = [block["text"]["text"] for block in body["blocks"]]
            return 200 if body["text"] and all(len(text) <= 3000 for text in texts) else 400
        if self.path == "/discord":
            [embed] = body["embeds"]
            is_right = len(embed["description"]) <= 4096 and len(embed["title"]) <= 256
            return 204 if is_right and body["allowed_mentions"] == {"parse": []} else 400
        return 200 if set(body) == {"text"} and len(body["text"]) <= 16383 else 400

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def room(settings: Any) -> Iterator[Room]:
    settings.WEBHOOK_LOCAL_HOSTS = True
    with Room() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def close_with(ada: Member, url: str, *formats: str) -> list[WebhookPost]:
    for name in formats:
        chat.add_webhook(name=name, format=name, url=f"{url}/{name}", by=ada, at=make.NOW)
    paper = make.paper("<!channel> @all **wins** [x](http://evil.example) & more " * 3)
    make.review(paper, ada, takeaway="A|B @everyone " * 40, verdict="try")
    for _ in range(20):
        make.review(make.paper("Long " * 60), ada, takeaway="word " * 90)
    close_issue(week=WEEK, at=MONDAY)
    return list(WebhookPost.objects.order_by("webhook__name"))


def test_the_three_formats_are_taken_by_their_servers(room: Room, ada: Member):
    for post in close_with(ada, room.url, "discord", "mattermost", "slack"):
        chat.deliver_post(pk=post.pk, at=MONDAY)
        chat.deliver_post(pk=post.pk, at=MONDAY)
    assert {path: len(taken) for path, taken in room.taken.items()} == {
        "/discord": 1, "/mattermost": 1, "/slack": 1,
    }  # fmt: skip
    said = json.dumps(room.taken, ensure_ascii=False)
    assert "Week 47" in said
    assert "/digest/2026-W47/" in said


def test_a_title_calls_nobody_and_makes_no_links(room: Room, ada: Member):
    for post in close_with(ada, room.url, "mattermost", "slack"):
        chat.deliver_post(pk=post.pk, at=MONDAY)
    [slack], [mattermost] = room.taken["/slack"], room.taken["/mattermost"]
    assert "<!channel>" not in json.dumps(slack)
    assert "@all" not in mattermost["text"]
    assert not re.search(r"(?<!\\)\]\(http://evil", mattermost["text"])


def test_independent_reviews_are_not_quoted_in_a_room(room: Room, ada: Member):
    make.lab(independent_reviews=True)
    [post] = close_with(ada, room.url, "slack")
    chat.deliver_post(pk=post.pk, at=MONDAY)
    assert "everyone" not in json.dumps(room.taken)


def test_a_busy_server_is_asked_again(room: Room, ada: Member):
    [post] = close_with(ada, room.url, "slack")
    room.answers = [503, 429, 302]
    for _ in range(3):
        with pytest.raises(chat_client.NotPosted):
            chat.deliver_post(pk=post.pk, at=MONDAY)
    chat.deliver_post(pk=post.pk, at=MONDAY)
    assert len(room.taken["/slack"]) == 1


def test_a_room_that_is_gone_is_not_tried_again(room: Room, ada: Member):
    [post] = close_with(ada, room.url, "slack")
    room.answers = [404]
    chat.deliver_post(pk=post.pk, at=MONDAY)
    post.refresh_from_db()
    assert (post.refused_at, post.problem) == (MONDAY, "The server answered 404.")
    chat.deliver_post(pk=post.pk, at=MONDAY)
    assert not room.taken


def test_a_server_that_hangs_is_left(room: Room, ada: Member, monkeypatch: Any):
    monkeypatch.setattr(outgoing, "SECONDS", 0.2)
    [post] = close_with(ada, room.url, "slack")
    room.shutdown()
    with pytest.raises(chat_client.NotPosted, match="too long"):
        chat.deliver_post(pk=post.pk, at=MONDAY)


def test_closing_queues_one_job_for_each_room_and_lost_ones_come_back(room: Room, ada: Member):
    close_with(ada, room.url, "slack", "discord")
    jobs = ProcrastinateJob.objects.filter(task_name=chat.POSTING)
    assert jobs.count() == 2
    later = MONDAY + timedelta(hours=1)
    assert chat.send_lost_posts(at=later) == 0
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert chat.send_lost_posts(at=later) == 2


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.slack.com/x",
        "ftp://hooks.slack.com/x",
        "https://user:pass@hooks.slack.com/x",
        "https://hooks.slack.com:8443/x",
        "https:///x",
        "https://[::1",
    ],
)
def test_an_address_that_is_not_plain_https_is_not_added(ada: Member, url: str):
    with pytest.raises(outgoing.AddressRefused):
        chat.add_webhook(name="x", format="slack", url=url, by=ada, at=make.NOW)
    assert not Webhook.objects.exists()


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.0.0.8", "192.168.1.1", "169.254.169.254", "::1", "fd00::1",
     "::ffff:127.0.0.1", "0.0.0.0", "100.64.0.1"],
)  # fmt: skip
def test_the_own_network_is_not_posted_to(host: str):
    with pytest.raises(outgoing.AddressRefused, match="public internet"):
        outgoing.look_up(host, 443)


def test_curators_keep_the_rooms(as_ada: Client, as_ben: Client):
    given = {"name": "general", "format": "slack", "url": "https://hooks.slack.com/services/T0"}
    assert as_ben.post("/curation/digest/rooms/", given).status_code == 403
    assert as_ada.post("/curation/digest/rooms/", given).status_code == 302
    assert as_ada.post("/curation/digest/rooms/", given).status_code == 422
    assert (
        as_ada.post("/curation/digest/rooms/", {**given, "url": "http://x.y/"}).status_code == 422
    )
    page = as_ada.get("/curation/digest/").content.decode()
    assert "general" in page
    assert "services/T0" not in page, "whoever knows the address may write there"
    as_ada.post(f"/curation/digest/rooms/{Webhook.objects.get().pk}/removal/")
    assert not Webhook.objects.exists()
    assert Event.objects.filter(kind=Event.Kind.LAB_CHANGED).count() == 2
