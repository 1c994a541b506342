"""Dates and years as people write them beside a paper or over a meeting."""

import re
from dataclasses import dataclass
from datetime import date

from papers.text.memoizing import memoize

# English, German, French, Spanish, Portuguese and Italian; the longer of two forms stands first.
_MONTHS = (
    "jan(?:uary|uar|vier|eiro)?|jänner|enero|gennaio|январ[ья]|янв",
    "feb(?:ruary|ruar|rero|braio)?|février|fevrier|fevereiro|феврал[ья]|фев",
    "mar(?:ch|s|zo|ço)?|märz|марта?",
    "apr(?:ile|il)?|avril|abril|апрел[ья]|апр", "mayo|may|maio|mai|maggio|ма[йя]",
    "jun(?:ho|io|e|i)?|juin|giugno|июн[ья]",
    "jul(?:ho|io|y|i)?|juillet|luglio|июл[ья]", "aug(?:ust)?|août|aout|agosto|августа?|авг",
    "sept?(?:ember|embre|iembre)?|setembro|settembre|сентябр[ья]|сен",
    "oct(?:ober|obre|ubre)?|okt(?:ober)?|outubro|ottobre|октябр[ья]|окт",
    "nov(?:ember|embre|iembre|embro)?|ноябр[ья]|ноя",
    "dec(?:ember|embre)?|dez(?:ember|embro)?|décembre|diciembre|dicembre|декабр[ья]|дек",
)  # fmt: skip
_MONTH = "(?P<month>" + "|".join(_MONTHS) + r")\b\.?"
_YEAR = r"(?P<year>(?:19[5-9]\d|20[0-4]\d))(?!\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º|°)?\b"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\w){_MONTH}\s*+{_DAY}\s*+[.,]?\s*+,?\s*+{_YEAR}",
        (
            rf"(?<![\w.]){_DAY}\.?\s*+(?:(?:of|de|del|di)\s++)?{_MONTH}\s*+,?\s*+"
            rf"(?:(?:de|del)\s++)?{_YEAR}"
        ),
        rf"(?<!\w){_MONTH}\s*+['’,.]?\s*+{_YEAR}",
        rf"(?<![\w.]){_DAY}\s*+[-/ ]\s*+{_MONTH}\s*+[-/ ]\s*+{_YEAR}",
        rf"(?<![\w.]){_DAY}-{_MONTH}-(?P<short>\d\d)(?!\d)",
        (
            rf"(?<![\w./-]){_YEAR}\s*+[-/.年]\s*+(?P<number>[01]?\d)\s*+[-/.月]\s*+(?P<day>[0-3]?\d)日?"
            r"(?![\d])"
        ),
        rf"(?<![\w./-])(?P<day>[0-3]?\d)\.(?P<number>[01]?\d)\.{_YEAR}",
        rf"(?<![\w./-])(?P<number>[01]?\d)/(?P<day>[0-3]?\d)/{_YEAR}",
        rf"(?<![\w./-])(?P<day>1[3-9]|2\d|3[01])[/-](?P<number>[01]?\d)[/-]{_YEAR}",
        rf"(?<![\w./-])(?P<day>[0-3]?\d)-(?P<number>[01]?\d)-{_YEAR}",
        r"(?<![\w./-])(?P<number>[01]?\d)/(?P<day>[0-3]?\d)/(?P<short>\d\d)(?![\d/])",
        rf"(?<![\w./-]){_YEAR}\s*+[-/年]\s*+(?P<number>[01]?\d)月?(?![\d.])",
        rf"(?<![\w./-]){_YEAR}\.(?P<number>0[1-9]|1[0-2])(?![\d.])",
        rf"(?<![\w./-])(?P<number>0?[1-9]|1[0-2])\.{_YEAR}(?![.\d])",
        rf"(?<![\w./-]){_YEAR}\s*+{_MONTH}",
        rf"(?<![\w./'’:–-]){_YEAR}年?(?![\w./–-]\d)(?!\w)",
    )
)
_SHORT = re.compile(r"^\s*(?P<year>\d\d)[/.-](?P<number>[01]?\d)[/.-](?P<day>[0-3]?\d)(?!\d)")
_WEEKDAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|"
    "freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|"
    "miércoles|jueves|viernes|sábado|domingo|mon|tues?|wed|thurs?|thu|fri|sat|sun|"
    "[月火水木金土日]曜日?|星期[一二三四五六日天]|[월화수목금토일]요일"
)
_NAMES = (
    "spring|summer|autumn|fall|winter|weeks|week|semester|session|meeting|quarter|q[1-4]|"
    f"term|month|year|day|{_WEEKDAYS}|sitzung|termin|treffen|séance|sesión|reunión|kw|"
    "lesson|lecture|class|seminar|vorlesung|leçon|cours|rencontre|lección|clase|encuentro|aula|"
    "encontro|lezione|incontro|занятие|семинар|встреча|"
    "of|del|de|den|le|el|am|the|"
    "academic|michaelmas|hilary|trinity|lent|frühling|frühjahr|herbst|sommersemester|"
    "wintersemester|sommer|wise|sose|hs|fs|printemps|été|automne|hiver|semestre|trimestre|"
    "primavera|verano|otoño|invierno|outono|春季|夏季|秋季|冬季|学期|学年|上半年|下半年|前期|後期|"
    "весна|весенний|осень|осенний|зима|лето|семестр|[春夏秋冬上下]|학기|상반기|하반기|봄|여름|가을|겨울|h[12]|ws|ss|年度|年|月|日|週|第|回|周|季|주차|주|년|월|일|차"
)
# No word is taken apart again: "monday" is "mon" and "day" too, and so on without an end.
_DATE_WORD = re.compile(
    rf"(?:\d++(?:st|nd|rd|th|er)?|{'|'.join(_MONTHS)}|{_NAMES}|"
    rf"[-–—/.,:()（）<>~'’\s])++",
    re.IGNORECASE,
)
DATE_WORDS = re.compile(
    rf"\b(?:(?:{'|'.join(_MONTHS)})\b\.?|\d++(?:st|nd|rd|th)?)(?:[\s.,/–—-]+\d++(?:st|nd|rd|th)?)*",
    re.IGNORECASE,
)
"""Months and numbers within a text."""
MONTH = (
    r"(?:(?:0?[1-9]|1[0-2])[-/.]\s?|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z.]*\s)?"
)
"""A month that may stand before a year: "01-2025", "Jan 2025"."""
_DAY_ALONE = re.compile(
    rf"\s*(?:(?:{_WEEKDAYS})[.,]?\s+)?(?:{_MONTH}\s*+{_DAY}|"
    rf"{_DAY.replace('day', 'first')}\.?\s*+(?:(?:of|de|del|di)\s++)?"
    rf"{_MONTH.replace('month', 'name')}|"
    r"[0-3]?\d/[0-3]?\d|[0-3]?\d\.[01]?\d\.|[01]?\d\.[0-3]?\d(?=\s+[\u4e00-\u9fff]{2,4}\s*[:：])|[01]?\d[月월]\s?[0-3]?\d[日号일])(?![\d/])",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    rf"[\s(\[]*(?:(?:{_WEEKDAYS})[.,]*\s*)?(?:(?:den|am|le|el|the)\s+)?", re.IGNORECASE
)
NUMBERED_TIME = re.compile(
    r"(?:week|session|meeting|day|lecture|lesson|class|talk|no\.?|第|semana|sesi[óo]n|sess[ãa]o|semaine|séance|woche|"
    r"sitzung|treffen|settimana|incontro|encontro|aula|leçon|rencontre|lección|encuentro|lezione|reuni[óo]n|reuni[ãa]o|clase|cours|vorlesung|неделя|семинар|занятие)\s*#?\d+\s*(?:回|次|周|週|讲|期)?|\d+\s*(?:주차|회차|"
    r"회|주)",
    re.IGNORECASE,
)
"""A meeting by its number: "Week 3", "第5回", "3주차"."""
_CLOCK = re.compile(
    r"\b(?:\d{1,2}[:h]\d\d(?:\s?[ap]m)?|\d{1,2}\s?(?:[ap]m|uhr|h))\b"
    r"(?:\s+(?:until|till|bis|to|à|a)\b)?(?:\s*\(?(?:utc|gmt|[ce]e?s?t|jst|kst)\b[\s+\d:)-]*)?",
    re.IGNORECASE,
)
"""A time of day: "12:00", "3 pm to", "14h30 (UTC + 1)"."""
_HAS_NUMBER = re.compile(r"\d")
_HAS_SHORT = re.compile(r"\d-[A-Za-z]{3,9}-\d\d|\d/\d{1,2}/\d\d(?!\d)")
_HAS_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date found in a text; month and day only when they are said."""

    year: int
    on: date | None
    start: int
    end: int


@memoize(4096)
def find_date(text: str, *, short: bool = False) -> Dated | None:
    """The most exact date in a text; `short` also reads YY/MM/DD at its beginning."""
    if short and (found := _SHORT.match(text)):
        return _dated(found, 2000)
    if not _HAS_YEAR.search(text) and not _HAS_SHORT.search(text):
        return None
    for pattern in _PATTERNS:
        if found := pattern.search(text):
            return _dated(found, 0)
    return None


def day_end(text: str) -> int:
    """Where a day that a text begins with ends, whether a year is said or not; 0 for none.

    "Mar 4 - Ann" has one of six letters, "2021-03-04: Title" one of ten, "March 2021" has none.
    """
    dated = find_date(text)
    if dated is not None and dated.on is not None and _WEEKDAY.fullmatch(text[: dated.start]):
        return dated.end
    found = _DAY_ALONE.match(text)
    return found.end() if found else 0


def without_weekday(text: str) -> str:
    """A text without a weekday at its beginning."""
    found = _WEEKDAY.match(text)
    return text[found.end() :] if found else text


def _dated(found: re.Match[str], century: int) -> Dated:
    parts = found.groupdict()
    short = parts.get("short")
    year = (
        (int(short) + (2000 if int(short) < 70 else 1900))
        if short
        else century + int(parts["year"])
    )
    number = parts.get("number")
    month = int(number) if number else _month_number(parts.get("month") or "")
    day = int(parts.get("day") or 0)
    on = None
    if month > 12 and day <= 12:
        month, day = day, month
    if month and day:
        try:
            on = date(year, month, day)
        except ValueError:
            on = None
    return Dated(year, on, found.start(), found.end())


def _month_number(name: str) -> int:
    if not name:
        return 0
    return next(n for n, month in enumerate(_MONTHS, 1) if re.match(month, name, re.IGNORECASE))


def names_a_time(text: str) -> bool:
    """Whether a heading names nothing but a date, month, semester, week or meeting number."""
    text = _CLOCK.sub(" 1 ", text.strip(" #*_"))
    return bool(text) and bool(_HAS_NUMBER.search(text) or find_date(text)) and bool(
        _DATE_WORD.fullmatch(text)
    )  # fmt: skip


_WEEKLY = re.compile(
    rf"\b(?:{_WEEKDAYS})s\b|\b(?:every|each|chaque|jeden|jede|cada|todos|ogni)\b.{{0,20}}\b(?:{_WEEKDAYS})\b|"
    "毎週|每周|매주",
    re.IGNORECASE,
)


def tells_every_week(text: str) -> bool:
    """Whether a text says when one meets: "Every other Friday, 3 pm to 4 pm"."""
    return _CLOCK.search(text) is not None and _WEEKLY.search(text) is not None
