"""The styles that papers are cited in, one function each: a text in, its parts or None out."""

import re
from collections.abc import Callable

from papers.text.citation_commas import (
    names_source_last,
    names_title_journal,
    names_title_source,
    names_year_last,
)
from papers.text.citation_marks import dotted, marked, slashed
from papers.text.citation_parts import (
    STOP,
    YEAR_ALONE,
    Citation,
    are_authors,
    are_sure,
    cut_names,
    cut_title,
    cut_venue,
    family_names,
    is_title,
    without_year,
)
from papers.text.citation_quotes import quoted
from papers.text.citation_title_first import (
    after_dash,
    bracket_last,
    initialed_after,
    title_then_authors,
    year_inside,
)
from papers.text.dates import find_date
from papers.text.names import ET_AL, short_cjk_name, split_names
from papers.text.sources import Source, read_source
from papers.text.venues import leading_venue, venue_year

_UNDATED = (
    r"n\.\s?d\.?|o\.\s?[JD]\.?|s\.\s?[fda]\.?|in press|forthcoming|im Druck|en prensa|sous presse"
)
"""What stands for a year that is not known."""
_APA = re.compile(
    rf"^(?P<a>.{{3,1500}}?)[\s,.]*[(\[](?:(?:[A-Za-z]{{3,12}}\s)?(?P<y>(?:18|19|20)\d\d)[a-z]?|{_UNDATED})"
    r"(?:,\s*[^()\[\]]{0,30})?[)\]][.,:]?\s+(?P<t>\S.*)$",
    re.DOTALL,
)
_COLON = re.compile(r"^(?P<a>[^:：]{3,600}?)\s*[:：]\s+(?P<t>\S.*)$", re.DOTALL)


_FAMILY_YEAR = re.compile(
    r"([A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ][\w'’-]+)\s[(\[](?:18|19|20)\d\d[a-z]?[)\]][.,]\s+(?=(?:\S+\s+){3})"
)
""" "Friedman (2001), Title": one family name; a title of one word has a colon behind the year."""


_BARE_YEAR = re.compile(r"([^()\[\]]{2,120}?)[\s,]*[(\[]((?:18|19|20)\d\d)[a-z]?[)\]]\s+(?=[^\W_])")


def _names_and_year(text: str) -> Citation | None:
    """ "Lee (2014) Title", which "Cities (2014) and Their Maps" looks like too."""
    found = _BARE_YEAR.match(text)
    names = (family_names(found[1]) or split_names(found[1])) if found else ()
    title, rest = _cut_question(text[found.end() :]) if found else ("", "")
    if not found or not names or not is_title(title):
        return None
    source = read_source(rest)
    return Citation(title, names, source.venue, int(found[2]), source.rest)


def _et_al_first(text: str) -> Citation | None:
    """ "Berg, Mark de, et al. Title. Publisher, 2008."."""
    al = ET_AL.search(text)
    if al is None or al.end() > 200:
        return None
    names = split_names(text[: al.end()])
    told = text[al.end() :].strip(" .,:")
    dated = _YEAR_FIRST.match(told)  # "Lee et al. 2017: Title"
    told = told[dated.end() :] if dated else told
    first = leading_venue(told)  # "Lee et al, SoCC'16, Title"
    title, rest = cut_title(told[first.end :] if first else told)
    if not names or not is_title(title) or split_names(title):
        return None
    source = Source(first.tag, venue_year(first.tag), rest) if first else read_source(rest)
    year = int(dated[1]) if dated else source.year
    sure = year or source.venue or len(title.split()) >= 3
    return Citation(title, names, source.venue, year, source.rest) if sure else None


_YEAR_FIRST = re.compile(r"\(?((?:18|19|20)\d\d)[a-z]?\)?\s*[:.,]\s+(?=\S)")


def _apa(text: str) -> Citation | None:
    found = _APA.match(text)
    names = split_names(found["a"]) if found else ()
    one = _FAMILY_YEAR.match(text)
    if found and not names and (name := one[1] if one else short_cjk_name(found["a"])):
        names = (name,)
    elif (
        not names or not found or not re.search(r",|\b[A-Z](?:\.|$)|\bet al|&|\band\b", found["a"])
    ):
        return None
    title, rest = _cut_question(found["t"]) if found else ("", "")
    if not found or not is_title(title) or split_names(title):
        return None
    title, venue = cut_venue(title)
    source = read_source(rest)
    year = int(found["y"]) if found["y"] else None
    return Citation(title, names, source.venue or venue, year, source.rest)


