"""Which papers of a document are papers of the library: identifiers decide, a title proposes."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.importing.intake.applying.actions.apply_imports import apply_import
from papers.importing.intake.previewing.actions.documents import preview_import
from papers.importing.intake.previewing.queries.questions import ask_sameness
from papers.models import Identifier, ImportItem, ImportJob, Member, Paper
from tests import make
from tests.make import NOW, browser


def entry(key: str, **fields: object) -> str:
    """One entry for a reference manager."""
    given = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@article{{{key},\n{given}}}\n"


def work(key: str = "a", **fields: object) -> str:
    """A work whose title many works have."""
    return entry(key, **{"title": "Learning to Prune Hedges"} | fields)


def bring(text: str, by: Member) -> ImportJob:
    """Show a document and take it in."""
    job = preview_import(data=text.encode(), name="works.bib", by=by, at=NOW)
    return apply_import(job=job, by=by, at=NOW)


ONE = {"author": "Lind, Ada and Okafor, Ben", "year": 2012, "doi": "10.1234/one"}

VETOED = [
    {"author": "Lind, Ada", "year": 2012, "doi": "10.1234/two"},
    {"author": "Sato, Cy", "year": 2012},
    {"author": "Sato, Cy", "year": 2020, "doi": "10.1234/two"},
]
AGREED = [
    {},
    {"author": "A. Lind", "year": 2012},
    {"author": "A. Lind", "year": 2020},
    {"year": 2013},
    {"author": "Sato, Cy", "year": 2030, "doi": "10.1234/ONE"},
]


@pytest.mark.parametrize("other", VETOED)
def test_a_veto_makes_two_papers_and_loses_nothing(ada: Member, other: dict[str, object]) -> None:
    bring(work(**ONE), ada)
    bring(work(**other), ada)
    first, second = Paper.objects.order_by("pk")
    assert (first.authors, first.year) == (["Ada Lind", "Ben Okafor"], 2012)
    assert (len(second.authors), second.year) == (1, other["year"])
    dois = Identifier.objects.order_by("pk").values_list("paper", "value")
    wanted = [(first.pk, "10.1234/one"), (second.pk, other.get("doi"))]
    assert list(dois) == [pair for pair in wanted if pair[1]]
    assert not ImportItem.objects.filter(is_joined=True).exists()


@pytest.mark.parametrize("other", AGREED)
def test_a_title_with_nothing_against_it_or_an_identifier_is_one(
    ada: Member, other: dict[str, object]
) -> None:
    bring(work(**ONE), ada)
    job = bring(work(**other), ada)
    paper = Paper.objects.get()
    item = job.items.get()
    assert (item.paper, item.is_joined) == (paper, True)
    assert (paper.year, paper.authors) == (2012, ["Ada Lind", "Ben Okafor"])
    said = {name: pair[0] for name, pair in item.left.items()}
    assert said == {
        name: value
        for name, value in (
            ("authors", {"Sato, Cy": "Cy Sato"}.get(str(other.get("author")), other.get("author"))),
            ("year", str(other.get("year"))),
        )
        if other.get({"authors": "author"}.get(name, name)) and value != "2012"
    }


def test_years_far_apart_veto_where_nobody_says_who_wrote_it(ada: Member) -> None:
    bring(work(year=2001), ada)
    bring(work(year=2003), ada)
    assert Paper.objects.count() == 1
    bring(work(year=2010), ada)
    assert list(Paper.objects.order_by("year").values_list("year", flat=True)) == [2001, 2010]


def test_works_of_one_title_in_one_document_and_the_library_never_mix(ada: Member) -> None:
    make.paper("Learning to Prune Hedges")
    job = bring(work("a", author="Lind, Ada") + work("b", author="Sato, Cy", year=2020), ada)
    assert Paper.objects.count() == 2
    assert job.items.filter(kind=ImportItem.Kind.PAPER).count() == 2
    assert sorted(Paper.objects.values_list("authors", flat=True)) == [["Ada Lind"], ["Cy Sato"]]


def test_an_address_under_another_title_is_told_and_stays_where_it_is(ada: Member) -> None:
    bring(entry("a", title="Learning to Prune Hedges", doi="10.1234/one"), ada)
    job = bring(entry("a", title="A Different Study of Ponds", doi="10.1234/one", year=2001), ada)
    assert Paper.objects.count() == 2
    assert Identifier.objects.get().paper.title == "Learning to Prune Hedges"
    assert "under a different title" in job.plan["clashes"][0][1]


def test_a_published_paper_is_its_preprint(ada: Member) -> None:
    bring(work(doi="10.48550/arXiv.2101.00001", author="Lind, Ada"), ada)
    bring(work(doi="10.1234/one", author="Lind, Ada"), ada)
    assert Paper.objects.count() == 1
    assert Identifier.objects.count() == 2


def show(text: str, by: Member) -> ImportJob:
    """A preview."""
    return preview_import(data=text.encode(), name="works.bib", by=by, at=NOW)


def test_the_preview_asks_with_both_records_side_by_side(ada: Member) -> None:
    bring(work(**ONE), ada)
    job = show(work(year=2015, journal="Hedge Letters", author="A. Lind"), ada)
    answer = browser(ada).get(job.get_absolute_url()).content.decode()
    assert "Same paper?" in answer
    assert "They have the same title and an author in common." in answer
    assert "Hedge Letters" in answer
    assert "Ada Lind, Ben Okafor" in answer
    question = ask_sameness(list(job.items.all()))[job.items.get().pk]
    assert {pair.name: pair.fate for pair in question.pairs} == {
        "title": "same",
        "authors": "kept",
        "year": "kept",
        "venue": "added",
        "identifiers": "here",
    }


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
@pytest.mark.parametrize(
    ("other", "choice", "papers"),
    [
        ({}, "different", 2),
        ({"author": "Sato, Cy"}, "same", 1),
        ({"doi": "10.1234/one"}, "different", 2),
    ],
)
def test_a_member_decides(
    ada: Member, headers: dict[str, str], other: dict[str, str], choice: str, papers: int
) -> None:
    paper = bring(work(**ONE), ada).items.get().paper
    assert paper is not None
    job = show(work("b", **other), ada)
    item, page = job.items.get(), browser(ada)
    sent = {"paper": paper.pk, "sameness": choice}
    page.post(f"/import/items/{item.pk}/sameness/", sent, headers=headers)
    answer = page.get(job.get_absolute_url()).content.decode()
    assert "You chose this." in answer
    page.post(f"/import/{job.pk}/apply/")
    assert Paper.objects.count() == papers
    item.refresh_from_db()
    assert (item.paper == paper) == (papers == 1)
    job.refresh_from_db()
    assert bool(job.plan["clashes"]) == (other == {"doi": "10.1234/one"})


def test_a_wrong_choice_a_stranger_and_a_late_one_change_nothing(ada: Member, ben: Member) -> None:
    paper = bring(work(**ONE), ada).items.get().paper
    assert paper is not None
    job = show(work(), ada)
    url, sent = f"/import/items/{job.items.get().pk}/sameness/", {"paper": paper.pk}
    assert browser(ada).post(url, sent).status_code == 422
    assert browser(ada).post(url, {"paper": 2**40, "sameness": "same"}).status_code == 404
    assert browser(ben).post(url, sent | {"sameness": "different"}).status_code == 404
    apply_import(job=job, by=ada, at=NOW)
    browser(ada).post(url, sent | {"sameness": "different"})
    assert not job.items.get().sameness


def test_a_page_costs_the_same_for_two_and_for_twenty_questions(ada: Member) -> None:
    counts = []
    for count in (2, 20):
        text = "".join(work(f"k{n}", title=f"Pruning hedges {count} {n}") for n in range(count))
        bring(text, ada)
        job = show(text + work("x"), ada)
        page = browser(ada)
        page.get(job.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            answer = page.get(job.get_absolute_url()).content.decode()
        assert answer.count("Same paper?</strong>") == count
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_entries_of_one_title_on_different_pages_follow_the_order_of_the_document(
    ada: Member,
) -> None:
    make.paper("Learning to Prune Hedges")
    filler = "".join(entry(f"k{n}", title=f"Filler number {n}") for n in range(30))
    job = show(work("a", author="Lind, Ada") + filler + work("b", author="Sato, Cy"), ada)
    items = list(job.items.filter(kind=ImportItem.Kind.PAPER))
    assert ask_sameness(items[:1])[items[0].pk].is_same
    assert not ask_sameness(items[25:])[items[-1].pk].is_same
