"""Which papers of a document are papers of the library: identifiers decide, a title proposes."""

from __future__ import annotations

import pytest

from papers.importing.intake.actions.imports import apply_import, preview_import
from papers.models import Identifier, ImportItem, ImportJob, Member, Paper
from tests import make
from tests.make import NOW


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
