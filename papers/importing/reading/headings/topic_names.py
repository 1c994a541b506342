"""The subject that a heading names, without its number, day or ordinal."""

import re
from collections.abc import Iterable
from datetime import date

from papers.importing.reading.outline.document import Section
from papers.importing.reading.outline.pieces import plain
from papers.text.dates import NUMBERED_TIME, Dated, day_end, find_date, without_weekday
from papers.text.wording import heading_name, words

TRIMMED = " -–—:：,|"


_NUMBERED = re.compile(
    rf"^(?:(?:{NUMBERED_TIME.pattern})\s*(?:[(（][^()（）]*[)）]\s*)?|"
    r"(?:sitzung|treffen|termin|session|séance|sesión|sessão)\s*[(（][^()（）]*[)）]\s*)"
    r"[:：.,|\-–—]\s*(?=\S)",
    re.IGNORECASE,
)


_BARE_NUMBER = re.compile(r"^\d{1,2}\s+(?=\S)")


_ORDINAL = re.compile(
    r"^(?:[IVX]{1,4}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|[A-Z][.)]|[一二三四五六七八九十]{1,3}[、.．]|"
    r"第[一二三四五六七八九十\d]{1,3}[章节部分]+|(?:part|chapter|section|module|unit|teil|kapitel|partie|"
    r"chapitre|parte|capítulo)\s+(?:\d{1,2}|[IVX]{1,4})\s*[:.\-–—])\s*(?=\S)",
    re.IGNORECASE,
)


_COUNTED = re.compile(r"\s*[(（\[]\s*\d{1,3}(?:\s*(?:papers?|articles?|篇|本|件|편))?\s*[)）\]]$")
""" "Pruning (12)": how many papers stand below."""


def topic_name(text: str, *, is_numbered: bool = False, is_counted: bool = False) -> str:
    """The subject that a heading names: "Week 3: Graphs" is about graphs; `is_numbered` says that
    its sisters begin with numbers too, `is_counted` that they end with how many papers they hold.
    """
    name = heading_name(text)
    name = _COUNTED.sub("", name) if is_counted else name
    if dated := _day_before(name):
        rest = name[dated.end :].lstrip(" >])")
        rest = without_weekday(rest).lstrip(" >])")
        return rest.strip(TRIMMED) or name
    if end := day_end(name):
        rest = name[end:].lstrip()
        return rest.strip(TRIMMED) if rest[:1] in (":", "：") and words(rest) else name
    if is_numbered:
        name = _BARE_NUMBER.sub("", name)
    rest = _ORDINAL.sub("", _NUMBERED.sub("", name))
    return rest if words(rest) else name


def _day_before(name: str) -> Dated | None:
    """The day that a heading begins with."""
    dated = find_date(name)
    begins = dated is not None and not name[: dated.start].strip(" <[(")
    return dated if dated and dated.on and begins else None


def day_of_topic(name: str) -> date | None:
    """The day of a heading that says when and about what."""
    dated = _day_before(name)
    return dated.on if dated and topic_name(name) != name else None


def numbered_headings(sections: Iterable[Section]) -> set[int]:
    """Headings that begin with a bare number, as most of their level do: "2 Object detection"."""
    return _alike(sections, _BARE_NUMBER)


def counted_headings(sections: Iterable[Section]) -> set[int]:
    """Headings that end with a number in brackets, as others of their level do: "Pruning (12)"."""
    return _alike(sections, _COUNTED)


def _alike(sections: Iterable[Section], shape: re.Pattern[str]) -> set[int]:
    """Headings of one shape, where their level has more than one of them."""
    levels: dict[int, list[int]] = {}
    for section in sections:
        if shape.search(heading_name(plain(section.pieces))):
            levels.setdefault(section.level, []).append(section.number)
    return {number for ones in levels.values() if len(ones) > 1 for number in ones}
