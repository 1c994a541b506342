"""The identifiers and addresses that a pasted text names, without reading the rest. Pure.

Its work is linear in the text, so the site may do it itself where a whole reading comes to nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from papers.catalogue.recognition import recognise, write_down
from papers.importing.reading.pasting.places import Place, read_place
from papers.text.citations import LONGEST as LONGEST_CITATION
from papers.text.identifiers import identify, is_web_url, with_scheme

LONGEST = 100_000
"""Characters that are read; what follows is left out."""

LINK = "link"
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


def read_names(text: str) -> Pasted:
    """Identifiers and addresses alone: what costs next to nothing to read."""
    names, places, _ = take_names(text[:LONGEST_CITATION])
    return join_places(Pasted(LINK if names else "", names=tuple(names)), places)


def take_names(text: str) -> tuple[list[str], list[Place], str]:
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


def join_places(found: Pasted, places: list[Place]) -> Pasted:
    """Fill in what the addresses themselves say; the words of the text go first."""
    for place in places:
        found = replace(
            found,
            title=found.title or place.title,
            venue=found.venue or place.venue,
            year=found.year or place.year,
        )
    return found
