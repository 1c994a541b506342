"""What a draft is among the papers that are known: by name, by title, by choice, in its order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from papers.importing.intake.matching.queries.sameness import (
    Choice,
    Match,
    choice_of,
    find_known,
    resolve,
    side_of,
)
from papers.importing.reading.drafts.understood import LinkDraft, PaperDraft
from papers.models import Identifier, ImportItem, Paper
from tests import make

TITLE = "Learning to Prune Hedges"


def draft(title: str = TITLE, **fields: Any) -> PaperDraft:
    return PaperDraft(key=title, line=1, last_line=1, title=title, title_as_written=title, **fields)


def paper(title: str = TITLE, doi: str = "", arxiv: str = "", **fields: Any) -> Paper:
    new = make.paper(title, **fields)
    for kind, value in ((Identifier.Kind.DOI, doi), (Identifier.Kind.ARXIV, arxiv)):
        if value:
            Identifier.objects.create(paper=new, kind=kind, value=value)
    return new


def find(one: PaperDraft, choice: Choice | None = None) -> Match:
    return find_known([one], [choice] if choice else []).find(one, choice)


pytestmark = pytest.mark.django_db


def test_a_name_in_common_decides_where_the_titles_are_alike() -> None:
    known = paper(doi="10.1/a")
    paper("Another work")
    found = find(draft("Learning to prune hedges!", doi="10.1/a"))
    assert (found.same, found.other, found.basis, found.clash) == (known, None, "identifier", None)


def test_a_name_of_another_kind_is_another_name() -> None:
    paper("Something quite different", arxiv="10.1/a")
    assert find(draft(doi="10.1/a")) == Match()


def test_a_name_under_a_different_title_is_asked_about() -> None:
    known = paper("Cutting the grass of stadiums", doi="10.1/a")
    found = find(draft(doi="10.1/a"))
    assert (found.same, found.other, found.basis, found.clash) == (None, known, "titles", known)


def test_a_title_wins_over_a_name_that_clashes() -> None:
    clashing = paper("Cutting the grass of stadiums", arxiv="2101.00001")
    known = paper()
    found = find(draft(arxiv_id="2101.00001"))
    assert (found.same, found.basis, found.clash) == (known, "title", clashing)


def test_authors_in_common_are_a_better_ground_than_a_title_alone() -> None:
    known = paper(authors=["Ada Lind"])
    assert find(draft(authors=("A. Lind", "Ben Okafor"))).basis == "title and authors"
    assert find(draft()).basis == "title"
    assert find(draft()).same == known


@pytest.mark.parametrize(
    ("fields", "basis"),
    [
        ({"doi": "10.1/b"}, "identifiers"),
        ({"authors": ("Cy Sato",)}, "authors"),
        ({"year": 2020}, "years"),
        ({"published_on": date(2020, 5, 1)}, "years"),
        ({"isbn": "9780262035613"}, ""),
    ],
)
def test_what_speaks_against_one_title(fields: dict[str, Any], basis: str) -> None:
    known = paper(doi="10.1/a", authors=["Ada Lind"] if "authors" in fields else [], year=2010)
    found = find(draft(**fields))
    assert (found.same, found.other) == ((None, known) if basis else (known, None))
    assert found.basis == (basis or "title")


def test_books_of_two_isbns_are_two() -> None:
    known = paper()
    Identifier.objects.create(paper=known, kind="isbn", value="9780262035613")
    found = find(draft(isbn="9780131103627"))
    assert (found.same, found.other, found.basis) == (None, known, "identifiers")


def test_the_first_of_several_papers_of_a_title_is_taken() -> None:
    first, _second = paper(), paper()
    assert find(draft()).same == first


def test_of_papers_with_something_against_them_the_first_is_asked_about() -> None:
    first = paper(year=1990)
    paper(year=1980)
    assert find(draft(year=2020)).other == first


def test_what_a_member_chose_goes_before_the_rules() -> None:
    by_rules, chosen = paper(), paper("Something else", year=1999)
    same = find(draft(), Choice(is_same=True, paper=chosen.pk))
    assert (same.same, same.other, same.basis) == (chosen, None, "title")
    other = find(draft(), Choice(is_same=False, paper=by_rules.pk))
    assert (other.same, other.other, other.basis) == (None, by_rules, "title")
    apart = find(draft(), Choice(is_same=False, paper=chosen.pk))
    assert (apart.same, apart.other, apart.basis) == (by_rules, chosen, "title")


def test_the_ground_of_a_choice_is_told() -> None:
    named = paper("Cutting the grass of stadiums", doi="10.1/a")
    far = paper("Something else", year=1980)
    same = find(draft(doi="10.1/a"), Choice(is_same=True, paper=named.pk))
    assert (same.same, same.basis) == (named, "titles")
    same = find(draft(year=2020), Choice(is_same=True, paper=far.pk))
    assert (same.same, same.basis) == (far, "years")
    alike = paper("Learning to Prune the Hedges", doi="10.1/b")
    same = find(draft(doi="10.1/b"), Choice(is_same=False, paper=alike.pk))
    assert (same.same, same.other, same.basis) == (None, alike, "identifier")


def test_a_choice_of_a_paper_that_is_gone_is_none() -> None:
    known = paper()
    assert find(draft(), Choice(is_same=False, paper=known.pk + 1000)).same == known


def test_a_choice_of_a_named_paper_among_others_of_the_title() -> None:
    """The ground is weighed for the chosen paper, not for the one that the rules found."""
    by_rules = paper(authors=["Ada Lind"])
    chosen = paper("Learning to prune hedges", doi="10.1/a")
    found = find(draft(authors=("Ada Lind",), doi="10.1/z"), Choice(is_same=True, paper=chosen.pk))
    assert (found.same, found.basis) == (chosen, "identifiers")
    assert find(draft(authors=("Ada Lind",))).same == by_rules


def test_entries_of_one_document_are_one_paper_with_what_all_of_them_say() -> None:
    """The first has a name, the second a year far from the third: they are told apart by both."""
    drafts = {
        "a": draft(doi="10.1/a"),
        "b": draft(year=2010),
        "c": draft(year=2020),
        "d": draft("Another spelling of the hedges", doi="10.1/a"),
        "e": draft(doi="10.1/b"),
    }
    _known, found = resolve(drafts, {}, drafts.keys())
    first = found["b"].same
    assert first is not None
    assert (first.pk, first.title) == (-1, TITLE)
    assert (found["a"].same, found["c"].same) == (None, None)
    assert (found["c"].other, found["c"].basis) == (first, "years")
    assert (found["d"].clash, found["d"].basis) == (first, "titles")
    second = found["e"].same
    assert second is not None
    assert (second.pk, found["e"].basis) == (-3, "title")


def test_only_what_is_wanted_is_told_and_every_entry_counts() -> None:
    known, found = resolve({"a": draft(doi="10.1/a"), "b": draft("Other")}, {}, {"b"})
    assert list(found) == ["b"]
    assert sorted(known.papers) == [-2, -1]
    assert known.by_name == {("doi", "10.1/a"): known.papers[-1]}


def test_an_entry_that_stands_apart_joins_no_other_of_its_document() -> None:
    drafts = {"a": draft(), "b": draft(is_apart=True), "c": draft(is_apart=True, doi="10.1/c")}
    _known, found = resolve(drafts, {}, drafts.keys())
    assert [found[key].same for key in "abc"] == [None, None, None]
    here = paper()
    _known, found = resolve({"b": drafts["b"]}, {}, {"b"})
    assert found["b"].same == here
    _known, found = resolve({"a": drafts["a"], "b": drafts["b"]}, {}, {"a", "b"})
    assert (found["a"].same, found["b"].same) == (here, None)


def test_a_draft_joined_by_name_gives_its_other_names_to_the_paper() -> None:
    known = paper(doi="10.1/a")
    drafts = {
        "a": draft(doi="10.1/a", arxiv_id="2101.00001"),
        "b": draft("Learning to prune hedges", arxiv_id="2101.00001"),
    }
    _known, found = resolve(drafts, {}, {"b"})
    assert (found["b"].same, found["b"].basis) == (known, "identifier")


def test_an_address_names_a_paper_without_a_better_name() -> None:
    link = LinkDraft(url="https://x.org/hedges.pdf", kind="pdf")
    assert side_of(draft(links=(link,))).names == {"url": frozenset({"https://x.org/hedges.pdf"})}
    assert side_of(draft(links=(link,), doi="10.1/a")).names == {"doi": frozenset({"10.1/a"})}
    code = LinkDraft(url="https://x.org/code", kind="code")
    assert side_of(draft(links=(code,))).names == {}


def test_other_papers_are_not_read(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    wanted, named = paper(), paper("Cutting grass", arxiv="2101.00001")
    paper("Nobody asked", doi="10.1/z")
    drafts = [draft(), draft("X", arxiv_id="2101.00001", doi="10.1/q")]
    with django_assert_max_num_queries(6):
        known = find_known(drafts)
    assert set(known.papers) == {wanted.pk, named.pk}
    assert known.before[named.pk] == {"arxiv": frozenset({"2101.00001"})}
    assert known.before[wanted.pk] == {}


@pytest.mark.parametrize(
    ("sameness", "compared", "choice"),
    [
        ("", 7, None),
        (ImportItem.Sameness.SAME, None, None),
        (ImportItem.Sameness.SAME, 7, Choice(is_same=True, paper=7)),
        (ImportItem.Sameness.DIFFERENT, 7, Choice(is_same=False, paper=7)),
    ],
)
def test_a_choice_is_read_from_its_item(
    sameness: str, compared: int | None, choice: Choice | None
) -> None:
    assert choice_of(ImportItem(sameness=sameness, compared_id=compared)) == choice
