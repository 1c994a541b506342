"""Prose does not take the long way through the helper, and comes out as if it had."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.text.rendering.prose import read_prose
from papers.text.rendering.stages import to_html
from papers.text.rendering.tidying import tidy

PARTS = st.sampled_from(
    ["a", "Word", "é", "ß", "論文", "の", "한", "7", "1.", " ", " ", "  ", ", ", ". ", ": ", "? ",
     "(c)", "'", '"', "%", "/", "…", "“", "”", "–", "-", "--", "...", "\n", "\n\n", "e.g.", "//",
     "www.x.org", "http:", ":a:", "!!!", "???", "、", "。", "「", "」", "（", "）", "：", "！",
     "\u00a0", "*", "_", "#1", "@ann", "$", "=", "+", "&", "<", "\t"]
)  # fmt: skip


@settings(max_examples=1500, deadline=None, database=None)
@given(st.lists(PARTS, min_size=1, max_size=14).map("".join))
def test_prose_gives_the_html_that_markdown_gives(text: str) -> None:
    html = read_prose(tidy(text))
    assert html is None or html == to_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "We show that wide basins generalise better than narrow ones (by 3%), e.g. on “big” sets.",
        "深層学習の汎化性能について、勾配の平坦性から考察する。",
        "One line\nand the next; both are one paragraph.",
    ],
)
def test_abstracts_are_prose(text: str) -> None:
    assert read_prose(text) == f"<p>{text.replace(chr(10), '<br>' + chr(10))}</p>"


@pytest.mark.parametrize(
    "text",
    ["*a*", "# a", "1. a", "- a", "a $x$", "a_b_c", "see https://x.org", "www.x.org", "by @ann",
     "like #12", "a\n\nb", "a  \nb", "a\n- b", "a\n===", "<b>", "AT&T", "`a`", "[a](b)", "a | b"],
)  # fmt: skip
def test_what_markdown_may_mean_is_no_prose(text: str) -> None:
    assert read_prose(text) is None
