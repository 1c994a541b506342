"""Links that are called after who wrote a paper, before its title: the title takes the link.

"[Lee et al.](..) Title", "[Lee & Ek 2017](..): Title". A link called after names alone is read so
where others of the document say "et al." or a year.
"""

import re

from papers.importing.reading.outline.document import Outline, lines_of
from papers.text.citation_parts import family_names
from papers.text.names import ET_AL, split_names
from papers.text.wording import words

_LED = re.compile(
    r"\[(?P<names>[^\[\]\d(]{2,80}?)(?:[\s.,(]+(?P<year>(?:18|19|20)\d\d)[a-z]?\)?)?[.:]?\]\((?P<url>[^()\s]+)\)"
    r"\s*(?:[:–—-]\s*)?(?P<title>(?!(?:19|20)\d\d\b)[^\W_a-z][^\[\]<>]{0,400}?|[\"“'‘][^\[\]<>]{0,400}?)(?P<rest>\s*+\(?(?:\[|<|https?://).*)?"
)
LEAST = 3
"""Words of a title at least."""


def link_titles(outline: Outline) -> None:
    """Make "[Title](..) (Lee et al., 2017)" of such lines."""
    found = [
        (line, led)
        for line in lines_of(outline)
        if line.given is None and (led := _LED.fullmatch(line.text.strip())) and _is_led(led)
    ]
    is_usual = any(led["year"] or ET_AL.search(led["names"]) for _, led in found)
    for line, led in found:
        if is_usual or led["year"]:
            names = ", ".join(part for part in (led["names"].strip(" .,"), led["year"]) if part)
            line.text = f"[{led['title']}]({led['url']}) ({names}){led['rest'] or ''}"


def _is_led(led: re.Match[str]) -> bool:
    names = led["names"].strip(" .,")
    is_named = bool(family_names(names) or split_names(names))
    return is_named and len(words(led["title"])) >= LEAST and not split_names(led["title"])
