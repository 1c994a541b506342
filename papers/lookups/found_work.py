"""What a service says of a work, in one shape for all of them. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from papers.text.latex import read_tex

LONGEST = {"title": 1000, "venue": 300, "abstract": 64_000}
MOST_AUTHORS, LONGEST_AUTHOR = 5000, 300

_TAG = re.compile(r"<[^<>]{0,500}>")
_BLOCK = re.compile(r"</?(?:jats:)?(?:p|sec|title|list-item|div|br)\b[^<>]{0,200}>", re.IGNORECASE)
_HEADED = re.compile(
    r"<(?:jats:)?title>\s*(?:Abstract|Summary)\s*</(?:jats:)?title>", re.IGNORECASE
)


class Unreadable(Exception):
    """The answer is not in the service's format."""


class WrongWork(Exception):
    """The service answered with another work than the one asked for."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """Something published about a work: a retraction, correction or concern."""

    kind: str
    name: str
    on: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Facts of a work. `names` are identifiers and addresses, one each; `published_on` and
    `versioned_on` are ISO days. `version` is that of a preprint server, `published_as` the DOI of
    the published version."""

    title: str
    authors: tuple[str, ...] = ()
    abstract: str = ""
    venue: str = ""
    year: int | None = None
    published_on: str = ""
    names: tuple[str, ...] = ()
    version: str = ""
    versioned_on: str = ""
    published_as: str = ""
    amendments: tuple[Amendment, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What a JSON column stores."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The reverse of `as_json`."""
        amendments = tuple(Amendment(**one) for one in data.get("amendments", ()))
        lists = {name: tuple(data.get(name, ())) for name in ("authors", "names")}
        return cls(**{**data, **lists, "amendments": amendments})


@dataclass(frozen=True, slots=True)
class Read:
    """What reading an answer gave: facts, nothing (no such work), or a problem."""

    found: Found | None
    problem: str = ""


def make_found(
    *, title: object, authors: Iterable[object], year: object = None, **facts: Any
) -> Found:
    """Facts within the limits of their fields. Raises Unreadable without a title."""
    line = clean_line(title)[: LONGEST["title"]]
    if not line:
        raise Unreadable("The answer has no title.")
    names = [clean_line(one)[:LONGEST_AUTHOR] for one in authors]
    return Found(
        title=line,
        authors=tuple(name for name in names if name)[:MOST_AUTHORS],
        abstract=clean_text(facts.pop("abstract", ""))[: LONGEST["abstract"]],
        venue=clean_line(facts.pop("venue", ""))[: LONGEST["venue"]],
        year=read_year(year),
        **facts,
    )


def clean_line(value: object) -> str:
    """One line without markup and TeX's accents; "" for anything that is no text."""
    if not isinstance(value, str):
        return ""
    line = " ".join(_strip(value).split()).replace("\0", "")
    return read_tex(line) if "\\" in line else line


def clean_text(value: object) -> str:
    """A text in paragraphs without markup; line ends inside a paragraph are spaces."""
    if not isinstance(value, str):
        return ""
    text = _BLOCK.sub("\n\n", _HEADED.sub("", value))
    paragraphs = re.split(r"\n\s*\n", _strip(text).replace("\0", ""))
    return "\n\n".join(" ".join(one.split()) for one in paragraphs if one.strip())


def _strip(text: str) -> str:
    return html.unescape(_TAG.sub("", text) if "</" in text or "/>" in text else text)


def read_year(value: object) -> int | None:
    """A year that a paper may have, from a number or the start of a text."""
    found = re.match(r"\s*(\d{4})(?!\d)", str(value)) if value is not None else None
    return int(found[1]) if found and 1400 <= int(found[1]) <= 2200 else None


def read_day(value: object) -> str:
    """An ISO day from one that is written, or from [year, month, day]; else ""."""
    if isinstance(value, list):
        numbers = [one for one in value if isinstance(one, int)]
        value = "-".join(f"{one:02d}" for one in numbers) if len(numbers) == 3 else ""
    try:
        return date.fromisoformat(str(value)[:10].replace("/", "-")).isoformat()
    except ValueError:
        return ""
