"""Fifty members save drafts every three seconds through the production server."""

from __future__ import annotations

import http.client
import random
import statistics
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from papers.models import Member, Paper, ReviewDraft
from tests import make
from tests.production import Server

WRITERS = 50
EVERY = 3.0  # s
SECONDS = 15.0


class Writer(threading.Thread):
    """One member's browser: a growing text, saved over one kept connection."""

    def __init__(self, server: Server, paper: Paper, member: Member) -> None:
        super().__init__()
        browser = make.browser(member)
        page = browser.get(f"/papers/{paper.pk}/review/")
        token = browser.cookies["csrftoken"].value
        assert page.status_code == 200
        self.headers = {
            "Cookie": f"sessionid={browser.cookies['sessionid'].value}; csrftoken={token}",
            "X-CSRFToken": token,
            "HX-Request": "true",
            "HX-Target": "saved",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.call = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        self.path = f"/papers/{paper.pk}/review/draft/"
        self.times: list[float] = []
        self.failures: list[int] = []
        self.text = ""

    def run(self) -> None:
        time.sleep(random.uniform(0, EVERY))
        end = time.monotonic() + SECONDS
        turn = 0
        while time.monotonic() < end:
            turn += 1
            self.text += "Some more words about the paper, and $x_i^2$. " * 4
            began = time.monotonic()
            self.save(turn)
            self.times.append(time.monotonic() - began)
            time.sleep(max(0, EVERY - (time.monotonic() - began)))
        self.call.close()

    def save(self, turn: int) -> None:
        fields = {"summary": self.text, "stamp": "0.0", "writer": self.name, "turn": turn}
        self.call.request("POST", self.path, urlencode(fields), self.headers)
        answer = self.call.getresponse()
        answer.read()
        if answer.status != 200:
            self.failures.append(answer.status)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_fifty_writers_are_saved_without_an_error_and_without_waiting(tmp_path: Path):
    make.lab()
    server = Server(tmp_path)
    server.start()
    try:
        writers = [Writer(server, make.paper(), make.member()) for _ in range(WRITERS)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
    finally:
        server.kill()
    times = sorted(t for writer in writers for t in writer.times)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{len(times)} saves: median {statistics.median(times):.3f} s, p95 {p95:.3f} s")
    assert [failure for writer in writers for failure in writer.failures] == []
    texts = set(ReviewDraft.objects.values_list("summary", flat=True))
    assert texts == {writer.text for writer in writers}
    assert p95 < 0.3
