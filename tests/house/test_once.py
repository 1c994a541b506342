"""Every POST address of the site map, sent twice in the same moment: the same as sent once."""

from __future__ import annotations

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from papers.discussion.actions import add_comment
from papers.events import record
from papers.models import AgendaItem, Event, Meeting, Member, Webhook, WebhookEndpoint
from papers.search.actions import save_search
from tests import make
from tests.files.pictures import draw, write_pdf
from tests.house.test_site_map import CLOSED
from tests.make import NOW

pytestmark = pytest.mark.django_db(transaction=True, reset_sequences=True)
TOKEN = "0" * 64
DAY = "2026-11-25"

FORMS: dict[str, dict[str, Any]] = {
    "files/new/": {"file": lambda: SimpleUploadedFile("a.png", draw()), "alt": "A curve"},
    "papers/<key:pk>/files/": {
        "kind": "paper", "file": lambda: SimpleUploadedFile("a.pdf", write_pdf()),
    },
    "papers/new/": {"title": "Twice", "names": "", "although_alike": "on"},
    "papers/<key:pk>/edit/": {"title": "A better title"},
    "papers/<key:pk>/comments/": {"body": "Said once."},
    "experiments/<key:pk>/comments/": {"body": "Said once."},
    "reviews/<key:pk>/comments/": {"body": "Said once."},
    "comments/<key:pk>/replies/": {"body": "Said once."},
    "comments/<key:pk>/edit/": {"body": "Said better.", "number": "1"},
    "experiments/new/": {"title": "Tried once", "hypothesis": "It holds."},
    "experiments/<key:pk>/edit/": {"title": "Tried better"},
    "experiments/<key:pk>/state/": {"state": "planned"},
    "experiments/<key:pk>/outcome/": {"state": "refuted", "outcome": "It does not."},
    "experiments/<key:pk>/links/": {"url": "https://example.org/run", "label": "Run"},
    "experiments/<key:pk>/prediction/": {"percent": "70"},
    "curation/": {"email": "new@example.org", "name": "New", "role": "member", "has_mail": "on"},
    "curation/invitations/": {"people": "Eve <e@example.org>", "role": "member", "days": "14"},
    "curation/appearance/": {"accent": "umber"},
    "curation/appearance/logo/": {
        "file": lambda: SimpleUploadedFile("a.png", draw()), "alt": "An owl",
    },
    "curation/appearance/announcement/": {"announcement": "Cake today."},
    "curation/join-links/": {
        "name": "Seminar", "role": "member", "most_uses": "5", "ends_on": "2026-12-31",
    },
    "curation/members/<str:handle>/role/": {"role": "curator"},
    "curation/placeholders/<str:handle>/invitation/": {"email": "p@example.org", "role": "member"},
    "curation/digest/rooms/": {
        "name": "Room", "format": "slack", "url": "https://hooks.slack.com/services/T0/B0/x",
    },
    "meetings/new/": {"day": "2026-12-09", "time": "14:00", "minutes": "60"},
    "meetings/series/": {
        "weekday": "2", "time": "14:00", "every_weeks": "1", "starts_on": "2026-12-02",
        "minutes": "60",
    },
    "meetings/nominations/": {"subject": "A better title"},
    "meetings/absences/": {"first_on": "2026-12-01", "last_on": "2026-12-05"},
    "meetings/<day:day>/items/": {"subject": "Open questions", "as_point": "1"},
    "meetings/<day:day>/actions/": {"what": "Try it", "kind": "experiment", "who": ""},
    "activity/<key:pk>/reason/": {"reason": "Said once."},
    "searches/": {"name": "Mine", "text": "graphs"},
    "follows/": {"paper": "1"},
    "follows/search/": {"search": "graphs"},
    "topics/": {"name": "New topic"},
    "import/": {"text": "# Reading\n\n## Graphs\n\n- [A listed paper](https://arxiv.org/abs/2106.12345)\n"},
    "papers/<key:pk>/review/": {"summary": "It works.", "stamp": "0.0"},
    "papers/<key:pk>/review/draft/": {"summary": "It works.", "stamp": "0.0"},
    "papers/<key:pk>/version/": {"version": "v2", "released_on": "2026-11-10"},
    "papers/<key:pk>/duplicates/": {"other": "/papers/2/", "reason": "Same figures"},
    "papers/<key:pk>/nomination/": {"act": "nominate"},
    "profile/bibliographies/": {"format": "bibtex"},
    "curation/webhooks/": {
        "name": "Robot", "url": "https://robot.example/new", "kinds-0": "paper-added"
    },
    "profile/email/": {"email": "other@example.org"},
    "claims/<key:pk>/override/": {"act": "day", "due_on": "2026-12-20", "reason": "Ill"},
    "handovers/papers/<key:pk>/": {"to": "ben"},
}  # fmt: skip
"""What makes something is sent whole; every other address gets an empty form."""

