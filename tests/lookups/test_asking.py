"""Asking services: turns, problems, caches, and papers that are filled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from papers.catalogue.actions.papers import PaperFacts, add_paper
from papers.importing.trackers.github import GITHUB
from papers.importing.trackers.gitlab import GITLAB
from papers.lookups.actions import asking, turns
from papers.lookups.actions.asking import answer_lookup, request_lookup
from papers.lookups.actions.filling import follow_lookup
from papers.lookups.service_registry import list_services
from papers.lookups.services.every import SERVICES
from papers.lookups.subjects import ARXIV, DOI, Subject
from papers.models import Event, Lookup, LookupTurn, Member, Paper, PaperLookup
from papers.zotero.service.zotero_client import ZOTERO
from tests.clock import CLOCK, NOW, Clock
from tests.lookups import shapes
from tests.lookups.stubs import Reply, Stub

pytestmark = pytest.mark.django_db
SUBJECT = Subject(ARXIV, "2106.12345")
Start = Callable[..., Stub]


def look_up(subject: Subject = SUBJECT) -> Lookup:
    lookup = request_lookup(subject=subject, at=CLOCK.now())
    assert lookup
    answer_lookup(pk=lookup.pk, at=CLOCK.now())
    lookup.refresh_from_db()
    return lookup


def add(by: Member, title: str = "arXiv:2106.12345", **facts: Any) -> Paper:
    return add_paper(facts=PaperFacts(title=title, **facts), by=by, at=NOW)


def test_all_services_are_off_in_tests(lab: Any) -> None:
    assert list_services(SUBJECT) == []
    assert request_lookup(subject=SUBJECT, at=NOW) is None
    assert not Lookup.objects.exists()


def test_the_settings_name_every_service(settings: Any) -> None:
    others = {ZOTERO.key, GITHUB.key, GITLAB.key}
    assert {key.removesuffix("1") for key in SERVICES} | others == settings.LOOKUP_SERVICES


def test_a_work_is_asked_for_once_and_the_answer_is_given_again(
    stand_in: Start, settings: Any
) -> None:
    settings.SITE_URL, settings.LOOKUPS_CONTACT = "https://lab.example", "ada@lab.example"
    stub = stand_in("arxiv", shapes.arxiv())
    lookup = look_up()
    assert (lookup.state, lookup.service) == ("found", "arxiv")
    assert lookup.facts["title"] == shapes.TITLE
    assert look_up() == lookup
    assert stub.asked == ["/api/query?id_list=2106.12345&max_results=1"]
    agent = stub.headers[0]["User-Agent"]
    assert agent == "reviewapp/0.1 (+https://lab.example; mailto:ada@lab.example)"


def test_two_members_who_ask_together_make_one_job(stand_in: Start) -> None:
    stand_in("arxiv", shapes.arxiv())
    request_lookup(subject=SUBJECT, at=NOW)
    request_lookup(subject=SUBJECT, at=NOW)
    assert ProcrastinateJob.objects.filter(task_name=asking.ASKING).count() == 1


def test_when_one_service_is_down_the_next_one_is_asked(stand_in: Start) -> None:
    stand_in("arxiv", Reply(status=503))
    stand_in("datacite", shapes.datacite("10.48550/arxiv.2106.12345"))
    lookup = look_up()
    assert (lookup.state, lookup.service) == ("found", "datacite")


def test_what_crossref_does_not_have_may_be_at_datacite(stand_in: Start) -> None:
    stand_in("crossref", Reply(b"Resource not found.", status=404))
    stand_in("datacite", shapes.datacite("10.5281/zenodo.1"))
    assert look_up(Subject(DOI, "10.5281/zenodo.1")).service == "datacite"


def test_what_nobody_knows_is_missing_and_asked_for_again_later(
    stand_in: Start, clock: Clock
) -> None:
    stub = stand_in("arxiv", shapes.ARXIV_NOTHING)
    assert look_up().state == "missing"
    look_up()
    assert len(stub.asked) == 1
    clock.move(timedelta(minutes=11))
    make_due()
    look_up()
    assert len(stub.asked) == 2


LIES: list[Reply] = [
    Reply(shapes.arxiv("2106.99999")),
    Reply(b"<html>Sign in</html>", headers={"Content-Type": "text/html"}),
    Reply(stream=b"x" * 65536),
    Reply(status=403),
    Reply(status=302, headers={"Location": "http://127.0.0.1:9/"}),
    Reply(status=302, headers={"Location": "file:///etc/passwd"}),
    Reply(status=302, headers={"Location": "/again"}),
    Reply(status=200, headers={"Content-Encoding": "gzip"}, body=b"nothing packed"),
]


@pytest.mark.parametrize("reply", LIES)
def test_a_lie_leaves_the_paper_as_it_is_and_is_asked_about_again(
    stand_in: Start, ben: Member, reply: Reply
) -> None:
    stand_in("arxiv", reply)
    lookup = request_lookup(subject=SUBJECT, at=NOW)
    assert lookup
    paper = add(ben)
    follow_lookup(paper=paper, lookup=lookup, by=ben, at=NOW, stand_in=paper.title)
    assert look_up().state == "waiting"
    paper.refresh_from_db()
    assert (paper.title, paper.authors) == ("arXiv:2106.12345", [])
    assert paper.lookup.state == PaperLookup.State.WAITING
    assert paper.lookup.next_try_at
    jobs = ProcrastinateJob.objects.filter(task_name=asking.ASKING, scheduled_at__isnull=False)
    assert jobs.count() == 1


def test_a_service_that_is_down_is_left_alone_longer_each_time(stand_in: Start) -> None:
    stub = stand_in("arxiv", Reply(status=500))
    pauses = []
    for _ in range(3):
        make_due()
        answer_lookup(pk=look_up_row().pk, at=CLOCK.now())
        turn = LookupTurn.objects.get(pk="arxiv")
        pauses.append(round((turn.next_at - get_database_time()).total_seconds()))
    assert pauses == [10, 20, 40]
    assert len(stub.asked) == 3


def look_up_row() -> Lookup:
    lookup = request_lookup(subject=SUBJECT, at=CLOCK.now())
    assert lookup
    return lookup


def make_due() -> None:
    LookupTurn.objects.update(next_at=get_database_time())


def get_database_time() -> Any:
    row = LookupTurn.objects.annotate(now=turns._Now()).first()
    return row.now if row else NOW


def test_a_rate_limit_is_kept_for_as_long_as_the_service_says(stand_in: Start) -> None:
    stub = stand_in("arxiv", Reply(status=429, headers={"Retry-After": "120"}))
    look_up()
    wait = LookupTurn.objects.get(pk="arxiv").next_at - get_database_time()
    assert timedelta(seconds=110) < wait <= timedelta(seconds=120)
    other = Subject(ARXIV, "2106.00001")
    assert look_up(other).state == "waiting"
    assert look_up(other).tries == 0, "nobody was asked, so it is no try"
    assert len(stub.asked) == 1


def test_a_service_is_asked_no_more_often_than_it_allows(
    stand_in: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in("arxiv", shapes.arxiv())
    look_up()
    with (
        pytest.raises(turns.NotNow) as refusal,
        turns.take_turn(SERVICES["arxiv"], patience=0, longest=1),
    ):
        pytest.fail("it is not time yet")
    assert 2 < refusal.value.seconds <= 3


def test_a_mere_look_is_given_up_but_a_paper_is_filled_in_days_later(
    stand_in: Start, ben: Member, clock: Clock
) -> None:
    stub = stand_in("arxiv", Reply(status=500))
    for _ in range(asking.TRIES_WITHOUT_PAPER + 1):
        make_due()
        assert look_up_row()
        answer_lookup(pk=look_up_row().pk, at=CLOCK.now())
    lookup = Lookup.objects.get()
    assert lookup.state == "failed"
    clock.move(timedelta(minutes=11))
    lookup = look_up_row()
    paper = add(ben)
    follow_lookup(paper=paper, lookup=lookup, by=ben, at=NOW, stand_in=paper.title)
    for _ in range(asking.TRIES_WITHOUT_PAPER + 2):
        make_due()
        answer_lookup(pk=lookup.pk, at=CLOCK.now())
    stub.reply = Reply(shapes.arxiv())
    make_due()
    answer_lookup(pk=lookup.pk, at=CLOCK.now())
    paper.refresh_from_db()
    assert (paper.title, paper.lookup.state) == (shapes.TITLE, "filled")


def test_a_paper_is_filled_in_when_the_answer_comes(stand_in: Start, ben: Member) -> None:
    stand_in("arxiv", shapes.arxiv())
    lookup = look_up_row()
    paper = add(ben, identifiers=[("arxiv", "2106.12345")], venue="My venue")
    row = follow_lookup(paper=paper, lookup=lookup, by=ben, at=NOW, stand_in=paper.title)
    assert row.state == "waiting"
    answer_lookup(pk=lookup.pk, at=CLOCK.now())
    paper.refresh_from_db()
    assert (paper.title, paper.venue, paper.year) == (shapes.TITLE, "My venue", 2021)
    assert paper.authors == ["Ann Lee", "Jérôme Ek"]
    assert "rest" not in paper.slug
    assert paper.slug.startswith("rigid-bodies")
    assert paper.links.get().url == "https://arxiv.org/pdf/2106.12345"
    row.refresh_from_db()
    assert (row.state, row.service) == ("filled", "arxiv")
    assert set(row.fields) == {"title", "authors", "abstract", "year", "published_on", "links"}
    assert Event.objects.get(kind="paper-filled").by is None


def test_what_was_typed_meanwhile_stays(stand_in: Start, ben: Member) -> None:
    stand_in("arxiv", shapes.arxiv())
    lookup = look_up_row()
    paper = add(ben)
    follow_lookup(paper=paper, lookup=lookup, by=ben, at=NOW, stand_in=paper.title)
    Paper.objects.filter(pk=paper.pk).update(title="Rigid bodies in slow motion!", authors=["Me"])
    answer_lookup(pk=lookup.pk, at=CLOCK.now())
    paper.refresh_from_db()
    assert (paper.title, paper.authors) == ("Rigid bodies in slow motion!", ["Me"])
    assert paper.abstract == shapes.ABSTRACT


def test_a_paper_with_another_title_is_not_filled_in(stand_in: Start, ben: Member) -> None:
    stand_in("arxiv", shapes.arxiv())
    paper = add(ben, title="Quite another work about water")
    row = follow_lookup(paper=paper, lookup=look_up(), by=ben, at=NOW)
    paper.refresh_from_db()
    assert (row.state, paper.abstract) == ("differs", "")


def test_an_identifier_of_another_paper_stays_there(stand_in: Start, ben: Member) -> None:
    own = 'xmlns:arxiv="http://arxiv.org/schemas/atom"'
    stand_in("arxiv", shapes.arxiv(more=f"<arxiv:doi {own}>10.1000/xyz</arxiv:doi>"))
    other = add(ben, title="Another", identifiers=[("doi", "10.1000/xyz")])
    paper = add(ben)
    follow_lookup(paper=paper, lookup=look_up(), by=ben, at=NOW, stand_in=paper.title)
    paper.refresh_from_db()
    assert paper.title == shapes.TITLE
    assert [one.value for one in paper.identifiers.all()] == ["2106.12345"]
    assert other.identifiers.count() == 1


def test_a_lost_job_is_queued_again(stand_in: Start, clock: Clock) -> None:
    stand_in("arxiv", shapes.arxiv())
    look_up_row()
    assert asking.requeue_lost_lookups(at=CLOCK.now()) == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    clock.move(timedelta(minutes=11))
    assert asking.requeue_lost_lookups(at=CLOCK.now()) == 1
