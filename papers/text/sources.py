"""Where and when a cited work appeared: venue and year out of what follows its title."""

import re
from dataclasses import dataclass

from papers.text.dates import find_date, names_a_time
from papers.text.memoizing import memoize
from papers.text.venues import SHORT_FORMS, Venue, find_venue, known_venue, venue_year

NO_SHORT_FORM = "".join(rf"(?<!\b{word})" for word in SHORT_FORMS)

YEARS = re.compile(r"(?<![\d./-])(?:18[5-9]|19\d|20[0-4])\d(?![\d]|[-–./]\d)")
_IN = re.compile(
    r"^(?:in|en|em|dans|appeared in|appears in|published in|presented at|to appear in|"
    r"accepted (?:at|to|by)|from)\s*:?\s+",
    re.IGNORECASE,
)
_LED_BY_YEAR = re.compile(
    r"^(?:[(\[](?:19|20)\d\d[)\]],?|(?:19|20)\d\d,)\s+(?=(?:\d+(?:st|nd|rd|th)?\s+)?[A-Z])"
)
_VOLUME_FIRST = re.compile(
    r"^\d{1,3}(?:\(\d+\))?\s+(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.?\s)(?=[A-Z])"
)
"""The volume before a journal, as lawyers cite: "18 Legal Information Management, 2018"."""
_NO_VENUE = re.compile(
    r"^(?:diss\b|(?:ph\.?\s?d\.?|master'?s?|doctoral|bachelor'?s?)\s+(?:thesis|dissertation)|"
    r"thesis|arxiv|corr\b|preprint|technical report|"
    r"tech\.? rep|available|url|https?:|doi|accessed|retrieved|"
    r"(?!(?:19|20)\d\d\s+(?-i:[A-Z]))\d+(?!\d|st|nd|rd|th))",
    re.IGNORECASE
)  # fmt: skip
_NO_YEAR = r"(?!(?:19|20)\d\d\b)"
_VENUE_END = re.compile(
    r"[,.]?\s+(?:vol(?:ume)?\b|no\.|nr\.|issue\b|pp?\.|pages?\b|art(?:icle)?\b\.? ?\d)|"
    rf"\s*\((?:pp?\.|pages?\b|vol\b)|\s+{_NO_YEAR}\d+(?:\.\d+)?\s*(?:\(|:|,)|,\s|"
    rf"\s*\((?:18|19|20)\d\d|(?<!\b[A-Z]){NO_SHORT_FORM}\.\s(?!Series\b|[A-Z][a-z]{{0,7}}\.)|;\s|"
    rf"\s+\d+\(\d+\)|\s+{_NO_YEAR}\d+(?:\.\d+)?\s*$|\s+{_NO_YEAR}\d{{1,4}}\s*[:,]|"
    r"\s+[-–—]\s",
    re.IGNORECASE,
)
VENUE_WORD = re.compile(
    r"\b(?:proceedings?|proc\.?|conference|conf\.?|journal|j\.|transactions?|trans\.?|symposium|"
    r"workshop|letters|advances|annals|annual|"
    r"international|magazine|communications|review[s]?|bulletin|archives?|acta|computing surveys|"
    r"frontiers|science|nature|ieee|acm|"
    r"springer|lecture notes|physics|quarterly|meeting|congress|summit|machine learning "
    r"research)\b|学会|会議|论文集|学报|학회|저널",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"[,.]?\s*(?:vol(?:ume)?\b\.?\s*)?\d+(?:\.\d+)?\s*(?:\(|:|,\s*(?:no|nr|pp?|[A-Z]?\d))|[,.]?\s*vol\b",
    re.IGNORECASE,
)
_JOURNAL = re.compile(
    r"((?:[a-z]?[A-Z][A-Za-z&-]*\.?\s?|(?:of|the|in|and|für|de)\s){1,8}?)\s*(?:vol\.?\s*)?\d{1,4}(?:\.\d+|\s?\(\d+(?:[-–]\d+)?\))?\s*[,:]\s*[\w.]*\d"
)
"""A journal by the volume and pages behind it: "Phys. Rev. Lett. 103, 150502"."""
_SHORT = re.compile(r"[A-Z][A-Za-z-]{0,6}[A-Z]s?[\s,]*(?:19|20)\d\d")
"""A short name that only its capitals show: "JACM 1976"."""
_SERIES = re.compile(r"\b(?:trans|proc|comput|commun|lett|mag|surv|conf|j)\b", re.IGNORECASE)
_DATED_VOLUME = re.compile(
    r"(?P<name>(?:[A-Z]|[a-z]{1,3}[A-Z])[^\d;:]{1,80}?)[.,]?\s+(?P<year>(?:18|19|20)\d\d)(?:\s[A-Z][a-z]{2}(?:\s\d{1,2})?)?\s*;\s*(?=\d)"
)
"""A journal as medicine cites it: "N Engl J Med. 2001;345(19):1368-77"."""
_PREPRINT = re.compile(
    r"(?:ar|bior|medr|chemr|psyar|socar)xiv(?:[\s,]+(?:19|20)\d\d|['’‘`]\s?\d\d|(?=\s*[(\[](?:19|20)\d\d|\s*[(\[]?$))",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(
    r"^(?:springer|elsevier|wiley|mit press|cambridge|oxford|acm|ieee|citeseer|addison|o'?reilly|"
    r"morgan|crc|academic press|pearson)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where and when a work appeared."""

    venue: str = ""
    year: int | None = None
    rest: str = ""


_ENUMERATED = re.compile(
    r"[^,.;:\d()]*\b(?:conference|symposium|workshop|transactions|journal|letters|meeting|review|annals)\b"
    r"(?:\s[A-Z/]+)?\s+(?:on|of)\s+[^,.;:\d()]+(?:,\s(?!(?:vol|pp|pages?|no)\b)[^,.;:\d()]{3,40}){0,3},?\s(?:and|&|und|et|y)\s[^\W\d][^,.;:()\d]*",
    re.IGNORECASE,
)
""" "Conference on Acoustics, Speech and Signal Processing": commas within a name."""


def _enumerated(text: str) -> int:
    """Where the last subject begins of a venue that enumerates several, 0 for others."""
    found = _ENUMERATED.match(text)
    return max(found[0].rfind(","), 0) + 1 if found and "," in found[0] else 0


def _is_publisher(name: str) -> bool:
    """ "Springer", "MIT Press": no venue, unless it goes on or a volume stands behind it."""
    is_short = len(name.split()) <= 3 and not _SERIES.search(name)
    return is_short and _PUBLISHER.match(name) is not None


@memoize(8192)
def read_source(text: str, *, is_sure: bool = False) -> Source:
    """Venue and year out of what follows a title: "In Proc. of X, pages 1-9, 2014.".

    `is_sure` takes the first part for a venue although no word of it says so: after a title in
    quotation marks.
    """
    bare = text.strip(" .,;:")
    text = _IN.sub("", bare)
    was_in = len(text) < len(bare)
    text = _LED_BY_YEAR.sub("", text)
    text = _VOLUME_FIRST.sub("", text) if is_sure else text
    if not text:
        return Source()
    year = read_year(bare)
    if names_a_time(bare):
        return Source("", year)
    if (
        (known := find_venue(text))
        and known.start <= 3
        and not VENUE_WORD.search(text[known.end :].split(",")[0].split(". ")[0])
    ):
        return Source(known.tag, venue_year(known.tag) or year, text[known.end :].strip(" ,.;"))
    if server := _PREPRINT.match(text):
        return Source(server[0], venue_year(server[0]) or year, text[server.end() :].strip(" ,.;"))
    if (told := _DATED_VOLUME.match(text)) and (name := told["name"].strip(" .,;:")):
        return Source(name, int(told["year"]), text[told.end() :].strip(" ,.;"))
    if _SHORT.fullmatch(text):
        return Source(text, year, "")
    if _NO_VENUE.match(text):
        return Source("", year, text)
    if journal := _JOURNAL.match(text):
        return Source(journal[1].strip(" ,"), year, text[journal.end(1) :].strip(" ,.;"))
    end = _VENUE_END.search(text, _enumerated(text))
    name = (text[: end.start()] if end else text).strip(" .,;:")
    rest = text[end.start() :] if end else ""
    name = name[: name.rfind("(")].strip() if name.count("(") > name.count(")") else name
    name = (
        re.sub(r"\s*(?:,\s*(?:19|20)\d\d|[(\[](?:19|20)\d\d[)\]])$", "", name)
        if not known_venue(name)
        else name
    )
    numbered = bool(_NUMBERED.match(rest))
    shown = bool(VENUE_WORD.search(name)) or known_venue(name) or numbered or was_in
    if (
        1 <= len(name.split()) <= 22
        and not (_is_publisher(name) and not (numbered and " " in name))
        and (shown or (is_sure and not name.isupper() and year))
    ):
        return Source(name, year, rest.strip(" ,.;"))
    return Source("", year, text)


_YEAR_BEHIND = re.compile(r"\s*(?:,\s*(?:19|20)\d\d|[(\[](?:19|20)\d\d[)\]])$")
_YEAR_THEN_PLACE = re.compile(
    r"\W*((?:19|20)\d\d)[)\]]?\s*[,;:|–—-]\s*"
    r"(?:(?:\([A-Za-z ]+\)\s*)?([^\W\d][^.!?;:|]{1,100}?)\s*[,;:|–—-]\s*)?"
)


def year_then_place(text: str) -> Source | None:
    """What stands before a title as columns: "2021, Mobile Networks and Applications, "."""
    found = _YEAR_THEN_PLACE.fullmatch(text)
    return Source(found[2] or "", int(found[1])) if found else None


_PART = re.compile(r"(?:^|[,;()\[\]]|(?<!\b[A-Z])\.\s|\s(?:-+|[–—|])\s)\s*(?=[A-Z])")
_DATED_NAME = re.compile(
    r"(?:In\s+)?((?P<name>[A-Z][^\d,;()\[\]]{1,60}?)[\s,]*(?:(?:19|20)\d\d|['’‘]\s?\d\d))(?=[\s.]*(?:$|[,;()\[\]]|\.\s))"
)
_LONG_NAME = re.compile(
    r"(?:In\s+)?((?:Proc(?:eedings|\.)|Journal of|Transactions? on|IEEE|ACM|Annals of|"
    r"Communications of|Advances in|International (?:Conference|Journal)|Conference on|"
    r"Symposium on|Workshop on)\s[^,;()\[\]]{3,120}?)(?=[\s.]*(?:$|[,;()\[\]]|\.\s))"
)


def named_venue(text: str) -> tuple[str, int, int] | None:
    """A venue that no list knows, by its wording, with its span: "Annals of Mathematics 2019",
    "DATE'20", "Proceedings of the X Conference".
    """
    for begin in _PART.finditer(text):
        if dated := _DATED_NAME.match(text, begin.end()):
            name = dated["name"].strip()
            is_short = len(name.split()) <= 2 and sum(char.isupper() for char in name) > 1
            shows = (
                VENUE_WORD.search(name)
                or known_venue(name)
                or (is_short and re.search(r"\b[A-Z]{2}|[a-z][A-Z]", name))
            )
            if shows and not YEARS.search(name) and len(name.split()) <= 8:
                return dated[1].strip(), dated.start(1), dated.end(1)
        if long := _LONG_NAME.match(text, begin.end()):
            return long[1].strip(), long.start(1), long.end(1)
    return None


def trailing_venue(title: str) -> Venue | None:
    """The venue behind the last comma, bar or dash of a title: "Title, FGCS, 2013"."""
    known = find_venue(title)
    if known is None or known.end != len(title):
        named = named_venue(title)
        start = title.rfind(", ") + 2
        capitals = sum(map(str.isupper, title[start:])) + title.endswith("Xiv")
        if known_venue(title[start:]) and capitals > 1:
            named = title[start:], start, len(title)
        known = Venue(*named) if named and named[2] == len(title) else None
    if known is None or not re.search(r"(?:[,;|]|\s/|\s-+|\s[–—])\s*$", title[: known.start]):
        return None
    return known if len(title[: known.start].split()) > 2 else None


def read_year(text: str) -> int | None:
    """The year of what is cited: in brackets, else the last that stands by itself; two digits
    behind an apostrophe.
    """
    if found := re.search(r"\(((?:18|19|20)\d\d)[a-z]?(?:,[^()]*)?\)", text):
        return int(found[1])
    years = YEARS.findall(text)
    if years:
        return int(years[-1])
    found_date = find_date(text)
    if found_date:
        return found_date.year
    return venue_year(text) if find_venue(text) else None


_BEHIND_NAME = re.compile(r"[\s,.:;(]*(?:vol(?:ume)?\.?\s*)?\d|\.?$", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-ZÀ-Þ][\w&'’-]*\.?(?:\s(?:of|the|in|and|&|[A-ZÀ-Þ][\w'’-]*\.?)){0,3}")


def called_after(text: str, *, is_cited: bool = False) -> str:
    """The venue that a link is called after, "" for others: "Science, 349(6251)", "PNAS".

    `is_cited` says that names, a year and a title stand before it: then a few words will do.
    """
    text = text.strip(" []")
    found = _BEHIND_NAME.search(text)
    name = text[: found.start()] if found else text
    is_numbered = any(map(str.isdigit, text[len(name) :])) and name[:1].isalpha()
    is_dotted = is_cited and (text.endswith(".") or _CAPITALS.fullmatch(name) is not None)
    is_told = is_numbered or known_venue(name) or is_dotted
    return name if is_told and 0 < len(name.split()) <= 12 else ""
