"""RIS records, line by line: a tag of two letters, two blanks, a dash, a value.

The tags are those of Reference Manager's format; writers differ in which they use for one thing,
so each fact has several. Lines without a tag go on from the one before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TAG = re.compile(r"^\ufeff?([A-Z][A-Z0-9]) {1,2}-(?: (.*)|\s*)$")
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
_TITLES, _VENUES = ("TI", "T1", "CT", "BT"), ("T2", "JO", "JF", "JA", "J2", "BT", "C3")
_AUTHORS, _YEARS = ("AU", "A1"), ("PY", "Y1", "DA")
_NAMES = ("DO", "UR", "L1", "L2", "LK", "M3", "AN")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
MOST_RECORDS = 100
"""Records that are read; only the first is shown in full."""


@dataclass(frozen=True, slots=True)
class RisRecord:
    """One record; `names` are DOIs and addresses."""

    title: str = ""
    authors: tuple[str, ...] = ()
    abstract: str = ""
    venue: str = ""
    year: int | None = None
    names: tuple[str, ...] = ()


def is_ris(text: str) -> bool:
    """Whether a text opens with the type of a record."""
    first = text.lstrip("\ufeff \t\r\n").split("\n", 1)[0]
    found = _TAG.match(first.rstrip())
    return bool(found and found[1] == "TY")


def read_ris(text: str) -> list[RisRecord]:
    """The records that have a title, in their order."""
    records: list[RisRecord] = []
    fields: dict[str, list[str]] = {}
    last = ""
    for line in [*text.lstrip("\ufeff").splitlines(), "ER  -"]:
        found = _TAG.match(line.strip())
        if found is None:
            if last and line.strip():
                fields[last][-1] += f" {line.strip()}"
            continue
        last = found[1]
        if last in {"ER", "TY"}:
            if (record := _make(fields)).title:
                records.append(record)
            fields, last = {}, ""
        else:
            fields.setdefault(last, []).append((found[2] or "").strip())
        if len(records) >= MOST_RECORDS:
            break
    return records


def _make(fields: dict[str, list[str]]) -> RisRecord:
    title = _first(fields, _TITLES)
    venues = (_first(fields, (tag,)) for tag in _VENUES)
    years = (_YEAR.search(_first(fields, (tag,))) for tag in _YEARS)
    year = next((found for found in years if found), None)
    return RisRecord(
        title,
        tuple(_spoken(name) for tag in _AUTHORS for name in fields.get(tag, []) if name),
        _first(fields, ("AB", "N2")),
        next((venue for venue in venues if venue and venue != title), ""),
        int(year[0]) if year else None,
        tuple(one for tag in _NAMES for one in fields.get(tag, []) if _is_name(one)),
    )


def _first(fields: dict[str, list[str]], tags: tuple[str, ...]) -> str:
    return next((value for tag in tags for value in fields.get(tag, []) if value), "")


def _is_name(value: str) -> bool:
    return value.lower().startswith(("http://", "https://")) or bool(_DOI.search(value))


def _spoken(name: str) -> str:
    """ "Lee, Ann, Jr." as it is spoken."""
    parts = [part.strip() for part in name.split(",") if part.strip()]
    return " ".join([*parts[1:2], *parts[:1], *parts[2:]])