READS = {"papers/<key:pk>/review/preview/"}
"""POST addresses that only read and answer with a page."""

UNCOUNTED = {"FormKey", "SearchWord", "Session"}
"""The mechanism itself, and words that are made of other rows."""


def build() -> Member:
    """A lab with one of each; the first row of every table has the number 1."""
    make.lab()
    ada = make.member("ada", role=Member.Role.CURATOR, name="Ada")
    record(Event.Kind.DIGEST_NOTED, by=ada, at=NOW)
    ben = make.member("ben")
    make.member("phil", state=Member.State.PLACEHOLDER)
    paper = make.paper("A known paper", topics=[make.topic("Known topic")], added_by=ada)
    make.claim(paper, ben)
    review = make.review(make.paper("A reviewed paper"), ada)
    make.experiment("Try it", review=review)
    meeting = Meeting.objects.create(day=make.day(DAY), starts_at=NOW, created_at=NOW, lead=ada)
    AgendaItem.objects.create(meeting=meeting, paper=paper, presenter=ada)
    save_search(name="Old", text="old", by=ada, at=NOW)
    Webhook.objects.create(name="Old", format="slack", url="https://x.example", added_at=NOW)
    WebhookEndpoint.objects.create(
        name="Old", url="https://robot.example/", secret="whsec_", kinds=["paper-added"],
        added_at=NOW, since=NOW, read_until=NOW,
    ).deliveries.create(written_at=NOW, due_at=NOW)  # fmt: skip
    add_comment(subject=paper, body="First.", by=ada, at=NOW)
    make.index()
    return ada


def fill(route: str) -> str:
    path = re.sub(r"<key:\w+>", "1", route).replace("<day:day>", DAY)
    path = path.replace("<str:handle>", "phil" if "placeholders" in route else "ben")
    path = path.replace("<path:path>", "known-topic")
    path = path.replace("<slug:name>", "search").replace("<slug:key>", "university")
    return "/" + re.sub(r"<str:\w+>", "2026-W46", path)


def post(browser: Client, route: str) -> HttpResponse:
    form = {"csrfmiddlewaretoken": TOKEN, **FORMS.get(route, {})}
    form = {name: value() if callable(value) else value for name, value in form.items()}
    return browser.post(fill(route), form, headers={"Referer": "http://testserver/"})


def send_once(ada: Member, route: str) -> tuple[HttpResponse, Counter[str]]:
    """What one request is answered, and the rows that it makes; then all is as before."""
    before = count_rows()
    with transaction.atomic():
        answer = post(make.browser(ada), route)
        made = count_rows()
        transaction.set_rollback(True)
    made.subtract(before)
    return answer, made


def send_twice(ada: Member, route: str) -> tuple[list[HttpResponse], Counter[str]]:
    """What two requests in the same moment are answered, and the rows that they make."""
    browsers = [make.browser(ada), make.browser(ada)]
    before, start = count_rows(), Barrier(2)

    def send(browser: Client) -> HttpResponse:
        start.wait()
        try:
            return post(browser, route)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(send, browsers))
    made = count_rows()
    made.subtract(before)
    return answers, made


def count_rows() -> Counter[str]:
    """Rows of every table of the app, and jobs that wait."""
    models = [m for m in apps.get_app_config("papers").get_models() if m.__name__ not in UNCOUNTED]
    tables = [(model.__name__, model._meta.db_table) for model in (*models, ProcrastinateJob)]
    counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {table}" for name, table in tables)
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return Counter(dict(cursor.fetchall()))


def find_fault(ada: Member, route: str) -> str:
    """What is wrong with a POST address, or nothing."""
    answer, made = send_once(ada, route)
    if answer.status_code == 405:
        return ""
    answers, made_by_two = send_twice(ada, route)
    told = [(one.status_code, one.get("Location", "")) for one in answers]
    if answer.status_code == 200 and route not in READS:
        return "a reload of the answer sends it again"
    if any(status >= 500 for status, _ in told):
        return f"an error: {told}"
    if made != made_by_two:
        return f"two make {+made_by_two}, one makes {+made}"
    if route in FORMS and (answer.status_code != 302 or len(set(told)) > 1):
        return f"not made, or answered in two ways: {answer.status_code} {told}"
    return ""


@pytest.mark.slow
def test_what_is_sent_twice_at_once_is_sent_once():
    """What makes something comes first; what takes away is tried on what is left."""
    ada = build()
    routes = [*FORMS, *(route for route in CLOSED if route not in FORMS)]
    faults = {route: fault for route in routes if (fault := find_fault(ada, route))}
    assert not faults, "\n".join(f"{route}: {fault}" for route, fault in faults.items())
