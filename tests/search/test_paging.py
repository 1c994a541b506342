"""Long results: every page leads on, and where best match ends it says so."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from papers.models import Lab, Member, Paper
from papers.search.index.actions import refresh
from papers.search.queries import find_papers
from papers.search.results import Count, Found
from papers.search.sql.statement import RANKED
from tests import make

TODAY = date(2026, 11, 18)
MANY = 1_150


def make_many(number: int, title: str = "Common thing", **fields: object) -> list[int]:
    """So many papers, a minute apart, the newest first."""
    rows = Paper.objects.bulk_create(
        Paper(
            title=f"{title} {n}",
            title_key=f"{title}{n}",
            added_at=make.NOW - timedelta(minutes=n),
            **fields,
        )
        for n in range(number)
    )
    keys = [row.pk for row in rows]
    refresh(keys)
    return keys


def turn_pages(text: str, by: Member, lab: Lab, *, limit: int = 100) -> tuple[list[int], Found]:
    """All papers that the pages show, and the last page."""
    met: list[int] = []
    after = ""
    while True:
        found = find_papers(text, by=by, lab=lab, today=TODAY, after=after, limit=limit)
        met += found.paper_ids
        after = found.after
        if not after:
            return met, found


def test_best_match_ends_after_so_many_and_knows_it(ben: Member, lab: Lab) -> None:
    keys = make_many(MANY)
    met, last = turn_pages("common", ben, lab)
    assert len(met) == len(set(met)) == last.ranked == RANKED
    assert set(met) <= set(keys)
    assert last.count == Count(MANY)


def test_old_papers_with_the_words_in_their_title_are_among_the_best(ben: Member, lab: Lab) -> None:
    make_many(RANKED + 100, "Thing", abstract="A common one.")
    named = [make.paper(f"Common {n}", added_at=make.NOW - timedelta(days=9)).pk for n in range(20)]
    refresh(named)
    met, last = turn_pages("common", ben, lab)
    assert set(met[:20]) == set(named)
    assert len(met) == len(set(met)) == last.ranked == RANKED + 20


def test_best_match_that_reaches_everything_says_nothing(ben: Member, lab: Lab) -> None:
    keys = make_many(RANKED)
    met, last = turn_pages("common", ben, lab)
    assert sorted(met) == sorted(keys)
    assert last.ranked is None


@pytest.mark.parametrize(
    "text", ["common sort:new", "common sort:old", "common sort:year", "sort:new", "year:2020",
             "common year:2020 sort:new", "common or thing sort:new"]
)  # fmt: skip
def test_every_other_order_leads_to_the_last_paper(text: str, ben: Member, lab: Lab) -> None:
    keys = make_many(MANY, year=2020)
    met, last = turn_pages(text, ben, lab)
    assert met == (keys[::-1] if "old" in text else keys)
    assert last.ranked is None


def test_common_words_that_end_early_lead_to_the_older_papers_too(ben: Member, lab: Lab) -> None:
    """Most of the newest papers have the word, and then one in a hundred."""
    common = make_many(300, year=2020)
    rare = [
        make.paper(f"Old common {n}", added_at=make.NOW - timedelta(days=2 + n)).pk
        for n in range(12)
    ]
    make_many(600, "Other")
    refresh(rare)
    met, _ = turn_pages("common sort:new", ben, lab, limit=50)
    assert met == [*common, *rare]


def test_the_start_of_a_word_leads_on_as_the_word_does(ben: Member, lab: Lab) -> None:
    keys = make_many(120)
    met, last = turn_pages("commo sort:new", ben, lab, limit=50)
    assert met == keys
    assert last.is_unfinished


def test_papers_with_some_of_the_words_lead_on_too(ben: Member, lab: Lab) -> None:
    keys = make_many(120)
    met, last = turn_pages("common zebra sort:new", ben, lab, limit=50)
    assert met == keys
    assert last.is_relaxed


def test_the_page_where_best_match_ends_leads_to_all_by_newest(
    as_ben: Client, ben: Member, lab: Lab
) -> None:
    make_many(MANY)
    address, pages = "/papers/?q=common&size=100", 0
    while address:
        page = as_ben.get(address).content.decode()
        pages += 1
        following = re.search(r'href="([^"]+)" rel="next"', page)
        address = following[1].replace("&amp;", "&") if following else ""
        assert bool(address) is not ("results are ranked" in page)
    assert pages == 3
    assert f"300 of {MANY:,} results" in page
    rest = re.search(r'href="([^"]+)">See all, newest first', page)
    assert rest
    newest = as_ben.get(rest[1].replace("&amp;", "&")).content.decode()
    assert "Common thing 0<" in newest
    assert 'rel="next"' in newest


def test_a_page_behind_the_last_paper_leads_back(as_ben: Client, ben: Member, lab: Lab) -> None:
    make_many(3)
    page = as_ben.get("/papers/", {"q": "common sort:new", "after": "0.1.1"}).content.decode()
    assert "No more papers" in page
    assert 'href="/papers/?q=common+sort%3Anew"' in page
    assert "No results" not in page
