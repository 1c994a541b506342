"""Texts that only say where and when a paper appeared."""

import re

from papers.importing.reading.entries.entry import Entry, take_citation
from papers.text.citation_parts import names_and_source
from papers.text.identifiers import identify
from papers.text.names import split_names
from papers.text.sources import read_source
from papers.text.wording import has_verb, is_aside, words

_THESIS = re.compile(
    r"(?:ph\.?\s?d\.?|master|doctoral|bachelor|diploma)\b.{0,5}\b(?:thesis|dissertation)", re.I
)


_VOLUME_BEHIND = re.compile(r"[\s,]*(?:(?:19|20)\d\d\s*;\s*)?\d{1,4}\s*(?:\(\d+\))?\s*[:,]\s*\w?\d")
""" "2021;54:1001", "54(3), 233" behind a slanted journal."""
_YEAR_BEHIND = re.compile(r"\s*[,(]\s*(?:19|20)\d\d\)?")


def took_journal(entry: Entry, text: str) -> bool:
    """Slanted words behind a title whose authors are told: "*Cognition*"."""
    is_told = bool(entry.authors) and not entry.venues and is_journal(text)
    entry.add_venue(text.strip(" .,") if is_told else "")
    return is_told


def is_journal(text: str) -> bool:
    """Whether slanted words behind authors and a title may name where it appeared."""
    name = text.strip(" .,")
    is_name = name[:1].isupper() or sum(map(str.isupper, name)) > 0
    return is_name and 0 < len(words(name)) <= 12 and not (has_verb(name) or is_aside(name))


def has_volume(text: str, behind: str) -> bool:
    """Whether slanted words are a journal by the volume and the pages behind them."""
    return _VOLUME_BEHIND.match(behind) is not None and is_journal(text)


def took_source(entry: Entry, text: str, behind: str = "") -> bool:
    """ "Nature Chemistry 12, 891 (2020)" in italics: where the paper appeared; the year may stand
    behind them.
    """
    if has_volume(text, behind):
        entry.add_venue(text.strip(" .,"))
        return True
    if dated := _YEAR_BEHIND.match(behind):
        named = read_source(f"{text}{dated[0]}", is_sure=True).venue
        if named == text.strip(" .,") and not split_names(named):
            entry.add_venue(named)
            return True
    source = read_source(text) if len(words(text)) <= 20 and any(map(str.isdigit, text)) else None
    if source is None or not source.venue or not source.year or split_names(source.venue):
        return False
    entry.add_venue(source.venue)
    entry.year = entry.year or source.year
    entry.left_words.append(source.rest)
    return True


def took_appearance(entry: Entry, text: str, *, is_sure: bool = False) -> bool:
    """ "In proceedings of the Conference on X, 2016.": a text that only says where and when.

    `is_sure` says that it stands behind authors and their title.
    """
    if (told := names_and_source(text)) and told.venue and told.year and not has_verb(text):
        take_citation(entry, told)  # "Lee A, Ek B. Crit Care Med 2022; 50: 811-820."
        return True
    source = read_source(text, is_sure=is_sure)
    year = source.year or (entry.year if is_sure else None)
    is_told = bool(source.venue or _THESIS.match(text)) and year is not None
    if not is_told or has_verb(text) or len(words(text)) > 40 or len(words(source.rest)) > 14:
        return False
    if source.venue:
        entry.add_venue(source.venue)
    entry.ids = entry.ids.join(identify(text))
    entry.year = entry.year or source.year
    entry.left_words.append(source.rest)
    return True
