"""A paper by hand, and its facts put right."""

from __future__ import annotations

import pytest
from django.test import Client

from papers.models import Member, Paper
from tests import make

FORM = {"HX-Request": "true", "HX-Target": "paper-form"}
FACTS = {
    "names": "https://arxiv.org/abs/2106.12345v2\nhttps://github.com/lab/code",
    "title": "  Rigid\n bodies ",
    "authors": "Ada Author\nBen  Writer;Cy Third",
    "year": "2021",
    "venue": "ICLR",
}


def test_a_paper_is_added_by_hand(as_ben: Client, ben: Member) -> None:
    topic = make.topic("Physics")
    answer = as_ben.post("/papers/new/", {**FACTS, "topics": [topic.pk]})
    paper = Paper.objects.get()
    assert answer.headers["Location"] == f"/papers/{paper.pk}/rigid-bodies/"
    assert (paper.title, paper.added_by) == ("Rigid bodies", ben)
    assert paper.authors == ["Ada Author", "Ben Writer", "Cy Third"]
    assert paper.identifiers.get().value == "2106.12345"
    assert paper.links.get().url == "https://github.com/lab/code"
    assert paper.listings.get().topic == topic


def test_a_wrong_form_keeps_all_that_was_typed(as_ben: Client) -> None:
    make.topic("Physics")
    wrong = {**FACTS, "title": "", "year": "21", "names": "no such thing"}
    answer = as_ben.post("/papers/new/", wrong, headers=FORM)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.lstrip().startswith('<div id="paper-form"')
    assert "read “no such thing”" in page
    assert "Enter a year from 1400 on." in page
    assert "Ada Author" in page
    assert not Paper.objects.exists()


def test_the_same_identifier_leads_to_the_paper_that_is_here(as_ben: Client) -> None:
    as_ben.post("/papers/new/", FACTS)
    answer = as_ben.post("/papers/new/", {**FACTS, "title": "Quite another"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This paper is already in the library" in page
    assert Paper.objects.get().get_absolute_url() in page
    assert "add it as a new paper" not in page


def test_the_same_title_is_shown_before_anything_is_made(as_ben: Client) -> None:
    make.paper("Rigid bodies")
    answer = as_ben.post("/papers/new/", FACTS)
    assert answer.status_code == 422
    assert "add it as a new paper" in answer.content.decode()
    assert Paper.objects.count() == 1
    answer = as_ben.post("/papers/new/", {**FACTS, "although_alike": "on"})
    assert answer.status_code == 302
    assert Paper.objects.count() == 2


def test_the_form_starts_with_what_the_address_says(as_ben: Client) -> None:
    page = as_ben.get("/papers/new/?title=Rigid%20bodies&names=2106.12345").content.decode()
    assert 'value="Rigid bodies"' in page
    assert "2106.12345" in page


def test_readers_add_no_papers(as_rea: Client, stranger: Client) -> None:
    assert as_rea.get("/papers/new/").status_code == 403
    assert as_rea.post("/papers/new/", FACTS).status_code == 403
    assert stranger.post("/papers/new/", FACTS).status_code in {302, 401}


def test_saving_the_form_as_it_opens_changes_nothing(as_ben: Client) -> None:
    topic = make.topic("Physics")
    as_ben.post("/papers/new/", {**FACTS, "topics": [topic.pk]})
    paper = Paper.objects.get()
    initial = as_ben.get(f"/papers/{paper.pk}/edit/").context["form"].initial
    typed = {name: value for name, value in initial.items() if value is not None}
    as_ben.post(f"/papers/{paper.pk}/edit/", typed)
    assert paper.events.count() == 1
    assert paper.listings.count() == 1


def test_facts_are_put_right_by_whoever_added_the_paper(as_ben: Client, ben: Member) -> None:
    physics, math = make.topic("Physics"), make.topic("Math")
    paper = make.paper("Rigid bodies", added_by=ben, topics=[physics])
    answer = as_ben.post(f"/papers/{paper.pk}/edit/", {"title": "Soft", "topics": [math.pk]})
    assert answer.headers["Location"] == f"/papers/{paper.pk}/soft/"
    assert [one.topic for one in paper.listings.all()] == [math]


def test_a_wrong_change_says_what_is_wrong(as_ada: Client) -> None:
    paper = make.paper("Rigid bodies")
    answer = as_ada.post(f"/papers/{paper.pk}/edit/", {"title": ""})
    assert answer.status_code == 422
    paper.refresh_from_db()
    assert paper.title == "Rigid bodies"


@pytest.mark.parametrize("method", ["get", "post"])
def test_papers_of_others_are_not_mine_to_change(
    as_cy: Client, as_rea: Client, ben: Member, method: str
) -> None:
    paper = make.paper(added_by=ben)
    address = f"/papers/{paper.pk}/edit/"
    assert getattr(as_cy, method)(address).status_code == 404
    assert getattr(as_rea, method)(address).status_code == 403


def test_a_paper_is_cited_as_a_file(as_rea: Client) -> None:
    paper = make.paper("Rigid & soft", authors=["Ada Author"], year=2021)
    answer = as_rea.get(f"/papers/{paper.pk}/citation/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="rigid-soft.bib"'
    assert "title = {Rigid \\& soft}" in answer.content.decode()
    assert as_rea.get("/papers/999999/citation/").status_code == 404
