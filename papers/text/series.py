"""The series and the year that a venue names, however it is written.

"NeurIPS 2023 (Oral)", "nips2021" and "Advances in Neural Information Processing Systems 34" are one
series. The words as written stay with the paper; lists, facets and filters count by the series.
"""

import re
from dataclasses import dataclass

from papers.text.memoizing import memoize
from papers.text.series_names import LONG, SHORT

LONGEST = 300
"""What a paper's venue may hold; more is not read."""

_YEAR = re.compile(
    r"(?<![\d.:/–-])(?<!pp )(?<!pp\. )(?<!no\. )((?:19[5-9]|20[0-4])\d)(?![\d:/–-]|\.\d)"
)
_SHORT_YEAR = re.compile(r"['’‘`]\s?(\d\d)(?!\d)|^(\d\d)['’‘`]")
_GLUED_YEAR = re.compile(r"^[A-Za-z&*/+.-]{2,12}[\s_-]?((?:19[5-9]|20[0-4])\d|\d\d)(?!\d)")

_PREPRINT = re.compile(
    r"(?:(?P<name>(?:ar|bio|med|chem|psyar)xiv)(?:\.org)?|corr)\b(?:\s*(?:e-?)?preprints?)?"
    r"(?:[\s,:(\[].*|)$",
    re.IGNORECASE,
)
_DECORATION = re.compile(
    r"\s*[(\[]?\b(?:oral|spotlight|poster|submit(?:ted)?|submission|accepted|under review|in press|"
    r"to appear|best (?:student )?papers?(?: award)?|award|highlight|long|short|full|regular|demo|"
    r"main|industry|conference|conf\.?|track|papers?|datasets and benchmarks|preprint|talk)"
    r"(?: (?:oral|paper|papers|presentation|talk|track|award))?\b[)\]]?\s*$",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"(?:(?:ieee|acm|cvf)[\s/]+){0,2}(?P<found>findings of (?:the )?)?"
    r"(?P<name>[\w&*+/-]+?(?:[ -](?:pkdd|asia|security|atc|s&p))?)"
    r"[\s_,:-]*(?:(?:19|20)\d\d|['’‘`]?\s?\d\d)?(?P<more>[\s-]+findings)?[\s.:]*",
    re.IGNORECASE,
)
_BRACES = str.maketrans("", "", "{}")
_YEAR_FIRST = re.compile(r"^(?:(?:19|20)\d\d|['’‘`]\d\d|\d\d['’‘`])[\s,_-]+")
_WORKSHOP = re.compile(
    r"\b(?:workshops?|wksh?ps?)\b|(?<=[A-Za-z])W(?=[\s'’]?(?:19|20)?\d\d)|\w@", re.I
)
_FINDINGS = re.compile(r"findings of (?:the )?(?:association for computational linguistics|acl)\b"
                       r"(?:\W+(?P<name>\w+))?", re.IGNORECASE)  # fmt: skip
