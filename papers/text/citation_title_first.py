"""Styles that tell the title first: "Title (2015), A. Lee", "Title - Ann Lee"."""

import re

from papers.text.citation_parts import STOP, Citation, cut_names, is_title
from papers.text.names import ET_AL, split_names
from papers.text.sources import read_source

_YEAR_IN = re.compile(
    r"^(?P<t>.{4,300}?)\s*[(\[](?P<y>(?:18|19|20)\d\d)[a-z]?[)\]]\s*[-–—,.:]?\s*(?P<a>\S.*)$",
    re.DOTALL,
)
_BRACKET_LAST = re.compile(
    r"^(?P<t>[^()]{8,300}?(?:\([^()]{1,20}\)[^()]*)?)\s*\((?P<c>[^()]{6,200})\)\.?$"
)


def year_inside(text: str) -> Citation | None:
    """ "Title (2015), A. Lee and B. Ek"."""
    found = _YEAR_IN.match(text)
    if not found or not is_title(found["t"]):
        return None
    head, rest = cut_names(found["a"])
    return (
        Citation(found["t"].strip(" ,."), head, read_source(rest).venue, int(found["y"]), rest)
        if head
        else None
    )


def title_then_authors(text: str) -> Citation | None:
    """ "Title, Ann Lee et al., 2017", "Title, Lee et al., 15' CVPR"."""
    if not (al := ET_AL.search(text)) or "etc" in al[0].casefold():
        return None
    head, rest = text[: al.start()], text[al.end() :].strip(" .,")
    cut = max(head.rfind(", "), head.rfind(". "))
    while cut > 0:
        earlier = max(head.rfind(", ", 0, cut), head.rfind(". ", 0, cut))
        if earlier <= 0 or not split_names(head[earlier + 2 :] + " et al."):
            break
        cut = earlier
    names = split_names(head[cut + 2 :] + " et al.") if cut > 0 else ()
    if not names or not is_title(head[:cut]) or split_names(head[:cut]):
        return None
    source = read_source(rest)
    return Citation(head[:cut].strip(" ,."), names, source.venue, source.year, source.rest)


def bracket_last(text: str) -> Citation | None:
    """ "Title (Ann Lee et al., ICML 2019)", "Title (Lee & Ek 2020, PNAS)"."""
    found = _BRACKET_LAST.match(text)
    if not found or not is_title(found["t"]):
        return None
    names, rest = cut_names(found["c"])
    source = read_source(rest)
    if not names or not (source.year or source.venue):
        return None
    return Citation(found["t"].strip(" ,."), names, source.venue, source.year, source.rest)


_NAME_YEAR = re.compile(
    r"^(?P<t>.{12,300}?),\s+(?P<a>[^,]{3,40}(?:,\s[^,]{3,40})*?),?\s+\(?(?P<y>(?:18|19|20)\d\d)\)?\.?$"
)


def names_year_last(text: str) -> Citation | None:
    """ "Title, Ann Lee, 2009", "Title, Ann Lee and Bo Ek, 2009"."""
    if not (found := _NAME_YEAR.match(text)) or STOP.search(found["t"]):
        return None
    names = split_names(found["a"])
    whole = all(len(name.split()) > 1 for name in names)
    if not names or not whole or len(found["t"].split()) < 3 or split_names(found["t"]):
        return None
    return Citation(found["t"].strip(" ,."), names, "", int(found["y"]))


def names_source_last(text: str) -> Citation | None:
    """ "Title, A. Lee, Bo Ek, Computer, vol. 50, Jan. 2017"."""
    parts = text.split(", ")
    for first in range(1, len(parts) - 1):
        last = first
        while last < len(parts) and len(parts[last].split()) > 1 and split_names(parts[last]):
            last += 1
        title, rest = ", ".join(parts[:first]), ", ".join(parts[last:])
        source = read_source(rest, is_sure=True) if last > first else None
        if source and source.venue and source.year and len(title.split()) > 2:
            names = split_names(", ".join(parts[first:last]))
            is_told = (
                names and is_title(title) and not split_names(title) and not STOP.search(title)
            )
            return (
                Citation(title, names, source.venue, source.year, source.rest) if is_told else None
            )
    return None


def after_dash(text: str) -> Citation | None:
    """ "Title - Ann Lee, Bo Ek (2019)", "Title by Ann Lee"."""
    for found in re.finditer(r"\s+[-–—/|]\s+(?:by\s+)?|,\s+by\s+(?=[A-Z])", text):
        title, after = text[: found.start()], text[found.end() :]
        names, rest = cut_names(after)
        said_by = "by" in found[0]
        if (
            names
            and is_title(title)
            and (said_by or len(names) > 1 or ET_AL.search(after))
            and len(rest.split()) <= 14
        ):
            source = read_source(rest)
            inner = re.search(r"\(((?:19|20)\d\d)\)\s*$", title)
            title = title[: inner.start()] if inner else title
            return Citation(
                title.strip(" ,."),
                names,
                source.venue,
                source.year or (int(inner[1]) if inner else None),
                source.rest,
            )
    return None
