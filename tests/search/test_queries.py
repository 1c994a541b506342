"""Searching on a real database: words, fields, order, pages, counts, facets."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.models import Lab, Meeting, Member, Nomination, Paper, Vote
from papers.search.index.actions import refresh
from papers.search.queries import find_papers
from papers.search.results import Found
from tests import make

TODAY = date(2026, 11, 18)


def paper(title: str, **fields: Any) -> Paper:
    new = make.paper(title, **fields)
    refresh([new.pk])
    return new


def search(text: str, by: Member, lab: Lab, **options: Any) -> Found:
    return find_papers(text, by=by, lab=lab, today=TODAY, **options)


def titles(text: str, by: Member, lab: Lab, **options: Any) -> list[str]:
    found = search(text, by, lab, **options)
    by_key = Paper.objects.in_bulk(found.paper_ids)
    return [by_key[key].title for key in found.paper_ids]


def test_words_are_found_in_any_form_and_part(ben: Member, lab: Lab) -> None:
    one = paper("Learned Policies", abstract="Robots walk.", authors=["Ada Lovelace"])
    make.review(one, ben, critique="Baselines missing")
    refresh([one.pk])
    for text in ("learning policy", "robot", "lovelace", "policies baseline", "LEARNED"):
        assert titles(text, ben, lab) == ["Learned Policies"], text
    assert not search("robot -policy", ben, lab).paper_ids


def test_a_title_outranks_an_abstract_and_an_abstract_a_review(ben: Member, lab: Lab) -> None:
    third = paper("Third")
    make.review(third, ben, summary="Uses pruning well")
    refresh([third.pk])
    paper("Second", abstract="We use pruning here.")
    paper("Pruning")
    assert titles("pruning", ben, lab) == ["Pruning", "Second", "Third"]


def test_a_phrase_wants_its_words_side_by_side(ben: Member, lab: Lab) -> None:
    paper("Long Context Models")
    paper("Context of Long Models")
    assert titles('"long context"', ben, lab) == ["Long Context Models"]


def test_or_and_groups(ben: Member, lab: Lab) -> None:
    for title in ("Red apple", "Green apple", "Blue sky"):
        paper(title)
    assert set(titles("apple (red or blue)", ben, lab)) == {"Red apple"}
    assert set(titles("green or blue", ben, lab)) == {"Green apple", "Blue sky"}
    assert set(titles("-apple", ben, lab)) == {"Blue sky"}


def test_fields_look_into_one_part(ben: Member, lab: Lab) -> None:
    one = paper("Graphs", abstract="About trees", authors=["Kaiming He", "T. Banks"], venue="ICML")
    make.review(one, ben, summary="clear words", critique="weak proof", follow_up="try noise")
    paper("Trees", abstract="About graphs")
    refresh([one.pk])
    assert titles("title:graph", ben, lab) == ["Graphs"]
    assert titles("abstract:graph", ben, lab) == ["Trees"]
    assert titles("author:he", ben, lab) == ["Graphs"]
    assert titles('author:"he kaiming"', ben, lab) == ["Graphs"]
    assert titles("author:bank", ben, lab) == []
    assert titles("author:bank*", ben, lab) == ["Graphs"]
    assert titles("venue:icml", ben, lab) == ["Graphs"]
    assert titles("in:critique proof", ben, lab) == ["Graphs"]
    assert search("in:summary proof", ben, lab).count.number == 0
    assert titles("in:critique", ben, lab) == ["Graphs"]
    assert titles("(in:followup noise) or (in:summary proof)", ben, lab) == ["Graphs"]


def test_a_topic_counts_with_everything_below_it(ben: Member, lab: Lab) -> None:
    root = make.topic("Theory")
    paper("Deep", topics=[make.topic("Training SGD", root)])
    paper("Other", topics=[make.topic("Vision")])
    for text in (
        "topic:theory",
        "topic:Theory",
        "topic:theory/training-sgd",
        'topic:"training sgd"',
    ):
        assert titles(text, ben, lab) == ["Deep"], text
    found = search("topic:theori", ben, lab)
    assert found.remarks[0].text == "No topic called `theori`. Did you mean `theory`?"


def test_people_and_states(ben: Member, cy: Member, lab: Lab) -> None:
    open_ = paper("Open", added_by=ben)
    claimed, late, read = paper("Claimed"), paper("Late"), paper("Read", year=2019)
    make.claim(claimed, ben)
    make.claim(late, cy, due_on=TODAY - timedelta(days=1))
    make.review(read, cy, verdict="adopt")
    refresh([open_.pk, read.pk])
    expected = {
        "is:open": {"Open"},
        "is:claimed": {"Claimed", "Late"},
        "is:overdue": {"Late"},
        "is:reviewed": {"Read"},
        "is:unreviewed": {"Open", "Claimed", "Late"},
        "claimed-by:me": {"Claimed"},
        "claimed-by:cy": {"Late"},
        "reviewer:cy": {"Read"},
        "reviewer:Member": {"Read"},
        "added-by:ben": {"Open"},
        "verdict:adopt": {"Read"},
        "-verdict:adopt": {"Open", "Claimed", "Late"},
        "year:2018..2020": {"Read"},
        "is:open or is:overdue": {"Open", "Late"},
        "open or verdict:adopt": {"Open", "Read"},
    }
    for text, wanted in expected.items():
        assert set(titles(text, ben, lab)) == wanted, text
    assert "No member called `zed`" in search("reviewer:zed", ben, lab).remarks[0].text


def test_what_a_paper_comes_with(ben: Member, lab: Lab) -> None:
    code, tried = paper("Code"), paper("Tried")
    code.links.create(kind="code", url="https://github.com/x/y")
    code.identifiers.create(kind="arxiv", value="1706.03762")
    make.experiment("Rerun", paper=tried, state="refuted", outcome="No", closed_at=make.NOW)
    make.experiment("Idea", paper=code)
    meeting = Meeting.objects.create(day=TODAY, starts_at=make.NOW, created_at=make.NOW)
    meeting.items.create(paper=tried, discussed_at=make.NOW)
    refresh([code.pk, tried.pk])
    expected = {
        "has:code": {"Code"},
        "has:pdf": {"Code"},
        "has:experiment": {"Code", "Tried"},
        "has:outcome": {"Tried"},
        "is:discussed": {"Tried"},
        "arxiv:1706.03762v3": {"Code"},
        "1706.03762": {"Code"},
        "https://arxiv.org/abs/1706.03762v1": {"Code"},
        "rerun": {"Tried"},
    }
    for text, wanted in expected.items():
        assert set(titles(text, ben, lab)) == wanted, text


def test_orders(ben: Member, cy: Member, lab: Lab) -> None:
    a = paper("A x", year=2001, added_at=make.NOW)
    b = paper("B x", year=2003, added_at=make.NOW + timedelta(days=1))
    paper("C x", added_at=make.NOW + timedelta(days=2))
    make.review(a, ben, verdict="adopt", at=make.NOW + timedelta(days=3))
    make.review(a, cy, verdict="skip", at=make.NOW)
    make.review(b, ben, verdict="try", at=make.NOW + timedelta(days=1))
    refresh([a.pk, b.pk])
    Vote.objects.create(
        nomination=Nomination.objects.create(paper=b, at=make.NOW), member=ben, at=make.NOW
    )
    for words in ("", "x "):
        assert titles(f"{words}sort:new", ben, lab) == ["C x", "B x", "A x"]
        assert titles(f"{words}sort:old", ben, lab) == ["A x", "B x", "C x"]
        assert titles(f"{words}sort:year", ben, lab) == ["B x", "A x", "C x"]
        assert titles(f"{words}sort:reviewed", ben, lab) == ["A x", "B x", "C x"]
        assert titles(f"{words}sort:disagreement", ben, lab) == ["A x", "C x", "B x"]
        assert titles(f"{words}sort:votes", ben, lab) == ["B x", "C x", "A x"]
    assert titles("", ben, lab) == ["C x", "B x", "A x"]


@pytest.mark.parametrize(
    "text",
    ["", "number", "sort:old", "sort:year", "sort:reviewed", "sort:disagreement",
     "sort:votes",
     "number sort:year", "number sort:old", "number year:2000..2010"],
)  # fmt: skip
def test_pages_meet_without_gap_or_overlap(text: str, ben: Member, lab: Lab) -> None:
    keys = [
        make.paper(year=2000 + n % 3, added_at=make.NOW + timedelta(n % 4)).pk for n in range(23)
    ]
    refresh(keys)
    whole = search(text, ben, lab, limit=100).paper_ids
    assert len(whole) == 23
    met: list[int] = []
    after = ""
    for _ in range(5):
        found = search(text, ben, lab, limit=5, after=after)
        met += found.paper_ids
        after = found.after
    assert met == whole
    assert not after


@pytest.mark.parametrize(
    "after", ["x", "1.2", "1.2.3.4", "-1.2.3", "9.9" * 50, "1.999999999999999999.5"]
)
def test_a_broken_page_key_is_no_error(after: str, ben: Member, lab: Lab) -> None:
    paper("Only")
    for sort in ("new", "year", "reviewed", "best"):
        search(f"only sort:{sort}", ben, lab, after=after)


def test_an_old_paper_of_that_title_is_found_among_many_newer(ben: Member, lab: Lab) -> None:
    paper("Attention Is All You Need", added_at=make.NOW - timedelta(days=900))
    refresh([make.paper(abstract="All attention that models need.").pk for _ in range(600)])
    assert titles("attention need", ben, lab)[0] == "Attention Is All You Need"


def test_the_last_word_may_be_unfinished_while_typing(ben: Member, lab: Lab) -> None:
    paper("Denoising Diffusion Probabilistic Models")
    for end in range(3, len("diffusion")):
        typed = "denoising " + "diffusion"[:end]
        assert titles(typed, ben, lab, typing=True), typed
        assert titles(typed + "*", ben, lab), typed


def test_a_misspelt_word_gets_a_suggestion(ben: Member, lab: Lab) -> None:
    paper("Contrastive Representation")
    found = search("contrsative", ben, lab)
    assert found.suggestion == "contrastive"
    assert not found.paper_ids


def test_when_nothing_has_all_words_some_is_better_than_none(ben: Member, lab: Lab) -> None:
    paper("Graph networks")
    found = search("graph zebra", ben, lab)
    assert found.is_relaxed
    assert len(found.paper_ids) == 1
    assert "some of your words" in found.remarks[-1].text


def test_a_word_too_common_to_be_filed_is_left_out(ben: Member, lab: Lab) -> None:
    paper("Graph")
    found = search("the graph", ben, lab)
    assert len(found.paper_ids) == 1


def test_facets_count_the_result_and_link_to_narrower_searches(ben: Member, lab: Lab) -> None:
    theory = make.topic("Theory")
    one = paper("One graph", year=2020, venue="ICML", topics=[make.topic("SGD", theory)])
    raw = "Proceedings of the 38th International Conference on Machine Learning, 2021, pp. 1-9"
    paper("Two graph", year=2021, venue=raw, topics=[theory])
    paper("Three tree", year=2021)
    make.review(one, ben)
    refresh([one.pk])
    found = search("graph", ben, lab, with_facets=True)
    counts = {
        (facet.field, value.value): value.count.number
        for facet in found.facets
        for value in facet.values
    }
    assert counts == {
        ("is", "open"): 1, ("is", "reviewed"): 1, ("is", "unreviewed"): 1,
        ("topic", "theory"): 2, ("topic", "theory/sgd"): 1,
        ("year", "2021"): 1, ("year", "2020"): 1, ("venue", "ICML"): 2, ("reviewer", "ben"): 1,
    }  # fmt: skip
    topic = next(facet for facet in found.facets if facet.field == "topic").values[0]
    assert topic.query.text == "graph topic:theory"
    for facet in found.facets:
        for value in facet.values:
            again = search(value.query.text, ben, lab)
            assert again.count.number == value.count.number, value.query.text


def test_a_venue_is_found_by_its_series_however_either_is_written(ben: Member, lab: Lab) -> None:
    paper("One", venue="nips2021", year=2021)
    paper("Two", venue="Advances in Neural Information Processing Systems 33", year=2020)
    paper("Three", venue="NeurIPS 2020 Workshop on Graphs", year=2020)
    for asked in ("neurips", "NIPS", '"Neural Information Processing Systems"'):
        assert sorted(titles(f"venue:{asked}", ben, lab)) == ["One", "Two"]
    assert titles("venue:nips2021", ben, lab) == ["One"]
    assert sorted(titles("venue:neur*", ben, lab)) == ["One", "Three", "Two"]
    found = search("venue:nips", ben, lab, with_facets=True)
    (venues,) = [facet.values for facet in found.facets if facet.field == "venue"]
    assert [(one.value, one.is_chosen, one.query.text) for one in venues] == [("NeurIPS", True, "")]


def test_a_chosen_facet_stays_in_sight_when_nothing_is_left(ben: Member, lab: Lab) -> None:
    paper("One", year=2020)
    found = search("year:1999", ben, lab, with_facets=True)
    (facet,) = found.facets
    assert facet.values[0].is_chosen
    assert facet.values[0].query.text == ""


def test_a_search_costs_one_statement_whatever_it_finds(ben: Member, lab: Lab) -> None:
    refresh([make.paper("Common").pk for _ in range(60)])
    for text in ("", "common", "common is:open", "is:claimed -common"):
        with CaptureQueriesContext(connection) as queries:
            search(text, ben, lab, with_facets=True)
        assert len(queries) == 1, text