_BRACKETS = re.compile(r"[(\[（]([^()\[\]（）]{0,80})[)\]）]")
_TAIL = re.compile(
    r",?\s*\b(?:vol(?:umes?)?|pp|pages?|iss(?:ue)?|no|number|series|article|art|ed)\b\.?\s*[\dA-Z].*$"
    r"|,\s*(?:19|20)\d\d\b.*$|,\s*\d.*$|\s+\d{1,4}(?:\s*\(\d+(?:-\d+)?\))?\s*(?:[:,].*)?$"
    r"|[,;]\s*(?:pmlr|ieee|acm|springer|elsevier|curran associates|openreview|usenix)\b.*$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^(?:in:?\s+)?(?:(?:the\s+)?proc(?:eedings|\.)?(?:\s+of)?\s+)?(?:the\s+)?(?:(?:19|20)\d\d\s+)?"
    r"(?:\d+(?:st|nd|rd|th)\s+)?(?:(?:19|20)\d\d\s+)?",
    re.IGNORECASE,
)
_SHORTENED = {
    "int": "international", "intl": "international", "int'l": "international",
    "conf": "conference", "trans": "transactions", "symp": "symposium", "proc": "proceedings",
    "assoc": "association", "comput": "computational",
}  # fmt: skip
_ORDINAL = re.compile(
    r"\d+(?:st|nd|rd|th)|(?:twenty|thirty|forty|fifty|sixty)?-?(?:first|second|third|fourth|fifth|"
    r"sixth|seventh|eighth|ninth)|(?:ten|eleven|twelf|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen)th|(?:twent|thirt|fort|fift|sixt)ieth|(?:19|20)\d\d|'?\d+"
)
_UNSAID = frozenset(
    """the proceedings international annual ieee acm cvf usenix ieee/cvf ieee/rsj acm/ieee
    ieee/acm acm-siam siam acm/sigmod acm/sigplan sigplan""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Series:
    """A series by its name, the year that was said with it, and whether the series is known."""

    name: str = ""
    year: int | None = None
    is_known: bool = False


@memoize(1 << 13)
def read_series(venue: str) -> Series:
    """The series and the year of a venue as it is written; its own words where none is known."""
    text = " ".join(venue[:LONGEST].translate(_BRACES).split()).strip(" .,;:`*_")
    if not text:
        return Series()
    year = _read_year(text)
    if known := _find_known(text):
        return Series(known, year, is_known=True)
    return Series(_clean(text) or text, year)


def get_series(venue: str) -> str:
    """The name alone."""
    return read_series(venue).name


def is_same_venue(one: str, other: str) -> bool:
    """Whether two venues are one known series, however each is written."""
    first, second = read_series(one), read_series(other)
    return first.is_known and first.name == second.name


def show_as_written(venue: str) -> str:
    """A venue as written, where that says more than its series and year; else empty."""
    series = read_series(venue)
    said = (series.name, f"{series.name} {series.year}")
    return "" if venue.strip().casefold() in map(str.casefold, said) else venue


def _read_year(text: str) -> int | None:
    if _PREPRINT.match(text):
        text = re.sub(r"\d{4}\.\d+", " ", text)
    if found := _YEAR.findall(text):
        return int(found[-1])
    glued = _GLUED_YEAR.match(text) if " " not in text.partition("(")[0].strip() else None
    if short := _SHORT_YEAR.search(text) or glued:
        digits = int(next(filter(None, short.groups())))
        return digits if digits > 99 else digits + (2000 if digits < 70 else 1900)
    return None


def _find_known(text: str) -> str:
    first, comma, more = text.partition(", ")
    if found := _PREPRINT.match(text):
        return _find_tag(more) or SHORT[(found["name"] or "corr").casefold()]
    if findings := _FINDINGS.search(text):
        name = SHORT.get((findings["name"] or "acl").casefold(), "ACL")
        return f"Findings of {name}"
    plain = _BRACKETS.sub(" ", text).strip()
    return (
        _find_tag(text)
        or _find_tag(plain)
        or (_find_tag(first) if comma else "")
        or _find_tag(_TAIL.sub("", plain))
        or _find_before_colon(text)
        or _find_long(plain)
        or _find_long(plain.partition(":")[0])
        or _find_in_brackets(text)
        or _find_workshop(text)
    )


def _find_tag(text: str) -> str:
    """A short name with or without its year: "ICML'25", "2019 IEEE ICRA", "iclr2022 submit"."""
    text = _YEAR_FIRST.sub("", text)
    for _each in range(3):
        text = _DECORATION.sub("", text)
    found = _TAG.fullmatch(text)
    name = SHORT.get(found["name"].casefold().replace(" ", "-"), "") if found else ""
    if not found or not name:
        return ""
    return f"Findings of {name}" if found["found"] or found["more"] else name


def _find_before_colon(text: str) -> str:
    """ "ICML '20: Proceedings of the 37th International Conference on Machine Learning"."""
    head, colon, _rest = text.partition(":")
    return _find_tag(head.strip()) if colon else ""


def _find_in_brackets(text: str) -> str:
    """ "2019 International Conference on Robotics and Automation (ICRA)"."""
    for said in _BRACKETS.findall(text):
        name = _find_tag(said)
        if name and sum(char.isupper() for char in said) > 1:
            return f"{name} workshops" if _WORKSHOP.search(text) else name
    return ""


def _find_long(text: str) -> str:
    cut = _TAIL.sub("", text)
    words = [word.strip(".,;:") for word in cut.casefold().split()]
    words = [_SHORTENED.get(word, word) for word in words]
    said = " ".join(w for w in words if w not in _UNSAID and not _ORDINAL.fullmatch(w))
    said = re.sub(r"^(?:(?:in|of) )+", "", said)
    bare = said.removesuffix(" workshops").removesuffix(" workshop")
    name = LONG.get(bare) or LONG.get(bare.replace(",", ""), "")
    return f"{name} workshops" if name and bare != said else name


def _find_workshop(text: str) -> str:
    """A workshop is counted beside its conference: "NeurIPS 2021 Workshop on X"."""
    if not _WORKSHOP.search(text):
        return ""
    for word in re.findall(r"[\w&*-]+", text):
        bare = re.sub(r"(?:W?(?:19|20)?\d\d|W)$", "", word)
        if sum(char.isupper() for char in bare) > 1 and (name := SHORT.get(bare.casefold())):
            return f"{name} workshops"
    return ""


def _clean(text: str) -> str:
    """An unknown venue without what changes from year to year."""
    text = _BRACKETS.sub(lambda found: "" if re.search(r"\d", found[1]) else found[0], text)
    for _each in range(3):
        text = _DECORATION.sub("", text)
    cut = _TAIL.sub("", _HEAD.sub("", text))
    text = cut if cut.casefold() not in _UNSAID else text
    text = re.sub(r"[\s_,-]*(?:\b(?:19|20)\d\d|['’‘`]\s?\d\d)$", "", text.strip(" ,.;:"))
    text = re.sub(r"(?<=[A-Za-z])(?:19|20)\d\d$", "", text)
    return " ".join(text.split()).strip(" ,.;:-–")
