"""What the site reads of members' texts itself takes time linear in them, up to the largest.

Everything else is read in the sandbox (`tests/house/test_readers.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from papers.catalogue.recognition import recognise
from papers.discussion.forms import LONGEST as LONGEST_COMMENT
from papers.importing.reading.pasting.pasted_identifiers import LONGEST as LONGEST_PASTED
from papers.importing.reading.pasting.pasted_identifiers import read_names
from papers.reviews.forms import LONGEST_TEXT
from papers.search.language.parser import TEXT_LIMIT, parse
from papers.text import tokens
from papers.text.markdown import mentions, plain
from papers.text.one_line import make_line
from papers.text.rendering.prose import read_prose
from papers.text.rendering.tidying import tidy
from papers.text.sandboxed import split_plainly
from papers.text.titles import title_key, title_slug
from tests.effort import spend
from tests.text.tangled import shapes

SECOND = 1.0
READERS: dict[str, tuple[Callable[[str], object], int]] = {
    "mentions of a comment": (mentions, LONGEST_COMMENT),
    "names of a paper": (recognise, 8_000),
    "names in what is pasted": (read_names, LONGEST_PASTED),
    "a search": (parse, TEXT_LIMIT),
    "a text before it is rendered": (tidy, LONGEST_TEXT),
    "prose": (read_prose, LONGEST_TEXT),
    "an excerpt": (plain, LONGEST_TEXT),
    "a critique that is too tangled": (split_plainly, LONGEST_TEXT),
    "words for the index": (tokens.words, LONGEST_TEXT),
    "a line": (make_line, LONGEST_TEXT),
    "a title": (title_key.__wrapped__, 1_000),
    "the address of a title": (title_slug, 1_000),
}
"""Each with the longest text that a form, or the reader itself, lets through."""

OTHERS = ("a ", "10.1/", "arxiv:1706.03762 ", "http://a.b/ ", "@a", "#1 ", "a:", '"', "(", "-", "<",
          "a\n\n", "- a\n", "<a ", "&amp;", "ISBN 9", "1-", "日", "\u0301", "ﷺ")  # fmt: skip


def list_texts(size: int) -> dict[str, str]:
    return shapes(size) | {piece: (piece * size)[:size] for piece in OTHERS}


def time_once(read: Callable[[str], object], text: str) -> float:
    """Seconds of the processor, as busy as the machine is."""
    started = time.thread_time()
    read(text)
    return time.thread_time() - started


@pytest.mark.parametrize("reader", READERS)
def test_a_text_of_any_shape_takes_less_than_a_second(reader: str):
    read, largest = READERS[reader]
    slow = [text for text in list_texts(largest).values() if time_once(read, text) > SECOND / 2]
    assert [text[:20] for text in slow if spend(lambda text=text: read(text)) > SECOND] == []
