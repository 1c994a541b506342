"""Whatever is typed, the HTML holds nothing but what is allowed."""

from collections.abc import Callable
from pathlib import Path

import nh3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.text.markdown import mentions, plain, render
from papers.text.rendering import allowed_html
from papers.text.rendering.sanitising import clean
from papers.text.rendering.stages import HopelessError, to_html
from papers.text.rendering.tidying import tidy
from tests.text.hostile import HOSTILE
from tests.text.strictness import faults_in
from tests.text.tangled import shapes

LISTS = Path(__file__).resolve().parents[3] / "shared/data"


def clean_with_nh3(html: str) -> str:
    """Stand in for `sanitising.clean`, under the same rules, with the other library."""
    return nh3.clean(
        html,
        tags=set(allowed_html.TAGS),
        attributes=allowed_html.ATTRIBUTES,
        url_schemes=set(allowed_html.SCHEMES),
        attribute_filter=lambda tag, name, value: (
            value if allowed_html.allows(tag, name, value) else None
        ),
        link_rel=None,
    )


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(set(HOSTILE)) >= 300


def test_no_hostile_text_leaves_anything_but_what_is_allowed() -> None:
    assert {text: found for text in HOSTILE if (found := faults_in(render(text)))} == {}


def test_no_hostile_text_does_with_nh3_in_bleachs_place() -> None:
    found = {text: faults_in(to_html(text, clean_with_nh3)) for text in HOSTILE}
    assert {text: faults for text, faults in found.items() if faults} == {}


def test_both_sanitisers_leave_rendered_text_as_it_is() -> None:
    """The stages before them make nothing that is not allowed; they are a second wall."""
    for text in HOSTILE:
        html = to_html(text, lambda html: html)
        assert plain(clean(html)) == plain(clean_with_nh3(html))


@pytest.mark.parametrize("sanitise", [clean, clean_with_nh3])
def test_a_sanitiser_alone_stops_raw_html(sanitise: Callable[[str], str]) -> None:
    """The wall holds by itself, if a stage before it should ever let raw HTML through."""
    harmless = ("unclosed", "stray")
    for text in HOSTILE:
        faults = faults_in(sanitise(tidy(text)))
        assert [fault for fault in faults if not fault.startswith(harmless)] == [], text


@pytest.mark.parametrize(
    "address",
    ["https://a.b", "HTTP://a.b/c?d#e", "mailto:a@b.c", "/a", "a/b:c", "#a", "?a=b:c", "./a", ""],
)
def test_good_addresses_are_links(address: str) -> None:
    assert allowed_html.is_link(address)


@pytest.mark.parametrize(
    "address",
    ["javascript:1", "java\nscript:1", "&#106;avascript:1", "javascript:123", "//a.b", "/\\a.b"],
)
def test_bad_addresses_are_none(address: str) -> None:
    assert not allowed_html.is_link(address)


@pytest.mark.parametrize(
    "text", ["[a](https://a.b/c\nd)", "[a](<https://a.b/c\n  d>)", "[a](https://a.b/c\x0c\nd)"]
)
def test_an_address_that_is_wrapped_is_one(text: str) -> None:
    html = render(text)
    assert 'href="https://a.b/cd"' in html
    assert faults_in(html) == []


PIECES = st.sampled_from(
    [
        *("[", "](", ")", "![", "]", "<", ">", "&", "&#106;", ";", '"', "'", "`", "```\n", "~~~\n"),
        *("*", "_", "**", "~~", "$", "$$", "\\(", "\\)", "\\[", "\\]", "\\", "\n", "\n\n", "    "),
        *("- ", "1. ", "> ", "# ", "| a |\n|---|\n", "[^1]", "[^1]: ", "[a]: ", "- [ ] ", "@ada"),
        *(
            "#",
            "-",
            "|",
            " ",
            "\t",
            "1)",
            "=",
            "--",
            "#12",
            "javascript:",
            "https://a.b/",
            "/files/0123456789abcdef0123456789abcdef/",
            "onerror=hit(1)",
            "<script>",
        ),
        *("<img src=x ", "{: .x}", "\ufdd0", "0", "\ufdd1", "\x02", "\x03", "\u202e", "日本"),
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))


@pytest.mark.parametrize("size", [3, 20, 90])
def test_short_shapes_are_rendered_and_not_given_up(size: int) -> None:
    """What is given up is shown as typed, which would hide a mistake of ours: here it shows."""
    for name, text in shapes(size).items():
        assert faults_in(to_html(text)) == [], name


@pytest.mark.skipif(not LISTS.exists(), reason="needs the lists of real groups")
def test_lists_of_real_groups_are_rendered_whole() -> None:
    for path in [*LISTS.glob("lists/*.md"), *LISTS.glob("seeds/*.txt")]:
        assert faults_in(to_html(path.read_text(errors="replace"))) == [], path.name


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_gives_allowed_html_or_is_refused_outright(text: str) -> None:
    try:
        html = to_html(text)
    except (HopelessError, RecursionError):
        return
    assert faults_in(html) == []


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_is_rendered_without_an_exception(text: str) -> None:
    assert faults_in(render(text)) == []
    mentions(text)
