"""Styles that tell the title first: "Title (2015), A. Lee", "Title - Ann Lee"."""

import re
from dataclasses import replace

from papers.text.citation_parts import Citation, cut_names, is_title, names_and_source
from papers.text.dates import names_a_time
from papers.text.names import ET_AL, split_names
from papers.text.sources import read_source
from papers.text.venues import known_venue

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
    told = names_and_source(found["c"], is_sure=True)
    if told is None or not (told.year or told.venue):
        return None
    return replace(told, title=found["t"].strip(" ,."))


_FAMILY_YEAR = re.compile(r"([A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ][\w'’-]+),?\s+\(?(?:19|20)\d\d\)?(?!\S)")
""" "Title — Tanaka, 2021"."""


def after_dash(text: str) -> Citation | None:
    """ "Title - Ann Lee, Bo Ek (2019)", "Title by Ann Lee"."""
    for found in re.finditer(r"\s+[-–—/|]\s+(?:by\s+)?|,\s+by\s+(?=[A-Z])", text):
        title, after = text[: found.start()], text[found.end() :]
        names, rest = cut_names(after)
        family = _FAMILY_YEAR.match(after)
        is_name = family is not None and not (names_a_time(family[0]) or known_venue(family[1]))
        if family and is_name and not names:
            names, rest = (family[1],), after[family.end(1) :]
        said_by = "by" in found[0] or (family is not None and bool(names))
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


_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’-]+,?\s(?:[A-ZÀ-ÖØ-Þ](?!\w)[.-]{0,2}\s?){1,4}"
_MARKS = r"[*†‡.\s]*"
_INITIALED_AFTER = re.compile(
    rf"(?P<t>[^.?!]{{12,300}}?[a-zà-öø-ÿ])\s+(?P<a>{_NAME}{_MARKS}(?:(?:,|&|\band\b|\by\b|\bet\b)\s*{_NAME}{_MARKS})+)"
    r"(?P<r>\D.*(?:18|19|20)\d\d.*)"
)


def initialed_after(text: str) -> Citation | None:
    """ "Title of the work Lee, A., Ek, B. & Sato C. Oikos (2020)": nothing ends the title."""
    found = _INITIALED_AFTER.fullmatch(text)
    names = split_names(found["a"]) if found else ()
    if not found or len(names) < 2 or split_names(found["t"]) or not is_title(found["t"]):
        return None
    source = read_source(found["r"], is_sure=True)
    told = bool(source.year) and len(found["t"].split()) > 2
    return Citation(found["t"], names, source.venue, source.year, source.rest) if told else None
