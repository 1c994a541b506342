"""What somebody pasted to add one paper: an identifier, address, entry, citation or title.

Pure, and without network: only what the text itself says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from papers.catalogue.recognition import recognise, write_down
from papers.importing.reading.bibliography import read_bibliography
from papers.importing.reading.bibtex import is_bibtex
from papers.importing.reading.places import Place, read_place
from papers.importing.reading.ris import is_ris, read_ris
from papers.text.citations import LONGEST as LONGEST_CITATION
from papers.text.citations import read_citation
from papers.text.identifiers import identify, is_web_url, with_scheme
from papers.text.titles import clean_title

LONGEST = 100_000
"""Characters that are read; what follows is left out."""

LONGEST_TITLE = 1_000
BIBTEX, RIS, LINK, CITATION, TITLE = "bibtex", "ris", "link", "citation", "title"

_LABELS = {"arxiv", "arxiv.org", "doi", "pmid", "isbn", "isbn-10", "isbn-13", "url", "available",
           "at", "preprint", "eprint", "http://", "https://"}  # fmt: skip
_EDGES = "()[]<>{},;.\"'“”"
_NUMBERED = re.compile(
    r"\b(?:ISBN(?:-1[03])?\s*:?\s*(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]|PMID\s*:?\s*\d{4,9})\b",
    re.IGNORECASE,
)
_ISBN_ALONE = re.compile(r"97[89](?:[- ]?\d){10}")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a text says of one paper. `names` are identifiers and addresses, one a line each;
    `others` counts the papers after the first."""

    kind: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    abstract: str = ""
    venue: str = ""
    year: int | None = None
    names: tuple[str, ...] = ()
    others: int = 0


def read_pasted(text: str) -> Pasted:
    """Recognize what was pasted; nothing in it is an empty `Pasted`."""
    text = text[:LONGEST].strip()
    if not text:
        return Pasted()
    if is_bibtex(text):
        return _read_bibtex(text)
    if is_ris(text):
        return _read_ris(text)
    return _read_line(text)


def read_names(text: str) -> Pasted:
    """Identifiers and addresses alone: what costs next to nothing to read."""
    names, places, _ = _take_names(text[:LONGEST_CITATION])
    return _join_places(Pasted(LINK if names else "", names=tuple(names)), places)


def _read_bibtex(text: str) -> Pasted:
    entries, _problems, _outline = read_bibliography(text)
    if not entries:
        return Pasted(BIBTEX)
    first = entries[0]
    named = first.ids.named()
    kinds = {"arxiv_id": "arxiv", "doi": "doi", "openreview": "openreview"}
    identifiers = [(kind, named[name]) for name, kind in kinds.items() if named[name]]
    return Pasted(
        BIBTEX,
        first.title,
        tuple(first.authors),
        first.abstract,
        ", ".join(first.venues),
        first.year,
        tuple(write_down(identifiers, [link.url for link in first.links]).splitlines()),
        others=len(entries) - 1,
    )


def _read_ris(text: str) -> Pasted:
    records = read_ris(text)
    if not records:
        return Pasted(RIS)
    first = records[0]
    names, _places, _rest = _take_names(" ".join(first.names))
    return Pasted(
        RIS,
        first.title[:LONGEST_TITLE],
        first.authors,
        first.abstract,
        first.venue,
        first.year,
        tuple(names),
        others=len(records) - 1,
    )


def _read_line(text: str) -> Pasted:
    names, places, rest = _take_names(text)
    found = Pasted(LINK if names else "", names=tuple(names))
    if any(map(str.isalnum, rest)):
        found = _read_words(rest, found)
    return _join_places(found, places)


def _read_words(rest: str, found: Pasted) -> Pasted:
    """What stands beside the identifiers: a citation in a known style, or else a title."""
    cited = read_citation(rest[:LONGEST_CITATION])
    if cited:
        return replace(
            found,
            kind=CITATION,
            title=cited.title,
            authors=cited.authors,
            venue=cited.venue,
            year=cited.year,
        )
    return replace(found, kind=found.kind or TITLE, title=clean_title(rest)[:LONGEST_TITLE])


def _take_names(text: str) -> tuple[list[str], list[Place], str]:
    """The identifiers and addresses of a text as `recognise` reads them, and the words left."""
    places: list[Place] = []
    numbered = [found[0] for found in _NUMBERED.finditer(text)]
    if _ISBN_ALONE.fullmatch(text.strip()):
        numbered.append(f"ISBN {text.strip()}")
        text = ""
    rest: list[str] = []
    words: list[str] = []
    for word in _NUMBERED.sub(" ", text).split():
        bare = word.strip(_EDGES)
        if identify(word) or is_web_url(with_scheme(bare)):
            words.append(word.lstrip("([<{\"'“").rstrip(",;.>}\"'”"))
        elif bare.rstrip(":").casefold() not in _LABELS or not bare:
            rest.append(word)
    names: list[str] = []
    for word in [*words, *numbered]:
        place = read_place(word)
        places.append(place)
        names.append(place.name or word)
    found = recognise("\n".join(dict.fromkeys(names)))
    links = [url for _kind, url in found.links]
    kept = [one for one in found.identifiers if one[0] != "url"]
    left = " ".join(rest) if rest else ""
    return write_down(kept, links).splitlines(), places, left


def _join_places(found: Pasted, places: list[Place]) -> Pasted:
    """Fill in what the addresses themselves say; the words of the text go first."""
    for place in places:
        found = replace(
            found,
            title=found.title or place.title,
            venue=found.venue or place.venue,
            year=found.year or place.year,
        )
    return found