_YEAR_BETWEEN = re.compile(
    r"^(?P<a>[^\d\"“]{3,1500}?)(?:[.,]\s+(?P<y>(?:18|19|20)\d\d)[a-z]?\.?|"
    r"\s(?P<z>(?:18|19|20)\d\d)[a-z]?\.)\s+(?P<t>['‘]?[^\W\d_].*)$",
    re.DOTALL,
)


_NAME_ALONE = re.compile(
    r"((?!(?:See|With|Preprint|PhD|Ph\.D|Thesis|Note|Code|Slides)\b)[A-Z][\w&'’-]*\.?"
    r"(?:\s(?:(?:of|and|in|the|for|on|&)\s)?[A-Z][\w&'’-]*\.?){0,6})"
    r"(?:,\s|\.?\s*$|(?=\s[(\[]+(?:[A-Za-z]{0,12}[)\]]+)?[\s.]*$))"
)
""" "GigaScience", "Proc. Natl. Acad. Sci., 115:E409": nothing but capital words behind a title."""


def _unquoted(text: str) -> str:
    """ "'Title.' Journal" as "Title. Journal"."""
    return re.sub(r"^['‘](.{8,300}?)[.,]?['’](?=\s)[.,]?", r"\1.", text)


def _year_between(text: str) -> Citation | None:
    """ "Ann Lee and Bo Ek. 2019. Title. In Proceedings of X", as ACM and ACL have it."""
    found = _YEAR_BETWEEN.match(text)
    names = (split_names(found["a"]) or family_names(found["a"])) if found else ()
    text = _unquoted(found["t"]) if found else ""
    title, rest = _cut_question(text)
    if not found or not names or not is_title(title):
        return None
    year = int(found["y"] or found["z"])
    source = read_source(rest)
    named = _NAME_ALONE.match(rest)
    if named and len(named[1]) > len(source.venue) and named[1].startswith(source.venue):
        venue = named[1].rstrip(".") if named[1].count(".") == 1 else named[1]
        return Citation(title, names, venue, year, rest[named.end() :])
    return Citation(title, names, source.venue, year, source.rest)


def _cut_question(text: str) -> tuple[str, str]:
    """A title and what follows it, where "Why do they fail? An empirical study" is one title."""
    title, rest = cut_title(text)
    while title.endswith(("?", "!")):
        more, after = cut_title(rest)
        source = read_source(more)
        is_more = len(more.split()) > 1 and not (source.venue or source.year or split_names(more))
        if not is_more:
            break
        title, rest = f"{title} {more}", after
    return title, rest


_INITIALED = re.compile(
    r"^(?P<a>(?:[^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z][\w'’-]+)?,\s(?:[A-Z]\.[\s-]?){1,4}(?:,\s|,?\s?(?:&|and)\s)?){1,60}"
    r"(?:,?\s?et al\.?,?:?)?)[\s:,]*(?P<t>(?![A-Z]\.)[\w\"“({].*)$"
)


def _initials_first(text: str) -> Citation | None:
    """ "Lee, A.B., Ek, C. Title. J Phys 21, 467–488 (1982)", as publishers export."""
    found = _INITIALED.match(text)
    names = split_names(found["a"]) if found else ()
    if not found or not names:
        return None
    title, rest = _cut_question(found["t"])
    if not is_title(title) or len(title.split()) < 3:
        return None
    source = read_source(rest)
    return Citation(title, names, source.venue, source.year, source.rest)


def _parts(text: str) -> Citation | None:
    """Parts between full stops: authors and title in either order, then where it appeared."""
    parts = _rejoined([p.strip() for p in STOP.split(text.rstrip(" .")) if p.strip()])
    if not 2 <= len(parts) <= 9:
        return None
    first = split_names(without_year(parts[0]))
    second, rest = cut_names(parts[1])
    if first and are_authors(parts[0], first) and not _is_rather_title(parts[0], first, second):
        at = 2 if YEAR_ALONE.match(parts[1]) and len(parts) > 2 else 1
        title = parts[at].strip(" ,")
        if is_title(title):
            rest = ". ".join(parts[at + 1 :])
            source = read_source(rest)
            said = find_date(" ".join([parts[0][len(without_year(parts[0])) :], *parts[1:at]]))
            if source.venue or source.year or said or are_sure(parts[0], first):
                return Citation(
                    title, first, source.venue, said.year if said else source.year, source.rest
                )
    if (
        second
        and (len(second) > 1 or ET_AL.search(parts[1]) or len(parts) > 2)
        and is_title(parts[0])
        and not ET_AL.search(parts[0])
        and (not first or _is_rather_title(parts[0], first, second))
    ):
        source = read_source(". ".join([rest, *parts[2:]]).strip(" .,"))
        return Citation(parts[0], second, source.venue, source.year, source.rest)
    return None


