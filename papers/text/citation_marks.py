"""Styles of Chinese journals: "Lee A. Title[J]. Sensors, 2016" and "Title.Ann Lee.Sensors.2016"."""

import re

from papers.text.citation_parts import Citation, is_title
from papers.text.names import is_person, split_names
from papers.text.sources import YEARS, read_source

_MARKED = re.compile(
    r"^(?P<a>.{2,1500}?)\.\s*(?P<t>[^\[\]]{4,400}?)\s*\[(?:[JCMDRPNSAGZ]|EB|DB)(?:/OL)?\]"
    r"\s*(?://|[.,:])?\s*(?P<r>.*)$",
    re.DOTALL,
)


def marked(text: str) -> Citation | None:
    """ "Lee A, Ek B. Title[J]. Sensors, 2016, 16(1): 7", as China's standard has it."""
    found = _MARKED.match(text)
    names = (split_names(found["a"]) or _one_person(found["a"])) if found else ()
    if not found or not names or not is_title(found["t"]):
        return None
    source = read_source(found["r"], is_sure=True)
    return Citation(found["t"].strip(" ,."), names, source.venue, source.year, source.rest)


_INITIALED = r"[^\W\d_][\w'’-]+(?:\s[^\W\d_][\w'’-]+)?\s(?:[^\W\d_]\.\s?){1,3}"
_SLASHED = re.compile(
    rf"^(?P<a>(?:{_INITIALED},\s?){{0,20}}{_INITIALED}(?:et al\.|и др\.)?)\s*"
    r"(?P<t>[^/]{8,300}?)\s*(?://\s*(?P<v>.{2,150}?)\.?|\.)\s[–—-]\s(?P<r>.*)$"
)


def slashed(text: str) -> Citation | None:
    """ "Lee A., Ek B. Title //Journal. – 2021. – Т. 3.", as Russia's standard has it."""
    found = _SLASHED.match(text)
    year = YEARS.search(found["r"]) if found else None
    if not found or not year or not is_title(found["t"]):
        return None
    names = re.sub(r"\s?(?:et al\.|и др\.)\s?$", " et al.", found["a"])
    venue = (found["v"] or "").strip()
    return Citation(found["t"].strip(" .,"), split_names(names), venue, int(year[0]), found["r"])


_DOTTED = re.compile(
    r"(?P<t>[^.]{6,200}?(?:\.\sPart\s[^.]{1,100})?)\.(?P<a>[^.\d]{2,40}?)(?:\.(?P<v>[^.\d]{2,60}))?\.(?P<y>(?:19|20)\d\d)"
    r"(?:\.(?P<r>[^.]{0,30}))?"
)


def dotted(text: str) -> Citation | None:
    """ "Title.Ann Lee.Journal of X.2021", without a blank behind the full stops."""
    found = _DOTTED.fullmatch(text)
    if not found or not is_title(found["t"]):
        return None
    names = split_names(found["a"]) or _one_person(found["a"])
    year, rest = int(found["y"]), found["r"] or ""
    return Citation(found["t"], names, found["v"] or "", year, rest) if names else None


def _one_person(text: str) -> tuple[str, ...]:
    """A name by itself, perhaps written with a blank: "廖 力"."""
    author = text.strip() if text.isascii() else "".join(text.split())
    return (author,) if is_person(author) else ()
