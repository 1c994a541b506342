"""What appears about papers under discussion: versions, publication, retractions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from papers.lookups.actions.asking import answer_lookup, request_weekly_lookups
from papers.models import (
    CritiqueQuestion,
    Event,
    Identifier,
    Lookup,
    Member,
    Notification,
    Paper,
    PaperUpdate,
)
from papers.notifications.actions.notifying import create_notifications
from tests import make
from tests.clock import CLOCK, Clock
from tests.lookups import shapes
from tests.lookups.stubs import Reply, Stub
from tests.lookups.test_asking import make_due

pytestmark = pytest.mark.django_db
Start = Callable[..., Stub]
OWN = 'xmlns:arxiv="http://arxiv.org/schemas/atom"'


@pytest.fixture
def paper(ben: Member) -> Paper:
    paper = make.paper(shapes.TITLE)
    paper.identifiers.create(kind=Identifier.Kind.ARXIV, value="2106.12345")
    make.review(paper, ben).points.create(text="Too few seeds")
    return paper


def run_week(clock: Clock) -> None:
    clock.move(timedelta(days=8))
    request_weekly_lookups(at=CLOCK.now())
    for lookup in Lookup.objects.filter(state="waiting").order_by("pk"):
        make_due()
        answer_lookup(pk=lookup.pk, at=CLOCK.now())


def list_news() -> list[tuple[str, str]]:
    events = Event.objects.filter(kind=Event.Kind.PAPER_UPDATED).order_by("pk")
    return [(event.data["update"], event.data["name"]) for event in events]


def test_the_first_look_records_the_version_and_a_later_one_is_news(
    stand_in: Start, paper: Paper, ben: Member, clock: Clock
) -> None:
    stub = stand_in("arxiv", shapes.arxiv(version=3))
    create_notifications(at=CLOCK.now())
    run_week(clock)
    assert [one.name for one in paper.updates.all()] == ["v3"]
    assert list_news() == []
    run_week(clock)
    assert len(stub.asked) == 2
    stub.reply = Reply(shapes.arxiv(version=4))
    run_week(clock)
    assert list_news() == [("version", "v4")]
    assert CritiqueQuestion.objects.get().version == "v4"
    create_notifications(at=CLOCK.now())
    told = Notification.objects.get(member=ben)
    assert (told.why, told.event.kind) == ("review", "paper-updated")
    run_week(clock)
    assert list_news() == [("version", "v4")]


def test_a_version_from_before_this_site_looked_is_news_if_it_came_after_the_paper(
    stand_in: Start, paper: Paper, clock: Clock
) -> None:
    Paper.objects.update(added_at=CLOCK.now() - timedelta(days=3000))
    stand_in("arxiv", shapes.arxiv(version=3))
    run_week(clock)
    assert list_news() == [("version", "v3")]


def test_the_published_version_is_news_once(
    stand_in: Start, paper: Paper, clock: Clock, as_cy: Client
) -> None:
    more = f"<arxiv:doi {OWN}>10.1000/xyz</arxiv:doi>"
    more += f"<arxiv:journal_ref {OWN}>J. Rest</arxiv:journal_ref>"
    stand_in("arxiv", shapes.arxiv(more=more))
    run_week(clock)
    run_week(clock)
    assert list_news() == [("published", "10.1000/xyz")]
    page = as_cy.get(paper.get_absolute_url()).content.decode()
    assert "Published in J. Rest." in page
    assert "https://doi.org/10.1000/xyz" in page


def test_a_retraction_is_told_and_marked(
    stand_in: Start, paper: Paper, ben: Member, clock: Clock, as_cy: Client
) -> None:
    paper.identifiers.create(kind=Identifier.Kind.DOI, value="10.1000/xyz")

    def reply(path: str) -> Reply:
        if "filter=updates" in path:
            return Reply(shapes.crossref_amendments("10.1000/xyz", "10.1000/note"))
        return Reply(shapes.crossref())

    stub = stand_in("crossref", reply)
    run_week(clock)
    assert any("/works?filter=updates:10.1000%2Fxyz" in path for path in stub.asked)
    assert list_news() == [("retracted", "10.1000/note")]
    page = as_cy.get(paper.get_absolute_url()).content.decode()
    assert "This paper was retracted." in page
    assert "https://doi.org/10.1000/note" in page
    assert not CritiqueQuestion.objects.exists()


def test_only_papers_under_discussion_are_asked_for(
    stand_in: Start, paper: Paper, ben: Member, clock: Clock, settings: Any
) -> None:
    quiet = make.paper("Nobody reads this")
    quiet.identifiers.create(kind="arxiv", value="2106.00001")
    claimed = make.paper("Somebody reads this")
    claimed.identifiers.create(kind="arxiv", value="2106.00002")
    make.claim(claimed, ben)
    stub = stand_in("arxiv", shapes.ARXIV_NOTHING)
    settings.LOOKUPS_WEEKLY = False
    run_week(clock)
    assert not stub.asked
    settings.LOOKUPS_WEEKLY = True
    run_week(clock)
    assert len(stub.asked) == 2
    assert not any("2106.00001" in path for path in stub.asked)


def test_a_paper_that_is_just_coming_in_is_no_news(
    stand_in: Start, as_ben: Client, ben: Member
) -> None:
    more = f"<arxiv:doi {OWN}>10.1000/xyz</arxiv:doi>"
    stand_in("arxiv", shapes.arxiv(more=more))
    as_ben.post("/papers/new/", {"anything": "2106.12345"})
    for lookup in Lookup.objects.filter(state="waiting"):
        answer_lookup(pk=lookup.pk, at=CLOCK.now())
    assert list_news() == []
    assert set(PaperUpdate.objects.values_list("kind", flat=True)) == {"version", "published"}
