"""Kept pages: the next request after a change shows the change, to whom it may be shown."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from papers.caching import validators
from papers.catalogue.actions.papers import PaperFacts, add_paper
from papers.claims.actions.claims import claim_paper, release_claim
from papers.discussion.actions import add_comment
from papers.models import Claim, Member, Paper, Topic
from papers.reviews.actions.drafts import save_draft
from papers.reviews.actions.publishing import delete_review, publish_review
from papers.reviews.content import ReviewContent, Stamp
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
ASKING_ONLY = 3
"""Statements of a page that was kept: session, member, state of the database."""

SHOWN_NOWHERE = {
    "change", "feedtoken", "importitem", "importjob", "invitation", "mail", "member_groups",
    "member_user_permissions", "notification", "notificationchoice", "notificationmark", "reminder",
    "searchword", "throttle", "webhook", "webhookpost",
}  # fmt: skip
"""Tables that no kept page reads; the number of notices stands in the member's row."""


def count_queries(browser: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def read_state() -> validators.State:
    state, _ = validators.read_state(None)
    assert state is not None
    return state


def write_draft(paper: Paper, by: Member) -> None:
    content = ReviewContent(summary="Half a thought")
    save_draft(paper=paper, by=by, at=timezone.now(), content=content, stamp=Stamp())


def test_a_page_is_made_once_until_something_changes_that_it_shows():
    lab = make.lab()
    ada, ben = make.member("ada"), make.member("ben")
    paper = make.paper("A paper")
    as_ada, page = make.browser(ada), paper.get_absolute_url()
    assert count_queries(as_ada, page) > ASKING_ONLY
    assert count_queries(as_ada, page) == ASKING_ONLY
    write_draft(paper, by=ben)
    assert count_queries(as_ada, page) == ASKING_ONLY
    write_draft(paper, by=ada)
    assert count_queries(as_ada, page) > ASKING_ONLY
    lab.name = "Another name"
    lab.save()
    assert "Another name" in as_ada.get(page).content.decode()
    Topic.objects.create(name="New beside the text", slug="new", path="new", depth=0)
    assert "New beside the text" in as_ada.get(page).content.decode()


def test_a_change_that_is_taken_back_leaves_nothing():
    make.lab()
    paper, browser = make.paper("A paper"), make.browser(make.member("ada"))
    page = paper.get_absolute_url()
    before = read_state()
    with transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(title="A better title")
        assert validators.read_state(None)[0] is None
        assert "A better title" in browser.get(page).content.decode()
        transaction.set_rollback(True)
    assert read_state() == before
    assert "A better title" not in browser.get(page).content.decode()
    with transaction.atomic():
        with transaction.atomic():
            Paper.objects.filter(pk=paper.pk).update(title="A better title")
            transaction.set_rollback(True)
        Paper.objects.filter(pk=paper.pk).update(title="The best title")
    assert "The best title" in browser.get(page).content.decode()


def test_a_page_made_while_somebody_writes_is_not_kept_for_afterwards():
    """The reader looks between the write and its commit; the change shows at the next look."""
    make.lab()
    paper, browser = make.paper("A paper"), make.browser(make.member("ada"))
    page = paper.get_absolute_url()
    with psycopg.connect(**get_connection_facts()) as other:
        other.execute("UPDATE papers_paper SET title = 'Elsewhere' WHERE id = %s", [paper.pk])
        assert "Elsewhere" not in browser.get(page).content.decode()
        other.commit()
    assert "Elsewhere" in browser.get(page).content.decode()


def test_forms_of_a_kept_page_take_the_token_of_whoever_asks():
    make.lab()
    paper, ada = make.paper("A paper"), make.member("ada")
    tokens = set()
    for _ in range(3):
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(ada, backend="papers.accounts.backends.MemberBackend")
        found = TOKEN.findall(browser.get(paper.get_absolute_url()).content.decode())
        assert len(set(found)) == 1
        tokens.add(found[0])
        facts = {"csrfmiddlewaretoken": found[0], "theme": "dark"}
        assert browser.post("/profile/theme/", facts).status_code in (204, 302)
    assert len(tokens) == 3


def test_what_was_just_done_is_told_once():
    make.lab()
    ada = make.member("ada", role=Member.Role.CURATOR)
    browser, paper = make.browser(ada), make.paper("A paper")
    page = paper.get_absolute_url()
    browser.get(page)
    browser.post(f"/papers/{paper.pk}/claim/")
    first, second = browser.get(page).content.decode(), browser.get(page).content.decode()
    assert first.count('<p class="message') == 1
    assert '<p class="message' not in second


def test_two_viewers_and_a_stranger_never_share_a_page():
    make.lab(public_reading=True)
    paper = make.paper("A paper")
    ada, ben = make.member("ada"), make.member("ben")
    page = paper.get_absolute_url()
    for who, browser in [(ada, make.browser(ada)), (ben, make.browser(ben)), (None, Client())] * 2:
        shown = browser.get(page).content.decode()
        assert ("@ada" in shown, "@ben" in shown) == (who is ada, who is ben)


def test_every_table_counts_its_changes_or_shows_nowhere():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT event_object_table FROM information_schema.triggers "
            "WHERE trigger_name IN ('note_change', 'note_own')"
        )
        counted = {table.removeprefix("papers_") for (table,) in cursor.fetchall()}
        tables = {
            table.removeprefix("papers_")
            for table in connection.introspection.table_names(cursor)
            if table.startswith("papers_")
        }
    assert counted | SHOWN_NOWHERE == tables
    assert not counted & SHOWN_NOWHERE


