"""The search language reads anything, says what it did not understand, and prints back."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from papers.search.language.parser import And, Not, Or, Phrase, Query, Term, Word, parse
from papers.search.language.query_tree import EVERYTHING, Node
from papers.search.language.search_fields import FIELDS
from tests.effort import spend


def tree(text: str) -> Node:
    return parse(text).query.root


def remarks(text: str) -> list[str]:
    return [remark.text for remark in parse(text).remarks]


def test_words_beside_each_other_are_all_wanted() -> None:
    assert tree("sparse attention") == And((Word("sparse"), Word("attention")))


def test_and_binds_closer_than_or() -> None:
    assert tree("a b or c") == Or((And((Word("a"), Word("b"))), Word("c")))


def test_parentheses_group() -> None:
    assert tree("a (b or c)") == And((Word("a"), Or((Word("b"), Word("c")))))


def test_a_minus_takes_away_words_phrases_fields_and_groups() -> None:
    assert tree("-a") == Not(Word("a"))
    assert tree('-"a b"') == Not(Phrase("a b"))
    assert tree("-is:open") == Not(Term("is", "open"))
    assert tree("-(a b)") == Not(And((Word("a"), Word("b"))))
    assert tree("--a") == Word("a")


def test_a_hyphen_inside_a_word_belongs_to_it() -> None:
    assert tree("few-shot") == Word("few-shot")


def test_full_width_signs_of_japanese_keyboards_count() -> None:
    assert tree("（拡散 or 生成） topic：「強化 学習」") == And(
        (Or((Word("拡散"), Word("生成"))), Term("topic", "強化 学習"))
    )


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("year:2019", "2019"),
        ("year:2017..2021", "2017..2021"),
        ("year:2021-2017", "2017..2021"),
        ("year:2019..", ">=2019"),
        ("year:..2019", "<=2019"),
        ("year:>2019", ">=2020"),
        ("year:<2019", "<=2018"),
        ("year:２０１９", "2019"),
    ],
)
def test_years_are_read_in_any_usual_spelling(typed: str, canonical: str) -> None:
    assert tree(typed) == Term("year", canonical)


def test_sort_is_not_part_of_the_tree() -> None:
    assert parse("a sort:year").query == Query(Word("a"), "year")


def test_identifiers_lose_their_version_and_case() -> None:
    assert tree("arxiv:1706.03762v5") == Term("arxiv", "1706.03762")
    assert tree("doi:10.1000/ABC") == Term("doi", "10.1000/abc")


def test_an_address_is_a_word() -> None:
    assert parse("https://arxiv.org/abs/1706.03762").remarks == ()


def test_an_unknown_field_is_remarked_upon_with_the_corrected_search() -> None:
    (remark,) = parse("gan aurthor:smith is:open").remarks
    assert remark.text == "Unknown filter `aurthor:`. Did you mean `author:`?"
    assert remark.suggestion == "gan author:smith is:open"


def test_an_unknown_choice_is_remarked_upon_with_the_nearest() -> None:
    (remark,) = parse("is:opne").remarks
    assert "Did you mean `is:open`?" in remark.text
    assert remark.suggestion == "is:open"


def test_a_name_from_another_system_leads_to_ours() -> None:
    assert parse("tag:vision").remarks[0].suggestion == "topic:vision"


def test_a_field_like_nothing_is_looked_for_as_words() -> None:
    assert tree("Zzyzx:foo") == Word("Zzyzx:foo")
    assert "as text" in remarks("Zzyzx:foo")[0]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("(a", 'Missing ")"'),
        ("a)", 'Extra ")"'),
        ('"a', "Missing closing quote"),
        ("a or", "both sides"),
        ("or a", "both sides"),
        ("author:", "`author:` needs a value"),
        ("year:soon", "isn't a year"),
        ("arxiv:soon", "doesn't look like"),
        ("🎉", "no searchable text"),
        ("(" * 50 + "a", "Too many nested parentheses"),
        ("a " * 100, "first 64 terms"),
    ],
)
def test_what_is_not_understood_is_said(text: str, part: str) -> None:
    assert any(part in remark for remark in remarks(text))


def test_nothing_asks_for_everything() -> None:
    assert parse("  ").query == Query(EVERYTHING)
    assert parse("").query.is_everything
    assert parse("()").query.is_everything


def test_every_example_of_the_table_is_understood_and_prints_back() -> None:
    for spec in FIELDS.values():
        parsed = parse(spec.example)
        assert not parsed.remarks
        assert parsed.query.text == spec.example


def test_a_facet_toggles() -> None:
    query = parse("gan or vae").query
    narrowed = query.toggle("topic", "vision/medical")
    assert narrowed.text == "(gan or vae) topic:vision/medical"
    assert narrowed.has("topic")
    assert narrowed.toggle("topic", "vision/medical") == query


def test_a_facet_of_one_value_replaces_it() -> None:
    query = parse("gan year:2019 -year:2018").query
    assert query.with_field("year", "2020").text == "gan -year:2018 year:2020"
    assert query.without_field("year").text == "gan -year:2018"
    assert query.with_sort("old").text == "gan year:2019 -year:2018 sort:old"


def test_a_value_with_spaces_prints_in_quotes() -> None:
    assert Query().with_field("topic", "Deep Learning").text == 'topic:"Deep Learning"'


_SIGNS = ["(", ")", '"', "-", "*", " or ", " NOT ", "|", ":", "：", "「", "　", " ", "..", ">="]
_PIECES = st.one_of(
    st.sampled_from([*_SIGNS, *(f"{name}:" for name in FIELDS), "aurthor:", "is:open", "2019"]),
    st.text(max_size=6),
)
_TEXTS = st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map("".join))


@settings(max_examples=1500, deadline=None)
@given(_TEXTS)
@example('aurthor:"or"')
@example("-(-(-(a)))")
@example("a:*")
@example("reviewer:@ @x")
def test_any_text_parses_and_prints_back_to_the_same_query(text: str) -> None:
    query = parse(text).query
    assert parse(query.text).query == query


@settings(max_examples=300, deadline=None)
@given(_TEXTS, st.sampled_from(["topic", "venue", "year"]))
def test_narrowing_any_query_prints_back(text: str, name: str) -> None:
    narrowed = parse(text).query.with_field(name, "2019")
    if len(text) < 100:
        assert parse(narrowed.text).query == narrowed


@pytest.mark.parametrize(
    "unit",
    ["(", ")", '"', "a ", "-", "-(", "a or ", "author:", 'author:"', "*", "aurthor:x ", "「"],
)
def test_time_grows_with_the_length_and_no_faster(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    assert spend(lambda: parse(text)) < 1
