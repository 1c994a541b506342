"""Text without a mark of Markdown in it, as most abstracts and remarks are.

It is what it is in HTML too, so it need not go through the helper: a list of 10,000 papers with
abstracts would wait there for longer than for all the rest. A test holds this against the whole
way; what is in doubt is not prose.
"""

import re
from html import escape

# Letters, digits and the punctuation of sentences; every line begins with a letter, and none ends
# in blanks, which Markdown reads as a break.
_PROSE = re.compile(
    r"""[^\W\d_](?:[^\W_]|[ ,.;:!?()'"%/…’‘“”–—、。「」『』（）・：；，！？-]"""
    r"""|(?<! )\n(?=[^\W\d_]))*+(?<! )"""
)
LEAST_WRAPPED, MOST_WRAPPED = 56, 120
"""Letters of a line that an editor wrapped; shorter and longer ones were typed so."""

_ADDRESS = re.compile(r"//|www\.", re.IGNORECASE)


def read_prose(text: str) -> str | None:
    """Return the HTML of one paragraph of prose, or None for a text that needs Markdown."""
    if _PROSE.fullmatch(text) and not _ADDRESS.search(text):
        lines = escape(text, quote=False).split("\n")
        end = "\n" if is_wrapped(text.split("\n")) else "<br>\n"
        return f"<p>{end.join(lines)}</p>"
    return None


def is_wrapped(lines: list[str]) -> bool:
    """Every line but the last is about as long as an editor's column: the text runs on."""
    return all(LEAST_WRAPPED <= len(line) <= MOST_WRAPPED for line in lines[:-1])
