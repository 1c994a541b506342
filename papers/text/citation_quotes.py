"""Citations whose title stands in quotation marks."""

import re
from dataclasses import replace

from papers.text.citation_parts import (
    Citation,
    cut_names,
    family_names,
    is_title,
    names_and_source,
)
from papers.text.dates import find_date
from papers.text.names import split_names
from papers.text.sources import YEARS, read_source
from papers.text.titles import without_emoji

_QUOTED = re.compile(
    r"^(?P<a>[^\"“”„«»「『《]{0,1500}?)[\"“”„«»「『《]\s*(?P<t>[^\"“”„«»「」『』《》]{6,400}?)[,.]?\s*"
    r"[\"“”»«」』》][,.:]?\s*(?P<r>.*)$",
    re.DOTALL,
)


_NESTED = re.compile(
    r"^(?P<a>[^\"“”„«「『《]{0,1500}?)\"\s*(?P<t>[^\"“”]{2,300}“[^\"“”]{2,200}”[^\"“”]{0,200}?)[,.]?\s*\"[,.:]?\s*(?P<r>.*)$",
    re.DOTALL,
)
""" "Ann Lee. "What is “fair” here?" Journal": a quotation within the title."""


_SINGLE = re.compile(
    r"^(?P<a>[^'‘\"“]{3,300}?),?\s['‘](?P<t>[A-Z].{8,300}?)[.,]?['’](?=[\s,.])[,.]?\s*(?P<r>.*(?:19|20)\d\d.*)$"
)
"""As lawyers and philosophers cite: "Ann Lee, 'Title' (2018) 81 Modern Law Review 412"."""


_OPENS_TITLE = re.compile(r"^[\"“「«][^\"”」»]{2,120}[\"”」»]\s*:\s+[A-Z]")
"""A title that begins with a quotation: "Why Should I Trust You?": Explaining ..."""


_FAMILY_ALONE = re.compile(r"([A-ZÀ-ÖØ-Þ][\w'’-]+)[.,]?\s\(?(?:18|19|20)\d\d[a-z]?\)?")
""" "Card. 2009." before a quoted title."""


_NAMES_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]\d]{2,200}?)[\s,]+((?:18|19|20)\d\d)[a-z]?[)\]]")
""" ""Title" (Lee et al., 2017) - why"."""


def _names_and_year(inside: re.Match[str]) -> Citation | None:
    """Who wrote it and when, perhaps where, out of a bracket behind a title."""
    if (told := names_and_source(f"{inside[1]} {inside[2]}")) is not None:
        return told
    names = split_names(inside[1])
    return Citation("", names, "", int(inside[2])) if names else None


_UNDATED = re.compile(r"[\s.,]*\(?(?:[ons]\.\s?[JDdf]|forthcoming|in press)\.?\)?$", re.IGNORECASE)
""" "Lee, Ann. n.d." before a title."""
_BRACKET_FIRST = re.compile(r"\(([A-Z][^()]{1,60}(?:19|20)\d\d)\)")
""" ""Title" (JLAP, 2009)"."""
_DATED_BRACKET = re.compile(r"\s*\([^()\d]{0,20}((?:18|19|20)\d\d)\)")
""" "(February 1992)" behind names."""
_FAMILIES_YEAR = re.compile(r"([^\d()]{2,80}?)\s\(((?:18|19|20)\d\d)[a-z]?\)\.?")
""" ""Title" - Lee (1948)"."""
_SEVERAL = re.compile(
    r"(?:various|multiple|several|many)\s(?:authors|groups|people)\b", re.IGNORECASE
)
""" ""Title" - various authors": nobody by name."""


def quoted(text: str) -> Citation | None:
    found = _NESTED.match(text) or _QUOTED.match(text) or _SINGLE.match(text)
    if not found or not is_title(found["t"]) or _OPENS_TITLE.match(text):
        return None
    before = without_emoji(found["a"]).strip(" .,:;-–—")
    before = _UNDATED.sub("", _DATED_BRACKET.sub(r" \1", before))
    year = find_date(before) if before else None
    names = split_names(YEARS.sub("", before).strip(" .,:;()")) if before else ()
    if family := _FAMILY_ALONE.fullmatch(before):
        names = (family[1],)
    if before and not names:
        return None
    rest = found["r"].lstrip(" -–—,.")
    if (inside := _NAMES_IN_BRACKETS.match(rest)) and (told := _names_and_year(inside)):
        return replace(
            told, title=found["t"].strip(" ,."), rest=rest[inside.end() :].strip(" -–—,.")
        )
    dated = _FAMILIES_YEAR.fullmatch(rest)
    if dated and not before and (families := family_names(dated[1])):
        return Citation(found["t"].strip(" ,."), families, "", int(dated[2]))
    several = None if before else _SEVERAL.match(rest)
    rest = rest[several.end() :].lstrip(" ,.") if several else rest
    if in_bracket := _BRACKET_FIRST.match(rest):
        rest = f"{in_bracket[1]}{rest[in_bracket.end() :]}"
    if not names and (after := cut_names(rest))[0]:
        names, rest = after
    source = read_source(rest, is_sure=True)
    if not before and not names and not (source.venue or source.year or several):
        return None
    return Citation(
        found["t"].strip(" ,."),
        names,
        source.venue,
        source.year or (year.year if year else None),
        source.rest,
    )
