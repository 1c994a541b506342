"""What the headings over a list say of its items: that papers stand there, or something else."""

import re

from papers.importing.reading.outline.document import Section
from papers.importing.reading.outline.pieces import plain
from papers.text.venues import find_venue
from papers.text.wording import is_aside, names_no_subject, names_other_works, words

IN_ASIDE, OTHERS, PAPERS, OF_VENUE = -0.7, -0.3, 0.5, 0.9
"""What a heading like "Contributing" or "Related lists" takes from the items below it, and what one
like "Papers read" or "EuroSys 2025" gives them.
"""
_PAPERS = re.compile(
    r"\b(?:papers?|articles?|publications?|preprints?|art[ií]culos?|artigos?|articoli|aufsätze|"
    r"artikel|paper|статьи)\b|论文|論文|논문|文献",
    re.IGNORECASE,
)
_GUIDE = re.compile(
    r"\W*(?:(?:how|where|why|tips|cómo|dónde|por qué|como|onde|comment|où|come|dove|wie|wo)\b|"
    r"如何|怎么|どこ|どう)",
    re.IGNORECASE,
)
""" "How to read papers", "Dónde encontrar artículos": advice, whatever it names."""
SHORT = 4
"""Words of a heading that names papers at most; a longer one says something else of them."""


_LINKS = re.compile(
    r"\b(?:links?|resources?|ressources?|recursos?|enlaces|liens|risorse|ссылки|bookmarks?)\b|"
    r"资源|资料|链接|リンク|참고자료",
    re.IGNORECASE,
)
""" "Useful links", "Other resources": a paper there shows itself by where it leads."""


def _names_links(name: str) -> bool:
    rest = _LINKS.sub(" ", name)
    return rest != name and (not words(rest) or names_no_subject(rest))


def promise_of(section: Section) -> float:
    """What the heading of a section and those above it give to the items of its lists."""
    own = plain(section.pieces) if section.level else ""
    if is_aside(own):
        return IN_ASIDE
    if names_other_works(own) or _names_links(own):
        return OTHERS
    above: Section | None = section
    while above is not None and above.level:
        name = plain(above.pieces)
        if _GUIDE.match(name) or is_aside(name) or names_other_works(name):
            return OTHERS
        if len(words(name)) <= SHORT and find_venue(name):
            return OF_VENUE
        if len(words(name)) <= SHORT and _PAPERS.search(name):
            return PAPERS
        above = above.parent
    return 0.0
