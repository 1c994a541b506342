"""Cutting a citation: where its title and its persons end, and what looks like either."""

import re
from dataclasses import dataclass

from papers.text.dates import names_a_time
from papers.text.names import ET_AL, split_names
from papers.text.sources import NO_SHORT_FORM, named_venue, read_source
from papers.text.venues import SHORT_FORMS, holds_venue, known_venue


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of a cited work; `rest` is what is neither, as it stands."""

    title: str
    authors: tuple[str, ...] = ()
    venue: str = ""
    year: int | None = None
    rest: str = ""


# A full stop ends a part unless it follows an initial ("A. Lee") or a short form ("et al.").
STOP = re.compile(
    r"(?<!\b[A-ZÀ-ÖØ-ÞĀ-Ž])(?<!\bal)(?<!\bvs)(?<!\betc)(?<!\bJr)(?<!\bVol)(?<!\bNo)(?<!\bpp)"
    rf"{NO_SHORT_FORM}"
    r"(?<!\bDr)(?<!\bSt)(?<!\.\sII)(?<!\.\sIII)(?<!\.\sIV)(?<!\.\sVI)[.。]\s+(?!(?:Part|Teil|Partie)\s[A-Z\d]|[IVX]{1,4}\.\s)(?=[^\W_]|"
    r"[\"“({])|(?<=\w[ ,]\w)\.\s+"
    r"(?=[A-Z][\w-]*\s+(?!(?:and|und|et|y|e|van|von|de|der|da|di|del|la|le)\b)[a-z])|"
    r"(?<=[?!])\s+(?=[A-Z\"“])|(?<=\.\))[ ,]\s*(?=[A-Z])"
)
YEAR_ALONE = re.compile(r"^[(\[\s]*(?:18|19|20)\d\d[a-z]?[)\]\s.,]*$")


def cut_title(text: str) -> tuple[str, str]:
    """Up to the first full stop, and what follows."""
    found = STOP.search(text)
    title, rest = (text[: found.start()], text[found.end() :]) if found else (text, "")
    if found and found[0][:1].isspace():
        rest = text[found.end() :]
    return title.strip(" .,"), rest


_OPENS_JOURNAL = re.compile(r"\b[A-Z]\.\s[^,]+,\sJ$")
""" "M. Lee, J. Cryptology 2020": where initials come first, a J at the end opens a journal."""
_ENDED_LIST = re.compile(r"^[^,&]+\s(?:&|and)\s[^,&]+,\s+[^\W\d_]{3}")
""" "Ek & Roos, Biometrika": names joined by "&" end with the next comma."""
_SHORTENED = re.compile(rf"(?:{'|'.join(word for word in SHORT_FORMS if len(word) > 1)})\b")
_JOURNAL_GOES_ON = re.compile(rf"\b(?:[A-Z]|{'|'.join(SHORT_FORMS)})\.\s$")
""" "New J. Phys.": a full stop within the name of a journal."""


def cut_names(text: str) -> tuple[tuple[str, ...], str]:
    """The persons that a text begins with, and what follows them."""
    text = text.strip(" ,.;")
    if not re.search(r"\d", text) and (names := split_names(text)):
        return names, ""
    al = ET_AL.search(text)
    for found in reversed(
        list(re.finditer(r"[(\[]|,\s|\.\s|;\s|\s[-–—|]\s|\s(?=(?:19|20)\d\d)", text[:1500]))
    ):
        if _OPENS_JOURNAL.search(text[: found.start()]):
            continue
        if _ENDED_LIST.search(text[: found.start()]) or (al and found.start() > al.end() + 1):
            continue
        if _JOURNAL_GOES_ON.search(text[: found.end()]) and _SHORTENED.match(text[found.end() :]):
            continue
        if names := split_names(text[: found.start()]):
            if (
                len(names) == 1
                and not ET_AL.search(text[: found.start() + 8])
                and len(names[0].split()) < 2
            ):
                continue
            return names, text[found.start() :].strip(" ,.;()[]-–—|")
    return (), text


_FAMILIES = re.compile(
    r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ][\w'’-]*(?:(?:,\s|\s(?:&|and|und|et|y|e)\s)[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ][\w'’-]*){0,3}"
)


def family_names(text: str) -> tuple[str, ...]:
    """Family names alone: "Brandl", "Jost & Oh"; no month, no venue."""
    if not _FAMILIES.fullmatch(text) or holds_venue(text) or names_a_time(f"{text} 1"):
        return ()
    return tuple(re.split(r",\s|\s(?:&|and|und|et|y|e)\s", text))


_NAME_PLACE_YEAR = re.compile(
    r"([A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ][\w'’-]*),\s([A-Z][\w&.'’-]*\s[^,]{3,60}?|[A-Z]{2,8}),?\s((?:19|20)\d\d)"
)
""" "Yamada, Bayesian Analysis, 2021", "Yamada, JASA, 2021"."""
_DATED_PLACE = re.compile(
    r"[A-Z][\w&/.-]*(?:\s(?:[A-Z][\w&/.-]*|of|and|the|in|on|for)){0,6}\s(?:19|20)\d\d"
)
""" "USENIX Security 2019", "Energy and Buildings 2021": behind names, where a work appeared."""
_FAMILY_FIRST = re.compile(r"([A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ][\w'’-]*)[\s,]+\(?(?=(?:19|20)\d\d)")


def names_and_source(text: str, *, is_sure: bool = False) -> Citation | None:
    """Who wrote a work and where it appeared, without its title: "He et al., CVPR 2020".

    `is_sure` says that it stands in a bracket behind a title.
    """
    text = text.strip(" ,.;|()[]/–—-")
    names, rest = cut_names(text)
    if family := _FAMILY_FIRST.match(text) if not names else None:
        names, rest = family_names(family[1]), text[family.end(1) :].lstrip(" ,")
    elif is_sure and (told := _NAME_PLACE_YEAR.fullmatch(text)):
        names, rest = (told[1],), text[told.start(2) :]
    source = read_source(rest, is_sure=is_sure or _DATED_PLACE.fullmatch(rest) is not None)
    is_initialed = bool(names) and re.match(r"[A-ZÀ-ÖØ-Þ]\.", names[0]) is not None
    is_one = (is_initialed or family or is_sure) and bool(source.venue and source.year)
    if len(names) < 2 and not (names and (ET_AL.search(text) or is_one)):
        return None
    if (rest and not (source.venue or source.year)) or len(source.rest.split()) > 8:
        return None
    return Citation("", names, source.venue, source.year, source.rest)


def reference_without_title(text: str) -> Citation | None:
    """A reference that leaves the title out: "Lee, K. et al. Computational Materials 7 (2021)"."""
    is_sure = re.search(r"\b[A-Z]\.", text) or ET_AL.search(text)
    told = names_and_source(text) if is_sure else None
    return told if told is not None and told.venue and told.year else None


def without_year(part: str) -> str:
    """ "Lee, A. (2019)" without the year in brackets."""
    return re.sub(r"[\s,]*[(\[]?(?:18|19|20)\d\d[a-z]?[)\]]?[.,]?$", "", part)


def are_authors(part: str, names: tuple[str, ...]) -> bool:
    return (
        len(names) > 1
        or bool(ET_AL.search(part))
        or bool(re.search(r",\s*[A-Z]|\b[A-Z]\.", part))
        or len(names[0].split()) in (2, 3)
    )


def are_sure(part: str, names: tuple[str, ...]) -> bool:
    """Several persons with first names, or "et al.": a title does not look like that."""
    if ET_AL.search(part):
        return True
    whole = sum(len(name.split()) > 1 for name in names)
    return len(names) > 1 and whole * 2 >= len(names)


_VOLUME_TAIL = re.compile(
    r"([A-Z][\w&'’-]*(?:\s(?:[A-Z][\w&'’-]*|of|and|the|&)){1,6})\s\d{1,4}(?:\.\d+|\(\d+\))"
)
""" "Modern Language Quarterly 81.1"."""


def cut_venue(title: str) -> tuple[str, str]:
    """A title without the venue behind its last comma: "Title, KDD", "Title, Annals of X"."""
    head, comma, tail = title.rpartition(", ")
    tail = tail.strip(" .")
    shows = known_venue(tail) and sum(map(str.isupper, tail)) > 1
    named = named_venue(tail)
    if comma and is_title(head) and (volume := _VOLUME_TAIL.fullmatch(tail)):
        return head, volume[1]
    if comma and is_title(head) and (shows or (named and named[2] == len(tail))):
        return head, tail
    return title, ""


def is_title(text: str) -> bool:
    found = re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_]{2,}", text)
    return len(found) >= 2 and len(text) <= 400 and not YEAR_ALONE.match(text)
