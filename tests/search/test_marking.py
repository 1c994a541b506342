"""Matching words are marked as segments of plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.models import Lab, Member
from papers.search.highlighting import Marker
from papers.search.language.parser import parse
from papers.search.passages import find_fragments, mark_html
from tests import make
from tests.effort import spend


def marked(search: str, text: str) -> list[str]:
    segments = Marker.of(parse(search).query).mark(text)
    assert "".join(one.text for one in segments) == text
    return [one.text for one in segments if one.is_match]


@pytest.mark.parametrize(
    ("search", "text", "matches"),
    [
        ("policy", "Learned Policies for a police", ["Policies"]),
        ("erdos", "Pál Erdős, again", ["Erdős"]),
        ("diff*", "Diffusion differs", ["Diffusion", "differs"]),
        ('"long context"', "A long, long Context", ["long", "long", "Context"]),
        ("graph -tree", "graph tree", ["graph"]),
        ("-(graph)", "graph tree", []),
        ("author:he title:graph year:2019", "He drew graphs in 2019", ["He", "graphs"]),
        ("拡散モデル", "新しい拡散モデルです", ["拡散", "モデル"]),
        ("모델을", "확산 모델의 힘", ["모델"]),
        ("データ", "ﾃﾞｰﾀの量", ["ﾃﾞｰﾀの量"]),
        ("the", "the end", []),
        ("", "anything", []),
    ],
)
def test_words_are_marked(search: str, text: str, matches: list[str]) -> None:
    assert marked(search, text) == matches


def test_a_passage_shows_where_most_words_stand() -> None:
    text = "noise " * 100 + "graph here " + "noise " * 100 + "graph and tree there " + "noise " * 50
    segments = Marker.of(parse("graph tree").query).passage(text)
    shown = "".join(one.text for one in segments)
    assert "graph and tree there" in shown
    assert len(shown) < 260
    assert shown.startswith("… ")
    assert shown.endswith(" …")


@given(st.text(max_size=300), st.text(max_size=20))
def test_marking_loses_no_text(text: str, search: str) -> None:
    marker = Marker.of(parse(search).query, typing=True)
    assert "".join(one.text for one in marker.mark(text)) == text
    marker.passage(text)


def test_a_long_text_is_marked_quickly() -> None:
    marker = Marker.of(parse("graph tree").query)
    text = "graph tree noise " * 6_000
    assert spend(lambda: marker.passage(text)) < 0.5


def test_html_is_escaped_and_matches_are_marked() -> None:
    segments = Marker.of(parse("script").query).mark("<script>alert(1)</script>")
    assert mark_html(segments) == (
        "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;"
    )


def test_a_passage_shows_words_without_the_signs_of_markdown(ben: Member, lab: Lab) -> None:
    paper = make.paper(abstract="A **bold quux**, `quux_code` and [a link](https://x.org/quux).")
    make.review(paper, ben, follow_up="- First\n- Try *quux* at 2 < 3")
    marker = Marker.of(parse("quux").query)
    shown = [
        "".join(segment.text for segment in one.segments)
        for one in find_fragments(marker, [paper.pk], by=ben, lab=lab)[paper.pk]
    ]
    assert shown == ["A bold quux, quux_code and a link.", "First Try quux at 2 < 3"]


def test_fragments_come_from_what_the_viewer_may_see(ben: Member, cy: Member, lab: Lab) -> None:
    paper = make.paper("Title", abstract="A quux in the abstract.")
    review = make.review(paper, cy, critique="No quux was measured.")
    marker = Marker.of(parse("quux").query)
    parts = [one.part for one in find_fragments(marker, [paper.pk], by=ben, lab=lab)[paper.pk]]
    assert parts == ["Abstract", "Critique by Cy Member"]
    lab.independent_reviews = True
    make.claim(paper, ben)
    (only,) = find_fragments(marker, [paper.pk], by=ben, lab=lab)[paper.pk]
    assert only.part == "Abstract"
    (_, seen) = find_fragments(marker, [paper.pk], by=cy, lab=lab)[paper.pk]
    assert seen.review_id == review.pk
