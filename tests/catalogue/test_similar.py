"""Similar papers: what counts, how it is said, and at what cost."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from papers.catalogue.queries.similar import list_similar
from papers.models import Lab, Member, Paper
from papers.search.index.actions import refresh
from tests import make


def add(title: str, *reviewers: Member, **fields: Any) -> Paper:
    paper = make.paper(title, **fields)
    for member in reviewers:
        make.review(paper, member)
    refresh([paper.pk])
    return paper


def say(paper: Paper, by: Member, lab: Lab) -> dict[str, str]:
    return {one.title: one.why for one in list_similar(paper, by, lab)}


def test_topics_reviewers_and_rare_words_make_papers_similar(
    ben: Member, cy: Member, lab: Lab
) -> None:
    topic, other = make.topic("Training"), make.topic("Models")
    here = add("Sharpness of minima", ben, cy, topics=[topic])
    add("Flat roads", ben, cy, topics=[topic, other])
    add("Minimum sharpness again", topics=[other])
    add("Gardening", ben)
    add("Nothing in common", topics=[other])
    assert say(here, ben, lab) == {
        "Flat roads": "same topic, 2 shared reviewers",
        "Minimum sharpness again": "sharpness",
        "Gardening": "same reviewer",
    }


def test_the_nearest_come_first_and_only_five(ben: Member, lab: Lab) -> None:
    topic = make.topic()
    here = add("Sharpness of minima", topics=[topic])
    for number in range(8):
        add(f"Number {number}", topics=[topic])
    add("Sharpness of valleys", topics=[topic])
    found = list(say(here, ben, lab))
    assert found[0] == "Sharpness of valleys"
    assert len(found) == 5


def test_japanese_titles_are_compared_too(ben: Member, lab: Lab) -> None:
    here = add("拡散モデルの理論")
    add("拡散モデルを速くする")
    assert list(say(here, ben, lab)) == ["拡散モデルを速くする"]


def test_a_paper_alone_is_like_none(ben: Member, lab: Lab) -> None:
    assert say(add("Alone"), ben, lab) == {}


def test_more_of_everything_costs_no_more_queries(ben: Member, lab: Lab) -> None:
    topic = make.topic()
    here = add("Sharpness of minima", ben, topics=[topic])

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            list_similar(here, ben, lab)
        return len(queries)

    add("Sharpness", ben, topics=[topic])
    few = count()
    for number in range(30):
        add(f"Sharpness {number}", ben, topics=[topic])
    assert count() == few <= 4


def test_the_page_fetches_a_fragment_and_has_a_page_beside_it(as_ben: Client, ben: Member) -> None:
    topic = make.topic()
    here = add("Sharpness of minima", topics=[topic])
    add("Flat roads", topics=[topic])
    address = f"/papers/{here.pk}/similar/"
    assert address in as_ben.get(here.get_absolute_url()).content.decode()
    part = as_ben.get(address, headers={"HX-Request": "true", "HX-Target": "similar"})
    assert "<html" not in part.content.decode()
    assert "Flat roads" in part.content.decode()
    assert "<html" in as_ben.get(address).content.decode()
    assert as_ben.get("/papers/999999/similar/").status_code == 404


def test_a_stranger_sees_them_where_the_lab_reads_in_public(stranger: Client) -> None:
    here = add("Sharpness of minima")
    assert stranger.get(f"/papers/{here.pk}/similar/").status_code == 302
    make.lab(public_reading=True)
    assert stranger.get(f"/papers/{here.pk}/similar/").status_code == 200


def test_words_that_every_title_has_make_no_two_papers_alike(ben: Member, lab: Lab) -> None:
    here = make.paper("Large Scale Understanding of Octopuses")
    make.paper("Understanding the Effectiveness of Large Models at Scale")
    make.paper("How Octopuses Dream")
    make.index()
    assert list(say(here, ben, lab)) == ["How Octopuses Dream"]
