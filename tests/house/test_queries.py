"""Every page costs the same number of queries with two and with fifty of each thing on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from papers.models import Member
from tests import make
from tests.house.growing import Growing
from tests.house.test_site_map import ROUTES

LIST, POST = 8, 12
"""Queries at most: of a page with a list, of a form that is sent."""

GATHERED = {
    r"/": 12,
    r"/papers/\d+/[\w-]+/": 10,
    r"/digest/\d+-W\d+/": 11,
    r"/experiments/\d+/": 10,
    r"/meetings/[\d-]+/": 10,
    r"/topics/": 9,
    r"/topics/.+\?edit": 10,
    r"/import/\d+/": 13,
    r"/import/items/\d+/": 9,
    r"/members/\w+/": 9,
    r"/members/\w+/handover/": 10,
    r"/profile/closing/": 12,
    r"/reviews/\d+/markdown/": 9,
    r"/export/mine/": 60,
    r"/export/\w+/.*": 20,
}
"""Pages on which several rooms show what they have."""

WHOLE = {r"/papers/\d+/review/": 13, r"/papers/\d+/edit/": 22}
"""Forms that write a whole record: a review with its version and points, a paper with its names."""

FEW, MANY = 2, 50
ELSEWHERE = re.compile(r"^(admin/|accounts/|health/|session/|.*\(\?P)")
"""The panel has a sweep of its own; the others show no list."""


def list_addresses(lab: Growing, member: Member) -> list[str]:
    """Every address of the site map that can be read, filled with what stands in the middle."""
    place = lab.people.index(member)
    keys = {
        "agenda-items": lab.item.pk, "comments": lab.comment.pk, "experiments": lab.experiment.pk,
        "import": lab.jobs[place].pk, "papers": lab.paper.pk, "reviews": lab.review.pk,
        "sortings": lab.event.pk if lab.event else 0, "topic-branches": lab.topic.pk,
        "calendar": lab.meeting.pk, "meetings": lab.series.pk, "feeds": lab.topic.pk,
    }  # fmt: skip
    found = []
    for route in ROUTES:
        if ELSEWHERE.match(route):
            continue
        key = keys.get(route.split("/")[0], 1)
        path = re.sub(r"<key:\w+>", str(key), route)
        path = path.replace("<slug:name>", "search").replace("<slug:key>", "university")
        path = path.replace("<title:slug>", lab.paper.slug).replace("<path:path>", lab.topic.path)
        path = path.replace("<day:day>", f"{lab.meeting.day:%Y-%m-%d}")
        path = path.replace("<str:handle>", member.handle)
        year, week, _ = lab.at.isocalendar()
        path = re.sub(r"^(digest/)<str:name>", rf"\g<1>{year}-W{week:02}", path)
        found.append("/" + path)
    papers = ",".join(str(lab.paper.pk + n) for n in range(1, 99))
    return [
        *found, "/papers/?q=rigid", "/papers/?q=is:claimed&size=100", "/papers/?q=topic:theory",
        "/papers/?q=sort:votes", "/topics/theory/?edit", "/topics/theory/?page=2",
        f"/papers/selection/?paper={papers}&act=unlist", "/search/palette/?q=rigid",
        "/search/completions/?q=rigid+topic:", "/search/mentions/?q=%23rigid",
        "/experiments/?state=confirmed", "/experiments/similar/?title=seeds",
        "/activity/?kind=reviews", "/curation/members/?state=alumni", "/members/author/",
        f"/papers/{lab.paper.pk}/{lab.paper.slug}/", f"/experiments/new/?paper={lab.paper.pk}",
        f"/papers/{lab.paper.pk}/citation/?style=bibtex",
        "/export/bibtex/", "/export/csl/?q=rigid", "/export/?topic=theory",
    ]  # fmt: skip


def read(browser: Client, address: str) -> Any:
    """The answer with its whole body."""
    answer = browser.get(address)
    if answer.streaming:
        b"".join(answer)
    return answer


def measure(browser: Client, addresses: list[str]) -> dict[str, list[str]]:
    """The statements of each page that opens."""
    found = {}
    for address in addresses:
        read(browser, address)  # the first time may cost more: a visit is noted, a key given
        with CaptureQueriesContext(connection) as queries:
            answer = read(browser, address)
        if answer.status_code == 200:
            found[address] = count(queries)
    return found


def count(queries: CaptureQueriesContext) -> list[str]:
    """Statements that ask or change something."""
    marks = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO", "BEGIN", "COMMIT", "SET ")
    return [one["sql"] for one in queries.captured_queries if not one["sql"].startswith(marks)]


def compare(
    few: Mapping[str, list[str]],
    many: Mapping[str, list[str]],
    usual: int,
    others: Mapping[str, int],
) -> list[str]:
    """What costs more with more on it, or too much altogether, with the statements to see why."""
    wrong = []
    for address, statements in many.items():
        most = next((most for one, most in others.items() if re.fullmatch(one, address)), usual)
        if len(few[address]) != len(statements):
            extra = statements[min(len(few[address]), len(statements) - 1)][:300]
            wrong.append(f"{address}: {len(few[address])}, then {len(statements)}: {extra}")
        elif len(statements) > most:
            told = "\n    ".join(statement[:160] for statement in statements)
            wrong.append(f"{address}: {len(statements)} queries\n    {told}")
    return wrong


def list_forms(lab: Growing, member: Member) -> dict[str, dict[str, object]]:
    """What members send most, by address."""
    free = make.paper("Nobody reads it", topics=[lab.topic])
    taken = make.paper("One reads it")
    make.claim(taken, member, member_slot=95)
    drafted = make.paper("One writes on it")
    day = f"{lab.meeting.day:%Y-%m-%d}"
    forms: dict[str, dict[str, object]] = {
        f"/papers/{free.pk}/claim/": {},
        f"/papers/{taken.pk}/release/": {},
        f"/papers/{lab.paper.pk}/comments/": {"body": "It holds for @author as well."},
        f"/comments/{lab.comment.pk}/replies/": {"body": "It does."},
        f"/comments/{lab.comment.pk}/resolution/": {},
        f"/papers/{free.pk}/nomination/": {},
        "/follows/": {"name": "paper", "value": free.pk, "paper": free.pk},
        "/searches/": {"name": "Bodies", "text": "rigid"},
        "/profile/theme/": {"theme": "dark"},
        f"/skips/{free.pk}/": {},
        f"/experiments/{lab.experiment.pk}/state/": {"state": "running"},
        f"/experiments/{lab.experiment.pk}/owner/": {},
        f"/experiments/{lab.experiment.pk}/prediction/": {"percent": 60},
        f"/experiments/{lab.experiment.pk}/links/": {"url": "https://run.example/1"},
        f"/papers/{drafted.pk}/review/draft/": {"summary": "So far.", "stamp": "0.0", "turn": "1"},
        f"/papers/{drafted.pk}/review/": {"summary": "It holds.", "stamp": "0.0"},
        f"/agenda-items/{lab.item.pk}/verdict/": {"before": "try"},
        f"/meetings/{day}/minutes/": {"text": "Agreed."},
    }
    if member.is_curator:
        forms |= {
            f"/papers/{lab.paper.pk}/edit/": {"title": "Rigid bodies", "authors": "B. Ng"},
            f"/listings/{lab.paper.listings.first().pk}/note/": {"note": "Read this first."},
            "/topics/": {"name": "Fresh"},
            "/papers/selection/": {"paper": free.pk, "act": "slots", "slots": "3"},
        }
    return forms


def measure_forms(browser: Client, lab: Growing, member: Member) -> dict[str, list[str]]:
    """The statements of each form that is taken, each in a lab to which nothing else was sent."""
    found = {}
    with transaction.atomic():
        for address, data in list_forms(lab, member).items():
            with transaction.atomic():
                with CaptureQueriesContext(connection) as queries:
                    answer = browser.post(address, data)
                transaction.set_rollback(True)
            assert answer.status_code in {200, 204, 302}, (address, answer.status_code)
            # The keys of fresh papers differ from lab to lab.
            found[re.sub(r"/\d+/", "/1/", address)] = count(queries)
        transaction.set_rollback(True)
    return found


@pytest.mark.slow
@pytest.mark.django_db
def test_every_page_costs_the_same_with_2_and_with_50_of_each_thing() -> None:
    people = [make.member("ada", role=Member.Role.CURATOR), make.member("ben")]
    lab = Growing(people)
    lab.grow(FEW)
    browsers = {one: make.browser(one) for one in people}
    few = {one: measure(browsers[one], list_addresses(lab, one)) for one in people}
    sent = {one: measure_forms(browsers[one], lab, one) for one in people}
    lab.grow(MANY)
    for one in people:
        many = measure(browsers[one], list_addresses(lab, one))
        # A number that named nothing before may name one of the many: that page is not compared.
        assert set(many) >= set(few[one]), "the same pages open"
        many = {address: many[address] for address in few[one]}
        assert len(many) >= (75 if one.is_curator else 60), sorted(many)
        assert compare(few[one], many, LIST, GATHERED) == [], one.handle
        forms = measure_forms(browsers[one], lab, one)
        assert compare(sent[one], forms, POST, WHOLE) == [], one.handle
