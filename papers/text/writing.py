"""How names and texts are written into a page."""

from __future__ import annotations

import html
import re
from unicodedata import east_asian_width

from papers.text.memoizing import memoize

_SPECIAL = re.compile("[&<>\"']")


def escape(text: object) -> str:
    """The text for HTML; most texts hold nothing that stands for something else, and are done."""
    text = str(text)
    return html.escape(text) if _SPECIAL.search(text) else text


def join_imprint(venue: str, year: int | None) -> str:
    """`ICML 2018`; a venue that names its year already ("nips2021") does not name it twice."""
    if not year or str(year) in venue or venue.endswith(f"'{year % 100:02}"):
        return venue
    return f"{venue} {year}".strip()


@memoize(1 << 12)
def get_initials(name: str) -> str:
    """One or two letters for the circle beside a name; wide ones (CJK) stand alone."""
    words = [word for word in name.replace("-", " ").split() if word]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [words[0][:1] if words else "?"]
    is_wide = east_asian_width(letters[0]) in "WF"
    return letters[0] if is_wide else "".join(letters).upper()
