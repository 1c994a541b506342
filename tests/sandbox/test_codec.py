"""What a result is made of comes back equal, and nothing else comes back at all."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.importing.reading.drafts.review_text import ReviewDraft, Unit
from papers.importing.reading.drafts.understood import (
    ClaimDraft,
    LinkDraft,
    ListingDraft,
    MemberDraft,
    PaperDraft,
    Problem,
    TopicDraft,
    Understood,
)
from papers.sandbox.codec import Codec, NotDecodable, NotEncodable, find_kinds
from tests.sandbox.jobs import Color, Leaf, Stranger, Tree

QUIET = settings(max_examples=200, deadline=None, database=None)
ANY_TEXT = st.text(st.characters(categories=None), max_size=20)  # halves of characters too
SCALARS = st.none() | st.booleans() | st.integers() | ANY_TEXT | st.floats(allow_nan=False)
PLAIN = st.recursive(
    SCALARS | st.binary(max_size=20) | st.dates(),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(SCALARS, inner, max_size=4),
        st.sets(SCALARS, max_size=4),
        st.frozensets(SCALARS, max_size=4),
    ),
    max_leaves=20,
)
LEAVES = st.builds(Leaf, ANY_TEXT)
TREES = st.recursive(
    st.builds(Tree, LEAVES, st.sampled_from(Color)),
    lambda inner: st.builds(
        Tree,
        LEAVES,
        st.sampled_from(Color),
        st.none() | st.dates(),
        st.binary(max_size=20),
        st.integers(),
        st.floats(allow_nan=False),
        st.lists(LEAVES, max_size=3).map(tuple),
        st.dictionaries(ANY_TEXT, st.lists(st.integers(), max_size=3), max_size=3),
        st.frozensets(ANY_TEXT, max_size=3),
        inner,
    ),
    max_leaves=4,
)


@QUIET
@given(PLAIN)
def test_any_plain_value_comes_back_equal(value: object) -> None:
    codec = Codec()
    again = codec.decode(codec.encode(value))
    assert again == value
    assert repr(again) == repr(value) or isinstance(value, (set, frozenset)) or "{" in repr(value)


@QUIET
@given(TREES)
def test_any_expected_dataclass_comes_back_equal(tree: Tree) -> None:
    codec = Codec(Tree)
    assert codec.decode(codec.encode(tree)) == tree


@QUIET
@given(st.data())
def test_whatever_is_understood_of_a_document_comes_back_equal(data: st.DataObject) -> None:
    topics = st.lists(ANY_TEXT, max_size=2).map(tuple)
    places = st.builds(ListingDraft, topics, st.integers(), st.integers(), ANY_TEXT)
    units = st.builds(Unit, st.integers(), ANY_TEXT, st.just("summary"), st.integers())
    papers = st.builds(
        PaperDraft, ANY_TEXT, st.integers(), st.integers(), ANY_TEXT, ANY_TEXT,
        published_on=st.none() | st.dates(), year=st.none() | st.integers(),
        links=st.lists(st.builds(LinkDraft, ANY_TEXT, ANY_TEXT), max_size=2).map(tuple),
        listings=st.lists(places, max_size=2).map(tuple),
        claims=st.lists(st.builds(ClaimDraft, ANY_TEXT, st.integers()), max_size=2).map(tuple),
        review=st.none() | st.builds(ReviewDraft, st.lists(units, max_size=2).map(tuple)),
    )  # fmt: skip
    understood = data.draw(
        st.builds(
            Understood,
            ANY_TEXT,
            papers=st.lists(papers, max_size=2).map(tuple),
            topics=st.lists(st.builds(TopicDraft, topics, st.integers()), max_size=2).map(tuple),
            members=st.lists(st.builds(MemberDraft, ANY_TEXT, st.integers()), max_size=2).map(
                tuple
            ),
            problems=st.lists(st.builds(Problem, st.integers(), ANY_TEXT), max_size=2).map(tuple),
            unclaimed=st.lists(st.tuples(st.integers(), ANY_TEXT), max_size=2).map(tuple),
        )
    )
    codec = Codec(Understood)
    assert codec.decode(codec.encode(understood)) == understood


@QUIET
@given(st.binary(max_size=60) | ANY_TEXT.map(lambda text: text.encode("utf-8", "replace")))
def test_whatever_arrives_is_data_or_refused(data: bytes) -> None:
    with suppress(NotDecodable):
        Codec(Tree).decode(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[",
        b"[]",
        b'["Stranger"]',
        b'["os.system","true"]',
        b'["Leaf"]',
        b'["Leaf","a","b"]',
        b'["Color","green"]',
        b'[["t"]]',
        b'["d","yesterday"]',
        b'["m",1]',
        b'["m",["l"],1]',
        b"[" * 100_000,
    ],
)
def test_what_nobody_expects_is_refused(data: bytes) -> None:
    with pytest.raises(NotDecodable):
        Codec(Tree).decode(data)


def test_a_kind_that_was_not_named_does_not_travel() -> None:
    with pytest.raises(NotEncodable):
        Codec(Leaf).encode(Stranger())
    with pytest.raises(NotEncodable):
        Codec(Leaf).encode(Tree(Leaf("a"), Color.RED))


def test_kinds_are_found_however_deep_they_stand() -> None:
    assert find_kinds(list[dict[str, Tree | None]]) == {Tree, Leaf, Color}
    assert PaperDraft in find_kinds(Understood)
    assert date not in find_kinds(Understood)


def test_a_text_counts_as_often_as_it_stands_there() -> None:
    one, many = "a" * 1000, ["a" * 1000] * 100
    assert len(Codec().encode(many)) > 99 * len(Codec().encode(one))


def test_long_containers_travel_in_pieces_and_are_there_once() -> None:
    codec = Codec(Tree)
    value = {
        "long": tuple(("Ä\n", n) for n in range(2_500)),
        "inner": [list(range(1_001)), frozenset(range(3_000)), [[1] * 1_001] * 2],
        "short": tuple(range(1_000)),
    }
    data = codec.encode(value)
    assert len(data.split(b"\n")) == 3 + 2 + 3 + 2 * 2 + 1
    assert codec.decode(data) == value


@pytest.mark.parametrize(
    "data",
    [b'["l",1]\n["t",["p","l",0],["p","l",0]]', b'["p","t",0]', b'["p"]', b'["p","Tree"]',
     b'1\n["p","l",0]', b'["l",1]\n["p","l","0"]', b"\n", b"1\n\n"],
)  # fmt: skip
def test_pieces_that_are_not_there_are_not_decodable(data: bytes) -> None:
    with pytest.raises(NotDecodable):
        Codec(Tree).decode(data)
