"""Lines that were typed stay lines; text that an editor wrapped runs on."""

from __future__ import annotations

import pytest

from papers.text.rendering.prose import read_prose
from papers.text.rendering.stages import to_html

WRAPPED = (
    "We show that wide basins generalize better than narrow ones,\n"
    "and that the noise of small batches finds them, although the\n"
    "learning rate has to be chosen with care."
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("P1: first\nP2: *second*", "<p>P1: first<br>\nP2: <em>second</em></p>"),
        ("- a\n  more\n- b", "<ul>\n<li>a<br>\nmore</li>\n<li>b</li>\n</ul>"),
        ("- a\n- b\nThen:\n- c",
         "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>Then:</p>\n<ul>\n<li>c</li>\n</ul>"),
        ("- a\n1. x\n2. y", "<ul>\n<li>a</li>\n</ul>\n<ol>\n<li>x</li>\n<li>y</li>\n</ol>"),
        ("1. x\n- a", "<ol>\n<li>x</li>\n</ol>\n<ul>\n<li>a</li>\n</ul>"),
        ("```\na\nb\n```", "<pre><code>a\nb\n</code></pre>"),
    ],
)  # fmt: skip
def test_typed_lines_and_new_lists_stay_apart(text: str, html: str):
    assert to_html(text).strip() == html


def test_wrapped_text_runs_on():
    assert "<br>" not in to_html(WRAPPED)
    assert read_prose(WRAPPED) == to_html(WRAPPED)


def test_a_formula_on_its_own_line_has_no_break_beside_it():
    assert "<br>" not in to_html("We set\n$$x = 1$$\nand go on")
