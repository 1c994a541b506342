"""What somebody pasted to add one paper: an identifier, address, entry, citation or title.

Pure, and without network: only what the text itself says.
"""

from __future__ import annotations

from dataclasses import replace

from papers.catalogue.recognition import write_down
from papers.importing.reading.bibliographies.bibliography import read_bibliography
from papers.importing.reading.bibliographies.bibtex_records import is_bibtex
from papers.importing.reading.bibliographies.ris_records import is_ris, read_ris
from papers.importing.reading.pasting.pasted_identifiers import (
    LINK,
    LONGEST,
    Pasted,
    join_places,
    take_names,
)
from papers.text.citations import LONGEST as LONGEST_CITATION
from papers.text.citations import read_citation
from papers.text.titles import clean_title

LONGEST_TITLE = 1_000
BIBTEX, RIS, CITATION, TITLE = "bibtex", "ris", "citation", "title"


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
    names, _places, _rest = take_names(" ".join(first.names))
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
    names, places, rest = take_names(text)
    found = Pasted(LINK if names else "", names=tuple(names))
    if any(map(str.isalnum, rest)):
        found = _read_words(rest, found)
    return join_places(found, places)


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
