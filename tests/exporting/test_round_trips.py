"""Lists that were exported are read again as the same papers, links, topics and reviews."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from papers.exporting.formats.lists import ListRecord
from papers.exporting.formats.markdown_lists import (
    list_addresses,
    write_awesome,
    write_jekyll,
    write_members,
    write_notes,
)
from papers.exporting.formats.static_site import write_html
from papers.importing.reading.door import read_document
from papers.importing.reading.drafts.understood import PaperDraft, Understood
from tests.exporting.labs import make_list

SEEDS = range(200)
Write = Callable[[ListRecord], Iterable[str]]


def read(write: Write, whole: ListRecord, name: str = "list.md") -> Understood:
    return read_document("".join(write(whole)).encode(), name)


def links_of(paper: PaperDraft) -> list[str]:
    return [link.url for link in paper.links]


def tell_links(whole: ListRecord, papers: Iterable[int]) -> dict[str, list[str]]:
    return {whole.papers[one].title: list_addresses(whole.papers[one]) for one in papers}


def paths_of(whole: ListRecord) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    path: list[str] = []
    for topic, depth in whole.walk():
        path[depth:] = [topic.name]
        found.append(tuple(path))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_reading_lists_come_back(seed: int) -> None:
    whole = make_list(seed)
    found = read(write_members, whole)
    listed = {paper for one in whole.members for shelf in one.shelves for paper in shelf.papers}
    assert {one.title: links_of(one) for one in found.papers} == tell_links(whole, listed)
    claims = [
        (claim.member, claim.position, claim.topic, paper.title)
        for paper in found.papers
        for claim in paper.claims
    ]
    for member in whole.members:
        mine = [
            (topic, title)
            for _, _, topic, title in sorted(c for c in claims if c[0] == member.name)
        ]
        assert mine == [
            ((shelf.topic,) if shelf.topic else (), whole.papers[paper].title)
            for shelf in member.shelves
            for paper in shelf.papers
        ]


@pytest.mark.parametrize("seed", SEEDS)
def test_notes_come_back(seed: int) -> None:
    whole = make_list(seed)
    found = read(write_notes, whole)
    assert {one.title: links_of(one) for one in found.papers} == tell_links(whole, whole.papers)
    by_title = {one.title: one for one in found.papers}
    for paper, record in whole.papers.items():
        draft = by_title[record.title]
        reviews = whole.reviews.get(paper, [])
        assert (draft.review is not None) == bool(reviews)
        for review in reviews:
            assert draft.review is not None
            assert draft.review.texts() == dict(review.texts)
            assert draft.members in ((review.reviewer,), (review.handle,))


@pytest.mark.parametrize("seed", SEEDS)
def test_awesome_lists_come_back(seed: int) -> None:
    whole = make_list(seed)
    found = read(write_awesome, whole)
    assert {one.title: links_of(one) for one in found.papers} == tell_links(whole, whole.papers)
    assert [one.path for one in found.topics] == paths_of(whole)
    assert [one.description for one in found.topics] == [one.description for one, _ in whole.walk()]
    for (topic, _), path in zip(whole.walk(), paths_of(whole), strict=True):
        here = sorted(
            (listing.line, paper.title, listing.note)
            for paper in found.papers
            for listing in paper.listings
            if listing.topic == path
        )
        assert [(title, note) for _, title, note in here] == [
            (whole.papers[one.paper].title, one.note) for one in topic.entries
        ]
    for paper in found.papers:
        record = next(one for one in whole.papers.values() if one.title == paper.title)
        assert ", ".join(paper.venue_tags) == record.venue
        assert paper.year == 2021


@pytest.mark.parametrize("seed", SEEDS)
def test_jekyll_pages_come_back(seed: int) -> None:
    whole = make_list(seed)
    found = read(write_jekyll, whole)
    assert {one.title: links_of(one) for one in found.papers} == tell_links(whole, whole.papers)
    by_title = {one.title: one for one in found.papers}
    for paper, record in whole.papers.items():
        draft = by_title[record.title]
        for review in whole.reviews.get(paper, []):
            assert draft.review is not None
            assert draft.review.texts() == dict(review.texts)
        if not whole.reviews.get(paper):
            assert draft.review is None


@pytest.mark.parametrize("seed", range(0, 200, 10))
def test_a_web_page_comes_back_as_a_list(seed: int) -> None:
    whole = make_list(seed)
    found = read(
        write_html, ListRecord(whole.title, whole.papers, whole.topics, whole.loose), "l.html"
    )
    assert {one.title for one in found.papers} == {one.title for one in whole.papers.values()}
