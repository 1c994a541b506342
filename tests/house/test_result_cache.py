"""Cached results of statements: never older than what was committed, for anybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from papers.caching.result_cache import State, read_cached
from papers.caching.validators import fold_counts, read_state
from papers.discussion.actions import add_comment
from papers.http import get_request_state
from papers.models import (
    Claim,
    Paper,
    SearchDoc,
)
from papers.models.change_counts import Apart
from tests import make
from tests.clock import CLOCK, Clock
from tests.house.figures import ACTS, Readers

pytestmark = pytest.mark.django_db(transaction=True)

COUNT = "SELECT count(*) FROM papers_searchdoc"


@pytest.mark.parametrize("act", ACTS)
def test_everybody_reads_what_was_done_just_before(act: Callable[[Readers], Any]):
    readers = Readers()
    act(readers)
    readers.look()


def read_count(state: State | None) -> int:
    def read() -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(COUNT)
            return list(cursor.fetchall())

    return int(read_cached(COUNT, (), state, read)[0][0])


def get_state() -> State:
    state, _ = read_state(None)
    assert state is not None
    return state


def index(*papers: Paper) -> None:
    SearchDoc.objects.bulk_create(SearchDoc(paper=one, added_at=one.added_at) for one in papers)


def connect() -> psycopg.Connection[Any]:
    """Another process's connection."""
    facts = connection.get_connection_params()
    names = ("host", "port", "dbname", "user", "password")
    return psycopg.connect(**{name: facts[name] for name in names if facts.get(name)})


def test_a_result_is_given_again_until_somebody_commits_a_change():
    paper = make.paper()
    index(paper, make.paper())
    assert read_count(get_state()) == 2
    with CaptureQueriesContext(connection) as queries:
        assert read_count(get_state()) == 2
    assert all(COUNT not in one["sql"] for one in queries)
    with connect() as other:
        other.execute("DELETE FROM papers_searchdoc WHERE paper_id = %s", [paper.pk])
        assert read_count(get_state()) == 2
    assert read_count(get_state()) == 1


def test_a_change_between_the_counts_and_the_rows_is_not_lost():
    """The rows may be newer than the counts under which they are cached."""
    papers = [make.paper() for _ in range(3)]
    index(*papers)
    before = get_state()
    with connect() as other:
        other.execute("DELETE FROM papers_searchdoc WHERE paper_id = %s", [papers[0].pk])
    assert read_count(before) == 2
    with connect() as other:
        other.execute("DELETE FROM papers_searchdoc WHERE paper_id = %s", [papers[1].pk])
    assert read_count(get_state()) == 1


def test_what_is_taken_back_was_never_cached():
    index(make.paper())
    assert read_count(get_state()) == 1
    with transaction.atomic():
        index(make.paper())
        assert read_count(read_state(None)[0]) == 2
        transaction.set_rollback(True)
    assert read_count(get_state()) == 1
    with transaction.atomic():
        with transaction.atomic():
            SearchDoc.objects.all().delete()
            transaction.set_rollback(True)
        SearchDoc.objects.all().delete()
    assert read_count(get_state()) == 0


def test_a_comment_ends_no_count_but_those_of_words():
    paper = make.paper("Sharp minima")
    ben = make.member("ben")
    make.index()
    before = get_state()
    add_comment(subject=paper, body="New words", by=ben, at=CLOCK.now())
    make.index()
    grown = {one for one in Apart if get_state().apart[one] != before.apart.get(one)}
    assert grown == {Apart.WORDS}
    fold_counts()
    assert get_state().apart[Apart.WORDS] == before.apart[Apart.WORDS] + 1


def test_a_statement_about_a_table_without_a_count_is_asked_each_time():
    asked = []

    def read() -> list[tuple[Any, ...]]:
        asked.append(1)
        return [(1,)]

    sql = "SELECT 1 FROM papers_searchdoc d JOIN papers_paper p ON p.id = d.paper_id"
    assert [read_cached(sql, (), get_state(), read) for _ in range(2)] == [[(1,)]] * 2
    assert len(asked) == 2


def test_a_claim_is_overdue_once_its_day_is_over(clock: Clock):
    make.lab()
    ben = make.member("ben")
    paper = make.paper("A paper")
    make.index()
    make.claim(paper, ben, due_on=clock.now().date())
    browser = make.browser(ben)
    assert "is%3Aoverdue" not in browser.get("/papers/").content.decode()
    clock.move(timedelta(days=2))
    assert Claim.objects.open().exists()
    assert "is%3Aoverdue" in browser.get("/papers/").content.decode()


def test_a_request_that_may_write_is_told_no_state():
    """It would read the figures as they were before what it wrote."""
    make.lab()
    assert get_request_state(RequestFactory().get("/topics/"))
    assert get_request_state(RequestFactory().post("/topics/")) is None