def _is_rather_title(part: str, first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """ "Pruning Object Detectors. Ann Lee, Bo Ek." has its persons in the second part."""
    return (
        len(first) == 1
        and len(second) > 1
        and len(first[0].split()) > 1
        and "," not in part
        and not ET_AL.search(part)
        and not re.search(r"\b[A-Z]\.", part)
    )


def _rejoined(parts: list[str]) -> list[str]:
    """Parts in which a question goes on: "Why do they fail? An empirical study" is one title."""
    found: list[str] = []
    for position, part in enumerate(parts):
        if found and found[-1].endswith(("?", "!")) and position + 1 < len(parts):
            source = read_source(part)
            if not (source.venue or source.year or split_names(part)):
                found[-1] = f"{found[-1]} {part}"
                continue
        found.append(part)
    return found


def _after_colon(text: str) -> Citation | None:
    """ "Ann Lee et al.: Title", "Ann Lee, Bo Ek: Title. Venue 2019"."""
    found = _COLON.match(text)
    if not found:
        return None
    names = split_names(without_year(found["a"]))
    title, rest = cut_title(found["t"])
    source = read_source(rest)
    if not names or not is_title(title):
        return None
    telling = re.search(r",|;|\b[A-Z]\.|、|，|·", found["a"]) or ET_AL.search(found["a"])
    is_open = ET_AL.search(found["a"]) or re.search(r"\b[A-Z]\.", found["a"])
    is_whole = bool(is_open) or all(len(name.split()) > 1 for name in names)
    if not (telling and are_sure(found["a"], names) and is_whole):
        return None
    said = find_date(found["a"])
    return Citation(title, names, source.venue, said.year if said else source.year, source.rest)


def _one_after_colon(text: str) -> Citation | None:
    """ "Ann Lee: Title. Venue 2019", which "Thumb Keys: Typing Blind. CHI 2019" looks like too."""
    found = _COLON.match(text)
    names = split_names(found["a"]) if found else ()
    title, rest = cut_title(found["t"]) if found else ("", "")
    source = read_source(rest)
    is_told = len(names) == 1 and is_title(title) and source.venue and source.year
    return Citation(title, names, source.venue, source.year, source.rest) if is_told else None


_PAGES = re.compile(r"\d[-–]\d")


def _one_with_pages(text: str) -> Citation | None:
    """ "Ann Lee: Title. Journal of X 3(2): 73-170 (1993)": pages make sure of it."""
    cited = _one_after_colon(text)
    return cited if cited and _PAGES.search(text[text.find(cited.title) :]) else None


ONE_AFTER_COLON = "one name and a colon"
NAMES_AND_YEAR = "names and a year"
USUAL_ONLY = (ONE_AFTER_COLON, NAMES_AND_YEAR)
"""Styles that only show where most lines of a list have them."""

STYLES: dict[str, Callable[[str], Citation | None]] = {
    "dotted": dotted, "slashed": slashed,
    "marked": marked, "quoted": quoted, NAMES_AND_YEAR: _names_and_year,
    "apa": _apa, "year between": _year_between,
    "initials first": _initials_first, "bracket last": bracket_last, "year inside": year_inside,
    "et al. first": _et_al_first, "initialed after": initialed_after, "parts": _parts,
    "title first": title_then_authors, "dash": after_dash, "colon": _after_colon,
    "one name, a colon and pages": _one_with_pages,
    ONE_AFTER_COLON: _one_after_colon,
    "names and year last": names_year_last, "names and source last": names_source_last,
    "commas": names_title_source, "names, title, journal": names_title_journal,
}  # fmt: skip
"""The styles, those first that show themselves most surely."""
