"""The subject that a heading names, without its number, day or ordinal."""

import re
from collections.abc import Iterable

from papers.importing.reading.outline.document import Section
from papers.importing.reading.outline.pieces import plain
from papers.text.dates import NUMBERED_TIME, day_end, find_date, without_weekday
from papers.text.wording import heading_name, words

TRIMMED = " -–—:：,|"


_NUMBERED = re.compile(
    rf"^(?:{NUMBERED_TIME.pattern})\s*(?:[(（][^()（）]*[)）]\s*)?[:：.,|\-–—]\s*(?=\S)",
    re.IGNORECASE,
)


_BARE_NUMBER = re.compile(r"^\d{1,2}\s+(?=\S)")


_ORDINAL = re.compile(
    r"^(?:[IVX]{1,4}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|[A-Z][.)]|[一二三四五六七八九十]{1,3}[、.．]|"
    r"第[一二三四五六七八九十\d]{1,3}[章节部分]+|(?:part|chapter|section|module|unit|teil|kapitel|partie|"
    r"chapitre|parte|capítulo)\s+(?:\d{1,2}|[IVX]{1,4})\s*[:.\-–—])\s*(?=\S)",
    re.IGNORECASE,
)


def topic_name(text: str, *, is_numbered: bool = False) -> str:
    """The subject that a heading names: "Week 3: Graphs" is about graphs; `is_numbered` says that
    its sisters begin with numbers too.
    """
    name = heading_name(text)
    dated = find_date(name)
    if dated and dated.on and len(name[: dated.start].strip(" <[(")) == 0:
        rest = name[dated.end :].lstrip(" >])")
        rest = without_weekday(rest).lstrip(" >])")
        return rest.strip(TRIMMED) or name
    if day_end(name):
        return name
    if is_numbered:
        name = _BARE_NUMBER.sub("", name)
    rest = _ORDINAL.sub("", _NUMBERED.sub("", name))
    return rest if words(rest) else name


def numbered_headings(sections: Iterable[Section]) -> set[int]:
    """Headings that begin with a bare number, as most of their level do: "2 Object detection"."""
    levels: dict[int, list[int]] = {}
    for section in sections:
        if _BARE_NUMBER.match(heading_name(plain(section.pieces))):
            levels.setdefault(section.level, []).append(section.number)
    return {number for ones in levels.values() if len(ones) > 1 for number in ones}
