"""The export page, its files, and the secret addresses of bibliographies."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from papers.catalogue.actions.citation_keys import assign_citation_keys
from papers.catalogue.actions.papers import PaperFacts, add_paper
from papers.exporting.format_registry import FORMATS
from papers.models import BibliographyLink, CitationKey, Member, Paper
from tests import make
from tests.make import NOW


def read(answer: HttpResponse) -> str:
    assert answer.status_code == 200, answer
    body = b"".join(answer) if answer.streaming else answer.content
    return body.decode(errors="replace")


@pytest.fixture
def theory(lab: object) -> Paper:
    theory = make.topic("Theory")
    paper = make.paper(
        "Rigid bodies", authors=["Tom Goldstein"], year=2021, topics=[make.topic("SGD", theory)]
    )
    make.paper("Something else", authors=["Ann Lee"], year=2020)
    make.index()
    return paper


def test_the_page_says_what_each_format_cannot_hold(ben: Member, theory: Paper) -> None:
    page = make.browser(ben)
    for query in ("", "?topic=theory", "?member=ben", "?q=rigid", f"?paper={theory.pk}"):
        text = read(page.get(f"/export/{query}"))
        assert text.count("Not included:") >= len(FORMATS), query
    for query in ("?topic=nowhere", "?member=nobody", "?paper=99999", "?paper=x"):
        assert page.get(f"/export/{query}").status_code == 404, query


def test_pages_lead_to_their_exports(ben: Member, theory: Paper) -> None:
    page = make.browser(ben)
    for url, query in (
        ("/topics/theory/", "topic=theory"), ("/members/ben/", "member=ben"),
        ("/papers/?q=rigid", "q=rigid"), (theory.get_absolute_url(), f"paper={theory.pk}"),
    ):  # fmt: skip
        assert f'href="/export/?{query}"' in read(page.get(url)), url


def test_a_file_holds_the_papers_of_its_part(ben: Member, theory: Paper) -> None:
    make.claim(Paper.objects.exclude(pk=theory.pk).get(), ben)
    page = make.browser(ben)
    for query, titles in (
        ("?topic=theory", {"Rigid bodies"}), ("?q=rigid", {"Rigid bodies"}),
        ("?member=ben", {"Something else"}), (f"?paper={theory.pk}", {"Rigid bodies"}),
        ("", {"Rigid bodies", "Something else"}),
    ):  # fmt: skip
        answer = page.get(f"/export/bibtex/{query}")
        assert answer["Content-Type"].startswith("application/x-bibtex")
        assert "attachment" in answer["Content-Disposition"]
        assert set(re.findall(r"title = \{(.*?)\}", read(answer))) == titles, query


def test_what_does_not_exist_is_not_exported(ben: Member) -> None:
    page = make.browser(ben)
    for path in ("/export/word/", "/export/bibtex/?topic=none"):
        assert page.get(path).status_code == 404


def test_keys_differ_and_stay(ben: Member) -> None:
    twins = [make.paper("Rigid bodies", authors=["Tom Goldstein"], year=2021) for _ in range(3)]
    page = make.browser(ben)
    keys = re.findall(r"@\w+\{(.*?),", read(page.get("/export/bibtex/")))
    assert keys == ["goldstein2021rigid", "goldstein2021rigid-2", "goldstein2021rigid-3"]
    Paper.objects.filter(pk=twins[1].pk).update(title="Soft bodies", year=2022)
    assert keys == re.findall(r"@\w+\{(.*?),", read(page.get("/export/bibtex/")))
    text = read(page.get(f"/papers/{twins[1].pk}/citation/"))
    assert text.startswith("@misc{goldstein2021rigid-2,")
    assert "goldstein2021rigid-2" in read(page.get(twins[1].get_absolute_url()))
    assign_citation_keys([one.pk for one in twins])
    assert CitationKey.objects.count() == 3


def test_a_paper_that_is_added_has_its_key(ben: Member) -> None:
    paper = add_paper(facts=PaperFacts(title="Flat minima", year=1997), by=ben, at=NOW)
    assert str(paper.citation_key) == "paper1997flat"


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_file_costs_the_same_for_two_and_for_fifty_papers(ben: Member, name: str) -> None:
    counts = []
    page = make.browser(ben)
    for more in (2, 48):
        for _ in range(more):
            make.paper(topics=[make.topic()])
        read(page.get(f"/export/{name}/"))
        with CaptureQueriesContext(connection) as queries:
            read(page.get(f"/export/{name}/"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def make_link(page: Client, query: str) -> str:
    answer = page.post(f"/profile/bibliographies/{query}", {"format": "bibtex"}, follow=True)
    found = re.search(r"http://testserver(/bibliographies/[\w-]+/references\.bib)", read(answer))
    assert found
    return found[1]


def test_a_private_address_is_fetched_without_a_login(
    ben: Member, theory: Paper, stranger: Client
) -> None:
    page = make.browser(ben)
    topic, search, whole = (make_link(page, query) for query in ("?topic=theory", "?q=rigid", ""))
    assert "Rigid bodies" in read(stranger.get(topic))
    assert "Rigid bodies" in read(stranger.get(search))
    assert "Something else" not in read(stranger.get(search))
    assert "Something else" in read(stranger.get(whole))
    make.paper("Rigid again", topics=[theory.listings.get().topic])
    assert "Rigid again" in read(stranger.get(topic))


def test_a_private_address_ends_when_it_is_revoked_or_its_member_leaves(
    ben: Member, cy: Member, theory: Paper, stranger: Client
) -> None:
    page = make.browser(ben)
    first, second = make_link(page, "?topic=theory"), make_link(page, "?q=rigid")
    link = BibliographyLink.objects.get(search="rigid")
    revoke = f"/profile/bibliographies/{link.pk}/revocation/"
    assert make.browser(cy).post(revoke).status_code == 404
    assert page.post(revoke).status_code == 302
    assert stranger.get(second).status_code == 404
    assert stranger.get(first).status_code == 200
    Member.objects.filter(pk=ben.pk).update(state=Member.State.ALUMNI)
    assert stranger.get(first).status_code == 404


def test_a_wrong_address_is_refused(ben: Member, theory: Paper, stranger: Client) -> None:
    page = make.browser(ben)
    assert page.post("/profile/bibliographies/?topic=none", {"format": "bibtex"}).status_code == 404
    assert page.post("/profile/bibliographies/?q=x", {"format": "word"}).status_code == 404
    assert page.post("/profile/bibliographies/?member=ben", {"format": "bibtex"}).status_code == 404
    assert stranger.get("/bibliographies/guessed/references.bib").status_code == 404
    assert BibliographyLink.objects.count() == 0
