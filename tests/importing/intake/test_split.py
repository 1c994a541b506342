"""Splitting a paper that an import joined: both are afterwards as if they never were one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.importing.intake.applying.actions.apply_imports import apply_import
from papers.importing.intake.previewing.actions.corrections import choose_sameness
from papers.importing.intake.previewing.actions.documents import preview_import
from papers.importing.intake.undoing.actions.split import NotJoined, split_paper
from papers.importing.intake.undoing.actions.undo_imports import undo_import
from papers.models import (
    Claim,
    Event,
    Identifier,
    ImportItem,
    Link,
    Listing,
    Member,
    Paper,
    Review,
    Topic,
)
from tests import make
from tests.importing.intake.test_big_imports import at_once
from tests.importing.intake.test_identity import bring, work
from tests.make import NOW, browser

LATER = NOW + timedelta(hours=1)

FIRST = """# Papers

## Gardens

- [Learning to Prune Hedges](https://arxiv.org/abs/2101.00001), 2012. `icml2012`
"""
SECOND = """# Papers

### @Rin
##### Parks
- [Learning to Prune Hedges](https://example.org/hedges.pdf), 2012. `nips2012`
  - They prune hedges by hand, and the hedges grow back in a year.
  - However, there is no control group.
"""


def describe(paper: Paper | None) -> dict[str, Any]:
    """All that the library says of a paper, without keys."""
    assert paper is not None
    paper.refresh_from_db()
    facts = ("title", "authors", "year", "venue", "abstract", "abstract_html", "group", "note")
    return {
        **{name: getattr(paper, name) for name in facts},
        "names": sorted(paper.identifiers.values_list("kind", "value")),
        "links": sorted(paper.links.values_list("url", "label")),
        "listings": sorted(paper.listings.values_list("topic__name", "note")),
        "claims": sorted(paper.claims.values_list("member__name", "ending", "topic__name")),
        "reviews": sorted(paper.reviews.values_list("member__name", "summary", "critique")),
    }


def listed(text: str, by: Member) -> ImportItem:
    """The one paper of a list that was taken in."""
    job = preview_import(data=text.encode(), name="list.md", by=by, at=NOW)
    return apply_import(job=job, by=by, at=NOW).items.get(kind=ImportItem.Kind.PAPER)


def test_a_split_gives_each_paper_what_is_its_own(ada: Member) -> None:
    first = listed(FIRST, ada)
    before = describe(first.paper)
    second = listed(SECOND, ada)
    assert second.paper == first.paper
    assert second.is_joined
    new = split_paper(item=second, by=ada, at=LATER)
    assert describe(first.paper) == before
    said = describe(new)
    assert said["links"] == [("https://example.org/hedges.pdf", "")]
    assert said["venue"] == "nips2012"
    assert [name for name, *_ in said["claims"]] == ["Rin"]
    assert "control group" in said["reviews"][0][2]
    event = Event.objects.get(kind=Event.Kind.PAPER_SPLIT)
    assert (event.paper, event.by, event.data) == (first.paper, ada, {"new": new.pk})
    assert split_paper(item=second, by=ada, at=LATER) == new
    assert Event.objects.filter(kind=Event.Kind.PAPER_SPLIT).count() == 1


def test_undoing_either_import_after_a_split_leaves_the_other_whole(ada: Member) -> None:
    first, second = listed(FIRST, ada), listed(SECOND, ada)
    before = Member.objects.count()
    new = split_paper(item=second, by=ada, at=LATER)
    said, kept = describe(new), describe(first.paper)
    undo_import(job=first.job, by=ada, at=LATER)
    assert describe(Paper.objects.get()) == said
    again = listed(FIRST.replace("2012", "1999"), ada)
    assert again.paper != new
    undo_import(job=second.job, by=ada, at=LATER)
    assert describe(Paper.objects.get()) == kept | {"year": 1999, "venue": "icml1999"}
    assert Member.objects.count() == before - 1
    with pytest.raises(NotJoined):
        split_paper(item=second, by=ada, at=LATER)


def test_a_filled_fact_goes_back_and_another_entry_keeps_it(ada: Member) -> None:
    paper = bring(work(), ada).items.get().paper
    second = bring(work(year=2012, author="Lind, Ada", doi="10.1234/one"), ada).items.get()
    third = bring(work(year=2012, author="A. Lind", doi="10.1234/one"), ada).items.get()
    split_paper(item=second, by=ada, at=LATER)
    said = describe(paper)
    assert (said["year"], said["authors"]) == (2012, ["A. Lind"])
    assert said["names"] == [("doi", "10.1234/one")]
    split_paper(item=third, by=ada, at=LATER)
    said = describe(paper)
    assert (said["year"], said["authors"], said["names"]) == (None, [], [])


def test_what_members_wrote_stays_on_its_side(ada: Member, ben: Member) -> None:
    paper = make.paper("Learning to Prune Hedges")
    review = make.review(paper, ben)
    second = listed(SECOND, ada)
    brought = Review.objects.exclude(pk=review.pk).get()
    experiment = make.experiment(paper=paper, review=brought)
    new = split_paper(item=second, by=ada, at=LATER)
    experiment.refresh_from_db()
    assert experiment.paper == brought.__class__.objects.get(pk=brought.pk).paper == new
    assert paper.reviews.get() == review
    assert not paper.links.exists()


def test_undo_of_the_import_that_made_a_joined_paper_leaves_the_other_entry(ada: Member) -> None:
    first = listed(FIRST, ada)
    second = listed(SECOND.replace("example.org/hedges.pdf", "arxiv.org/abs/2101.00001"), ada)
    assert second.paper == first.paper
    undo_import(job=first.job, by=ada, at=LATER)
    said = describe(Paper.objects.get())
    assert said["names"] == [("arxiv", "2101.00001")]
    assert said["links"] == [("https://arxiv.org/abs/2101.00001", "")]
    assert said["venue"] == "nips2012"
    assert [name for name, _ in said["listings"]] == ["Parks"]
    second.refresh_from_db()
    assert not second.is_joined
    undo_import(job=second.job, by=ada, at=LATER)
    assert not any(model.objects.exists() for model in (Paper, Identifier, Link, Listing, Claim))
    assert not Topic.objects.exists()


WORKS = st.fixed_dictionaries(
    {},
    optional={
        "author": st.sampled_from(["Lind, Ada", "Sato, Cy and Lind, Ada", "Okafor, Ben"]),
        "year": st.sampled_from([2001, 2002, 2015]),
        "doi": st.sampled_from(["10.1234/one", "10.1234/two", "10.48550/arXiv.2101.00001"]),
        "journal": st.sampled_from(["Hedge Letters", "Annals of Trees"]),
        "abstract": st.sampled_from(["On hedges.", "On *trees*."]),
        "url": st.sampled_from(["https://example.org/a.pdf", "https://example.org/b.pdf"]),
        "title": st.sampled_from(["Learning to Prune Hedges", "A Study of Ponds"]),
    },
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(WORKS, min_size=2, max_size=4), st.data())
def test_no_field_is_lost_or_mixed_and_splits_restore(
    ada: Member, works: list[dict[str, Any]], data: Any
) -> None:
    with transaction.atomic():
        check_works(ada, works, data)
        transaction.set_rollback(True)


def check_works(ada: Member, works: list[dict[str, Any]], data: Any) -> None:
    """Take the works in one after the other, split all that was joined, and undo all."""
    texts = [work(f"k{n}", **one) for n, one in enumerate(works)]
    alone = [describe_alone(text, ada) for text in texts]
    items = [bring(text + f"% {n}\n", ada).items.get(kind="paper") for n, text in enumerate(texts)]
    for item, said in zip(items, alone, strict=True):
        item.refresh_from_db()
        check_nothing_lost(item, said)
    joined = [item for item in items if item.is_joined]
    for item in data.draw(st.permutations(joined)):
        split_paper(item=item, by=ada, at=LATER)
    for item, said in zip(items, alone, strict=True):
        item.refresh_from_db()
        mine = describe(item.paper)
        names, theirs = mine.pop("names"), [*said["names"]]
        assert {**mine, "names": 0} == {**said, "names": 0}
        assert set(names) <= set(theirs)
    owned = {name for one in alone for name in one["names"]}
    assert set(Identifier.objects.values_list("kind", "value")) == owned
    for item in data.draw(st.permutations(items)):
        undo_import(job=item.job, by=ada, at=LATER)
    assert not Paper.objects.exists()


def describe_alone(text: str, by: Member) -> dict[str, Any]:
    """What the library says of a work that nothing else is like."""
    with transaction.atomic():
        said = describe(bring(text, by).items.get(kind="paper").paper)
        transaction.set_rollback(True)
    return said


def check_nothing_lost(item: ImportItem, said: dict[str, Any]) -> None:
    """Each fact of an entry is its paper's, or is told as not taken over."""
    here = describe(item.paper)
    for name in ("title", "authors", "year", "venue", "abstract"):
        assert not said[name] or here[name] == said[name] or name in item.left
        if not item.is_joined and said[name]:
            assert here[name] == said[name]
    assert set(said["links"]) <= set(here["links"])
    lost = set(said["names"]) - set(here["names"])
    assert not lost or "identifiers" in item.left or item.job.plan["clashes"]


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_different_works_of_one_title_at_once(transactional_db: None) -> None:
    make.lab()
    ben, cy = make.member("ben"), make.member("cy")
    one, two = work(author="Lind, Ada", doi="10.1234/one"), work(author="Sato, Cy", year=2020)
    at_once(lambda: bring(one, ben), lambda: bring(two, cy), lambda: bring(one + "% b", cy))
    assert sorted(Paper.objects.values_list("authors", flat=True)) == [["Ada Lind"], ["Cy Sato"]]
    assert ImportItem.objects.filter(is_joined=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_splits_at_once_are_one(transactional_db: None) -> None:
    make.lab()
    ben = make.member("ben")
    bring(work(), ben)
    item = bring(work(year=2012), ben).items.get()
    act = lambda: split_paper(item=item, by=ben, at=LATER)  # noqa: E731
    first, second = at_once(act, act)
    assert first == second
    assert Paper.objects.count() == 2


def test_the_paper_page_offers_the_split_to_those_who_may(
    ada: Member, ben: Member, cy: Member
) -> None:
    bring(work(), ada)
    item = bring(work(year=2012), ben).items.get()
    paper = item.paper
    assert paper is not None
    url = f"/papers/{paper.pk}/split/"
    for who, may in ((ada, True), (ben, True), (cy, False)):
        page = browser(who)
        assert (url in page.get(paper.get_absolute_url()).content.decode()) == may
        assert page.get(url).status_code == (200 if may else 404)
    assert browser(cy).post(url, {"entry": item.pk}).status_code == 404
    assert browser(ben).post(url, {"entry": "x"}).status_code == 404
    answer = browser(ben).post(url, {"entry": item.pk}, follow=True)
    assert b"Split. This is now a paper of its own." in answer.content
    assert Paper.objects.count() == 2
    assert browser(ada).get(url).status_code == 404
    assert b"split another paper" in browser(ada).get(f"/papers/{paper.pk}/history/").content


def test_a_choice_can_join_what_a_veto_separates_and_a_split_takes_it_apart(ada: Member) -> None:
    paper = bring(work(author="Lind, Ada"), ada).items.get().paper
    assert paper is not None
    text = work(author="Sato, Cy", year=2012)
    job = preview_import(data=text.encode(), name="works.bib", by=ada, at=NOW)
    choose_sameness(item=job.items.get(), paper=paper, is_same=True)
    item = apply_import(job=job, by=ada, at=NOW).items.get()
    assert item.paper == paper
    new = split_paper(item=item, by=ada, at=LATER)
    assert describe(new)["authors"] == ["Cy Sato"]
    assert describe(paper)["year"] is None
