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
from django.db import connection

from papers.models import Member, Paper, ReviewDraft
from tests import make
from tests.production import Server

WRITERS = 50
EVERY = 3.0
"""Seconds between two saves of a member, on a machine that has nothing else to do."""

ROUNDS = 5
LONGER = 10
"""Times as long as alone may a save take among fifty, on a machine that has nothing else to do."""

SHARE = 0.5
"""Of what the server can do, so much is asked of it at most, however slow the machine is."""


class Writer(threading.Thread):
    """One member's browser: a growing text, saved over one kept connection."""

    def __init__(self, server: Server, paper: Paper, member: Member) -> None:
        super().__init__()
        self.every = EVERY
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
        self.call = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.path = f"/papers/{paper.pk}/review/draft/"
        self.times: list[float] = []
        self.failures: list[int] = []
        self.text = ""

    def run(self) -> None:
        pause = threading.Event()
        pause.wait(random.uniform(0, self.every))
        for turn in range(1, ROUNDS + 1):
            pause.wait(max(0, self.every - self.write(turn)))
        self.call.close()

    def write(self, turn: int) -> float:
        """Some more words; seconds until they are saved."""
        self.text += "Some more words about the paper, and $x_i^2$. " * 4
        began = time.monotonic()
        self.save(turn)
        self.times.append(time.monotonic() - began)
        return self.times[-1]

    def save(self, turn: int) -> None:
        fields = {"summary": self.text, "stamp": "0.0", "writer": self.name, "turn": turn}
        self.call.request("POST", self.path, urlencode(fields), self.headers)
        answer = self.call.getresponse()
        answer.read()
        if answer.status != 200:
            self.failures.append(answer.status)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_fifty_writers_are_saved_and_no_save_waits_for_another(tmp_path: Path):
    write_together(tmp_path)


@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
def test_fifty_writers_wait_hardly_longer_than_one(tmp_path: Path):
    alone, p95 = write_together(tmp_path)
    assert p95 < LONGER * alone


def write_together(tmp_path: Path) -> tuple[float, float]:
    """Seconds of a save: alone, and the 95th percentile of all that fifty members make."""
    make.lab()
    server = Server(tmp_path)
    server.start()
    try:
        alone = measure_alone(Writer(server, make.paper(), make.member()))
        writers = [Writer(server, make.paper(), make.member()) for _ in range(WRITERS)]
        for writer in writers:
            writer.every = max(EVERY, WRITERS * alone / SHARE)
            writer.start()
        waiting = watch_locks(writers)
    finally:
        server.kill()
    times = sorted(t for writer in writers for t in writer.times)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{len(times)} saves: alone {alone:.3f} s, p95 of fifty {p95:.3f} s")
    assert [failure for writer in writers for failure in writer.failures] == []
    texts = set(ReviewDraft.objects.values_list("summary", flat=True))
    assert texts >= {writer.text for writer in writers}
    assert waiting == 0
    return alone, p95


def watch_locks(writers: list[Writer]) -> int:
    """Until all have ended: how often a statement was seen that waited for another's lock."""
    waiting = 0
    for writer in writers:
        while writer.is_alive():
            writer.join(timeout=0.02)
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
                )
                waiting += cursor.fetchone()[0]
    return waiting


def measure_alone(writer: Writer) -> float:
    """Seconds of a save of which nobody else is in the way; the first ones start the server up."""
    times = [writer.write(turn) for turn in range(1, 21)]
    writer.call.close()
    return statistics.quantiles(times[5:], n=20)[-1]