def test_counts_of_servers_that_are_gone_are_added_up():
    make.lab()
    with psycopg.connect(**get_connection_facts(), autocommit=True) as other:
        other.execute("UPDATE papers_lab SET name = 'Elsewhere'")
    before = read_state()
    deadline = time.monotonic() + 10
    while count_counters() > 2 and time.monotonic() < deadline:
        validators.fold_counts()
    assert count_counters() == 2  # the ended ones together, and this one
    assert read_state() == before


def get_connection_facts() -> dict[str, Any]:
    """What another server needs to connect."""
    facts = connection.get_connection_params()
    return {
        name: facts[name]
        for name in ("host", "port", "dbname", "user", "password")
        if facts.get(name)
    }


def count_counters() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM papers_change WHERE scope = 0")
        return int(cursor.fetchone()[0])


def test_every_hot_page_shows_what_was_written_just_before():
    make.lab()
    now = timezone.now()
    ada = make.member("ada", role=Member.Role.CURATOR)
    ben = make.member("ben")
    as_ada, as_ben = make.browser(ada), make.browser(ben)
    add_paper(facts=PaperFacts(title="First paper"), by=ada, at=now)
    year, week, _ = now.isocalendar()
    digest = f"/digest/{year}-W{week:02}/"

    def look(address: str, words: str) -> list[bool]:
        """Twice each, so that the second look is answered from what was kept."""
        browsers = (as_ada, as_ben, as_ada, as_ben)
        return [words in browser.get(address).content.decode() for browser in browsers]

    assert look("/papers/", "Second paper") == [False] * 4
    assert look(digest, "Second paper") == [False] * 4
    paper = add_paper(facts=PaperFacts(title="Second paper"), by=ada, at=now)
    assert look("/papers/", "Second paper") == [True] * 4
    assert look(digest, "Second paper") == [True] * 4
    claim = claim_paper(paper=paper, by=ben, at=now)
    page = paper.get_absolute_url()
    assert look(page, "Write your review") == [False, True, False, True]
    assert look("/", "Second paper")[1::2] == [True, True]
    release_claim(claim=claim, by=ben, at=now)
    add_comment(subject=paper, body="Said just now", by=ada, at=now)
    assert look(page, "Said just now") == [True] * 4
    content = ReviewContent(summary="Readable words")
    review = publish_review(paper=paper, by=ada, at=now, content=content, stamp=Stamp())
    assert look(page, "Readable words") == [True] * 4
    delete_review(review=review, by=ada, at=now + timedelta(seconds=1))
    assert look(page, "Readable words") == [False] * 4


def test_a_switch_of_the_lab_holds_from_the_next_request_on():
    make.lab()
    now = timezone.now()
    ada, ben = make.member("ada"), make.member("ben")
    as_ben = make.browser(ben)
    paper = add_paper(facts=PaperFacts(title="A paper"), by=ada, at=now)
    claim_paper(paper=paper, by=ben, at=now)
    content = ReviewContent(summary="Hidden words")
    publish_review(paper=paper, by=ada, at=now, content=content, stamp=Stamp())

    def reads() -> bool:
        return "Hidden words" in as_ben.get(paper.get_absolute_url()).content.decode()

    assert [reads(), reads()] == [True, True]
    make.lab(independent_reviews=True)
    assert [reads(), reads()] == [False, False]
    assert Claim.objects.open().count() == 1
    make.lab(independent_reviews=False)
    assert [reads(), reads()] == [True, True]


def test_a_role_that_was_taken_away_is_gone_at_once():
    make.lab()
    ada = make.member("ada", role=Member.Role.CURATOR)
    browser = make.browser(ada)
    topic = make.topic("Sharpness")
    assert "Edit topic" in browser.get(topic.get_absolute_url()).content.decode()
    assert "Edit topic" in browser.get(topic.get_absolute_url()).content.decode()
    Member.objects.filter(pk=ada.pk).update(role=Member.Role.READER)
    assert "Edit topic" not in browser.get(topic.get_absolute_url()).content.decode()
