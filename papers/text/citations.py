"""Papers as bibliographies, people and styles cite them: title, authors, venue and year out of one
text.

Styles: quoted title (IEEE, MLA), APA, Chicago and ACL ("Authors. Year. Title. Venue."), title first
("Title, Ann Lee et al., 2017", "Title (2015), A. Lee", "Title - A. Lee and B. Ek", "Title. Ann Lee,
Bo Ek. Venue 2019"), authors first with a colon ("Ann Lee et al.: Title"). Nothing is a citation
that does not name persons, or hold a title in quotation marks beside a venue or year.
"""

import re
from dataclasses import replace

from papers.text.citation_parts import Citation
from papers.text.citation_styles import STYLES, USUAL_ONLY
from papers.text.memoizing import memoize

_LEAD_YEAR = re.compile(r"^[(\[]((?:18|19|20)\d\d)[)\]]\s*[-–—:.,]?\s*(?=\S)")
_NUMBER = re.compile(r"^\[\d{1,3}\]\s+")
WHOLE = "a title and nothing else"
"""The style of titles whose authors stand beside them: what looks like names is part of them."""
LONGEST = 3_000
"""Characters of a citation at most."""


@memoize(8192)
def read_citation(text: str, first: str = "") -> Citation | None:
    """The work that a text cites, or None if it cites none in a known style.

    `first` is the style that most texts beside it have (`style_of`): it is tried before the others.
    """
    if first == WHOLE:
        return None
    text = _NUMBER.sub("", " ".join(text.split())).strip(" ,;").rstrip(" ,;([")
    if not 12 <= len(text) <= LONGEST:
        return None
    lead = _LEAD_YEAR.match(text)
    text = text[lead.end() :] if lead else text
    for name in _order(first):
        if (found := STYLES[name](text)) and not _breaks_off(found.title, text):
            found = _without_tail(found)
            return replace(found, year=int(lead[1])) if lead else found
    return None


def _breaks_off(title: str, text: str) -> bool:
    """Whether a style cut a title within its bracket."""
    return title.count("(") > title.count(")") and text.count("(") <= text.count(")")


_TAIL = re.compile(r"^(.*[^\W\d][)?!\"”]?)[,.]\s+\(?((?:19|20)\d\d)\)?$")


def _without_tail(cited: Citation) -> Citation:
    """ "Title, 2021" without the year, where no other part of the citation tells one."""
    found = _TAIL.match(cited.title) if cited.year is None else None
    return replace(cited, title=found[1], year=int(found[2])) if found else cited


@memoize(8192)
def style_of(text: str) -> str:
    """The name of the style that a text is cited in, "" if in none."""
    text = " ".join(text.split()).strip(" ,;")
    if not 12 <= len(text) <= LONGEST:
        return ""
    return next((name for name, style in STYLES.items() if style(text)), "")


def _order(first: str) -> list[str]:
    """The styles in the order of trying them; quotation marks show a title more surely than any
    habit of the lines beside it.
    """
    others = [name for name in STYLES if name not in (first, *USUAL_ONLY)]
    return list(dict.fromkeys(("quoted", first, *others))) if first in STYLES else others


__all__ = ["Citation", "read_citation", "style_of"]
