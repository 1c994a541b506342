"""What stands after the colon of a field: one canonical form, or a sentence why not.

Pure: no Django.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from papers.search.language.remarks import Sentence, gettext_noop
from papers.search.language.search_fields import FIELDS, Field, Values
from papers.text import identifiers, tokens

# What people type for a field of ours, from other systems.
_OTHER_NAMES = {
    "authors": "author",
    "by": "reviewer",
    "category": "topic",
    "conference": "venue",
    "conf": "venue",
    "date": "year",
    "eprint": "arxiv",
    "journal": "venue",
    "label": "topic",
    "order": "sort",
    "reviewed-by": "reviewer",
    "state": "is",
    "status": "is",
    "tag": "topic",
    "text": "abstract",
}
_OTHER_CHOICES = {"follow-up": "followup", "follow_up": "followup", "date": "new", "newest": "new"}
_YEARS = re.compile(
    r"(?P<one>\d{4})"
    r"|(?P<from>\d{4})?\s*(?:\.\.+|…|-|–|~)\s*(?P<to>\d{4})?"
    r"|(?P<sign>>=|<=|>|<|≥|≤)\s*(?P<bound>\d{4})"
)


@dataclass(frozen=True)
class Refused:
    """A value that cannot be used: the sentence to show, and the term as it may have been meant."""

    sentence: Sentence
    suggestion: str = ""


def read_value(field: Field, value: str) -> str | Refused:
    """The value in canonical form; reading a canonical value gives it back."""
    value = " ".join(value.split())
    if not value or (field.values is not Values.YEARS and not tokens.words(value)):
        pattern = gettext_noop("`%(field)s:` needs a value, e.g. `%(example)s`.")
        return Refused(Sentence(pattern, {"field": field.name, "example": field.example}))
    match field.values:
        case Values.YEARS:
            return _read_years(value)
        case Values.CHOICE:
            return _read_choice(field, value)
        case Values.IDENTIFIER:
            return _read_identifier(field, value)
        case Values.NAME:
            folded = value.casefold()
            return folded if folded in field.choices else value.lstrip("@ ")
        case Values.WORDS:
            return value


def year_span(value: str) -> tuple[int, int]:
    """The first and last year of a canonical value, both included; open ends are 0 and 9999."""
    if value.startswith(">="):
        return int(value[2:]), 9999
    if value.startswith("<="):
        return 0, int(value[2:])
    first, _, last = value.partition("..")
    return int(first), int(last or first)


def nearest_field(name: str) -> str:
    """The field that was probably meant, or ""."""
    folded = name.casefold().replace("_", "-")
    return _OTHER_NAMES.get(folded) or nearest(folded, list(FIELDS))


def nearest(word: str, choices: list[str]) -> str:
    """The choice spelled most like the word, or "" if none is near."""
    found = process.extractOne(word[:60], choices, scorer=fuzz.ratio, score_cutoff=70)
    return str(found[0]) if found else ""


def _read_years(value: str) -> str | Refused:
    found = _YEARS.fullmatch(tokens.fold(value).replace("...", ".."))
    if found is None or value.strip(".…-–~ ") == "":
        pattern = gettext_noop(
            "`year:%(value)s` isn't a year. Try `year:2020`, `year:2017..2021` or `year:>=2019`."
        )
        return Refused(Sentence(pattern, {"value": value[:40]}))
    if found["one"]:
        return found["one"]
    if found["sign"]:
        return _bounded(found["sign"], int(found["bound"]))
    if not found["to"]:
        return f">={found['from']}"
    if not found["from"]:
        return f"<={found['to']}"
    first, last = sorted((int(found["from"]), int(found["to"])))
    return f"{first}..{last}" if first < last else str(first)


def _bounded(sign: str, year: int) -> str:
    match sign:
        case ">=" | "≥":
            return f">={year:04}"
        case ">":
            return f">={min(year + 1, 9999):04}"
        case "<":
            return f"<={max(year - 1, 0):04}"
        case _:
            return f"<={year:04}"


def _read_choice(field: Field, value: str) -> str | Refused:
    folded = tokens.fold(value)
    folded = _OTHER_CHOICES.get(folded, folded)
    if folded in field.choices:
        return folded
    near = nearest(folded, list(field.choices))
    known = ", ".join(f"`{name}`" for name in field.choices)
    values = {"field": field.name, "value": value[:40], "near": near, "known": known}
    if near:
        pattern = gettext_noop(
            "Unknown value `%(field)s:%(value)s`. Did you mean `%(field)s:%(near)s`?"
        )
        return Refused(Sentence(pattern, values), f"{field.name}:{near}")
    pattern = gettext_noop("Unknown value `%(field)s:%(value)s`. Use one of %(known)s.")
    return Refused(Sentence(pattern, values))


def _read_identifier(field: Field, value: str) -> str | Refused:
    read = identifiers.arxiv_id if field.name == "arxiv" else identifiers.doi
    found = read(value) or read(f"{field.name}:{value}")
    if found and read(found) == found and not re.search(r"[\s\"“”„«»「」『』*]", found):
        return found
    pattern = gettext_noop("`%(value)s` doesn't look like `%(example)s`.")
    return Refused(Sentence(pattern, {"value": value[:60], "example": field.example}))
