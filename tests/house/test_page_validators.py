"""Page validators: a browser's copy holds until something changes that its viewer may see."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from papers.caching import validators
from papers.catalogue.actions.papers import PaperFacts, add_paper
from papers.claims.actions.claims import claim_paper, release_claim
from papers.discussion.actions import add_comment
from papers.models import Claim, Member, Paper, Topic
from papers.models.change_counts import find_undeclared, list_triggers, sync_triggers
from papers.reviews.actions.publishing import delete_review, publish_review
from papers.reviews.drafts.actions import save_draft
from papers.reviews.drafts.content import ReviewContent, Stamp
from tests import make
from tests.clock import CLOCK
from tests.waiting import wait_for

pytestmark = pytest.mark.django_db(transaction=True)


TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
ASKING_ONLY = 3
"""Statements of an answer without a page: session, member, state of the database."""


class Reader:
    """A browser that remembers the pages it got and asks whether they still hold."""

    def __init__(self, browser: Client) -> None:
        self.browser = browser
        self.tags: dict[str, str] = {}

    def look(self, address: str) -> tuple[int, int]:
        """The status of the answer, and how many statements it took."""
        known = {"If-None-Match": self.tags[address]} if address in self.tags else {}
        with CaptureQueriesContext(connection) as queries:
            answer = self.browser.get(address, headers=known)
        assert {"private", "no-cache"} <= set(answer["Cache-Control"].split(", "))
        self.tags[address] = answer["ETag"]
        return answer.status_code, len(queries)


def read_state() -> validators.State:
    state, _ = validators.read_state(None)
    assert state is not None
    return state


def write_draft(paper: Paper, by: Member) -> None:
    content = ReviewContent(summary="Half a thought")
    save_draft(paper=paper, by=by, at=CLOCK.now(), content=content, stamp=Stamp())


def test_a_page_is_sent_once_until_something_changes_that_it_shows():
    lab = make.lab()
    ada, ben = make.member("ada"), make.member("ben")
    paper = make.paper("A paper")
    reader, page = Reader(make.browser(ada)), paper.get_absolute_url()
    assert reader.look(page)[0] == 200  # this answer sets the cookie of forms
    assert reader.look(page)[0] == 200
    assert reader.look(page) == (304, ASKING_ONLY)
    write_draft(paper, by=ben)
    assert reader.look(page) == (304, ASKING_ONLY)
    write_draft(paper, by=ada)
    assert reader.look(page)[0] == 200
    lab.name = "Another name"
    lab.save()
    assert reader.look(page)[0] == 200
    Topic.objects.create(name="New beside the text", slug="new", path="new", depth=0)
    assert reader.look(page)[0] == 200
    assert reader.look(page)[0] == 304


def test_a_copy_of_a_page_holds_for_its_viewer_alone():
    """A proxy that hands ada's tag to somebody else gets that viewer's own page."""
    make.lab(public_reading=True)
    paper, ada, ben = make.paper("A paper"), make.member("ada"), make.member("ben")
    page = paper.get_absolute_url()
    tags = {who: make.browser(who).get(page)["ETag"] for who in (ada, ben)}
    tags[None] = Client().get(page)["ETag"]
    assert len(set(tags.values())) == 3
    answer = make.browser(ben).get(page, headers={"If-None-Match": tags[ada]})
    assert answer.status_code == 200
    assert "@ben" in answer.content.decode()
    assert "Cookie" in answer["Vary"]


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


def test_the_form_of_a_copy_that_holds_can_still_be_sent():
    make.lab()
    paper, ada = make.paper("A paper"), make.member("ada")
    browser, page = Client(enforce_csrf_checks=True), paper.get_absolute_url()
    browser.force_login(ada, backend="papers.accounts.backends.MemberBackend")
    browser.get(page)
    copy = browser.get(page)
    token = TOKEN.findall(copy.content.decode())[0]
    assert browser.get(page, headers={"If-None-Match": copy["ETag"]}).status_code == 304
    facts = {"csrfmiddlewaretoken": token, "theme": "dark"}
    assert browser.post("/profile/theme/", facts).status_code in (204, 302)
    # Signing in again takes a new cookie, with which the old copy's form would be refused.
    del browser.cookies["csrftoken"]
    assert browser.get(page, headers={"If-None-Match": copy["ETag"]}).status_code == 200


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


def list_installed() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname ~ '^note_'"
        )
        return set(cursor.fetchall())


def test_every_model_says_whether_its_changes_count():
    assert not find_undeclared()
    assert list_installed() == {(table, trigger.name) for table, trigger in list_triggers()}


def test_triggers_are_made_to_agree_with_the_models():
    declared = list_installed()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER note_change ON papers_paper")
        cursor.execute("DROP TRIGGER note_docs_rows ON papers_searchdoc")
        cursor.execute(
            "CREATE TRIGGER note_change AFTER INSERT ON papers_mail "
            "FOR EACH STATEMENT EXECUTE FUNCTION papers_note_change()"
        )
    assert list_installed() != declared
    sync_triggers()
    assert list_installed() == declared


def test_counts_of_servers_that_are_gone_are_added_up():
    make.lab()
    with psycopg.connect(**get_connection_facts(), autocommit=True) as other:
        other.execute("UPDATE papers_lab SET name = 'Elsewhere'")
        ended = other.info.backend_pid
    before = read_state()
    assert count_counters(ended) == 1

    def is_added_up() -> bool:
        validators.fold_counts()
        return count_counters(ended) == 0  # other servers of this run may still live

    wait_for(is_added_up)
    assert read_state() == before


def get_connection_facts() -> dict[str, Any]:
    """What another server needs to connect."""
    facts = connection.get_connection_params()
    return {
        name: facts[name]
        for name in ("host", "port", "dbname", "user", "password")
        if facts.get(name)
    }


def count_counters(backend: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM papers_change WHERE scope = 0 AND backend = %s", [backend]
        )
        return int(cursor.fetchone()[0])


def test_every_hot_page_shows_what_was_written_just_before():
    make.lab()
    now = CLOCK.now()
    ada = make.member("ada", role=Member.Role.CURATOR)
    ben = make.member("ben")
    as_ada, as_ben = make.browser(ada), make.browser(ben)
    add_paper(facts=PaperFacts(title="First paper"), by=ada, at=now)
    year, week, _ = now.isocalendar()
    digest = f"/digest/{year}-W{week:02}/"

    def look(address: str, words: str) -> list[bool]:
        """Twice each: the second answer must be as new as the first."""
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
    now = CLOCK.now()
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
