"""A text before anything reads it: line feeds alone, no characters that mean nothing."""

import re

from papers.text.one_line import tidy_breaks

# Control characters, halves of characters, and the characters we and the library use as marks.
_UNWANTED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def tidy(text: str) -> str:
    """Return the text with line feeds alone and without characters that mean nothing."""
    return _UNWANTED.sub("", tidy_breaks(text))
