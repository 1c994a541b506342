"""How names and texts are written into a page."""

from __future__ import annotations

import html
import re
from unicodedata import east_asian_width

from papers.text.memoizing import memoize
from papers.text.series import get_series

_SPECIAL = re.compile("[&<>\"']")


def escape(text: object) -> str:
    """The text for HTML; most texts hold nothing that stands for something else, and are done."""
    text = str(text)
    return html.escape(text) if _SPECIAL.search(text) else text


def join_imprint(venue: str, year: int | None) -> str:
    """`ICML 2018`: the series that a venue is and the year, however the venue is written."""
    return f"{get_series(venue)} {year or ''}".strip()


@memoize(1 << 12)
def get_initials(name: str) -> str:
    """One or two letters for the circle beside a name; wide ones (CJK) stand alone."""
    words = [word for word in name.replace("-", " ").split() if word]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [words[0][:1] if words else "?"]
    is_wide = east_asian_width(letters[0]) in "WF"
    return letters[0] if is_wide else "".join(letters).upper()
