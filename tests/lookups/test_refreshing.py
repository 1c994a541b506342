"""A paper's details beside those of a service: keep or take, field by field."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from papers.lookups.actions.asking import answer_lookup
from papers.models import Lookup, Member, Paper
from tests import make
from tests.clock import CLOCK
from tests.lookups import shapes
from tests.lookups.stubs import Reply, Stub
from tests.lookups.test_asking import make_due

pytestmark = pytest.mark.django_db
Start = Callable[..., Stub]


@pytest.fixture
def paper(ben: Member) -> Paper:
    paper = make.paper("Rigid bodies in fast motion", added_by=ben)
    paper.identifiers.create(kind="arxiv", value="2106.12345")
    Paper.objects.filter(pk=paper.pk).update(venue="My venue", authors=["Ann Lee", "B Ek"])
    paper.refresh_from_db()
    return paper


def look(client: Client, paper: Paper) -> str:
    client.post(f"/papers/{paper.pk}/facts/", {"look": "on"})
    for lookup in Lookup.objects.filter(state="waiting"):
        answer_lookup(pk=lookup.pk, at=CLOCK.now())
    return client.get(f"/papers/{paper.pk}/facts/").content.decode()


def get_seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found[1]


def test_a_get_asks_nobody(stand_in: Start, as_ben: Client, paper: Paper) -> None:
    stand_in("arxiv", shapes.arxiv())
    page = as_ben.get(f"/papers/{paper.pk}/facts/").content.decode()
    assert "arXiv:2106.12345 can be looked up at arXiv." in page
    assert not Lookup.objects.exists()


def test_single_fields_are_taken_and_the_rest_stays(
    stand_in: Start, as_ben: Client, paper: Paper
) -> None:
    stand_in("arxiv", shapes.arxiv())
    page = look(as_ben, paper)
    assert shapes.TITLE in page
    assert "My venue" in page
    taken = {"take": ["title", "abstract", "names"], "seen": get_seen(page)}
    answer = as_ben.post(f"/papers/{paper.pk}/facts/", taken)
    paper.refresh_from_db()
    assert answer.headers["Location"] == paper.get_absolute_url()
    assert (paper.title, paper.venue) == (shapes.TITLE, "My venue")
    assert paper.abstract == shapes.ABSTRACT
    assert paper.authors == ["Ann Lee", "B Ek"]
    assert paper.links.get().url == "https://arxiv.org/pdf/2106.12345"
    page = look(as_ben, paper)
    assert "Choose what to take" in page
    assert 'value="title"' not in page


def test_what_changed_since_is_shown_and_not_taken(
    stand_in: Start, as_ben: Client, paper: Paper
) -> None:
    stand_in("arxiv", shapes.arxiv())
    seen = get_seen(look(as_ben, paper))
    Paper.objects.filter(pk=paper.pk).update(title="Rigid bodies in motion")
    answer = as_ben.post(f"/papers/{paper.pk}/facts/", {"take": ["title"], "seen": seen})
    assert answer.status_code == 422
    assert "Something changed since you opened this page" in answer.content.decode()
    paper.refresh_from_db()
    assert paper.title == "Rigid bodies in motion"


def test_a_paper_without_a_known_name_says_what_to_add(
    stand_in: Start, as_ben: Client, ben: Member
) -> None:
    stand_in("arxiv", shapes.arxiv())
    paper = make.paper("No name", added_by=ben)
    page = as_ben.get(f"/papers/{paper.pk}/facts/").content.decode()
    assert "nothing to look this paper up by" in page


def test_a_service_that_does_not_know_it_or_is_away(
    stand_in: Start, as_ben: Client, paper: Paper
) -> None:
    stub = stand_in("arxiv", shapes.ARXIV_NOTHING)
    assert "know arXiv:2106.12345" in look(as_ben, paper)
    Lookup.objects.all().delete()
    stub.reply = Reply(status=500)
    make_due()
    assert "answer. We" in look(as_ben, paper)


def test_a_reader_may_not(stand_in: Start, as_rea: Client, paper: Paper) -> None:
    assert as_rea.get(f"/papers/{paper.pk}/facts/").status_code == 403
    assert as_rea.get("/papers/999/lookup/").status_code == 404
