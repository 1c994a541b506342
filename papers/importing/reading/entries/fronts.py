"""What stands before a title in lists of meetings: the day, and who presents.

"Mar 4 (Ann): Title", "**2021-03-04** - Ann - Title", "1.03.2023: A. Lee, B. Ek: Title". A day is
when the paper was discussed; only where nobody presents and no other year is told, and the title is
no link, may it be when the paper came out.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from papers.importing.reading.entries.entry import NO_NAMES, Entry
from papers.importing.reading.entries.entry_titles import slanted_title
from papers.importing.reading.entries.facts import HASHTAG
from papers.importing.reading.entries.who_reads import split_people
from papers.importing.reading.labels.meanings import meaning_of
from papers.importing.reading.outline.pieces import Piece, plain
from papers.text.citation_parts import family_names
from papers.text.dates import NUMBERED_TIME, day_end
from papers.text.identifiers import identify
from papers.text.names import ET_AL, split_names
from papers.text.sources import read_source
from papers.text.venues import bracket_venue, find_venue, is_venue_tag, venue_year
from papers.text.wording import looks_like_name, words

_SHORT = re.compile(r"\s*\d\d[/.-]\d\d[/.-]\d\d(?!\d)")
_AFTER = re.compile(r"[)\]]?\s*(?:[:：|,)\]]|\.(?=\s|$)|[-–—](?=\s)|(?=[(（])|$)\s*")
_NAME_NEXT = re.compile(
    r"\s+(?=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,5}\s*(?:[《「『\"“:：]|$)|"
    r"[^\W\d_][\w.'’ -]{1,30}\s*[:：])"
)
_DAY_AND_NAME = re.compile(r"\s*[(\[]([^()\[\]]{3,20}?),\s*([^\d()\[\],]{2,30})[)\]][:.]?\s+(?=\S)")
""" "(Oct 12, Ann) Title"."""
_SPACED = re.compile(
    r"^\s*([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,5})(?:\s+(?=[《「『\"“])|\s*[:：]\s*)"
)
_BRACKETED = re.compile(r"^\s*[(（]([^()（）]{2,40})[)）]\s*[:：.–—-]?\s*")
_NAMED = re.compile(r"^\s*([^\W\d_][^\n|:：–—]{1,30}?)\s*(?:\||\s[-–—]\s|[:：])\s*(?=\S)")
_LABELLED = re.compile(
    r"^\s*([^\W\d_][\w ]{1,18})\s*[:：]\s*([^:：|–—\n]{2,40}?)\s*(?:[|–—]|\s-\s|,\s(?=$)|:)\s*"
)
_VERB = re.compile(
    r"\s+(?:presents|presented|presenting|will present|leads|led|on|talks about|stellt vor|"
    r"présente|presenta)$",
    re.IGNORECASE,
)
FEW = 3
"""Words of a name at most, and entries from which on repeated names are those of presenters."""


def cut_day(entry: Entry, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of an entry without the day that they begin with, and without who is named behind
    it; both are noted in the entry.
    """
    found = list(pieces)
    while found and not found[0].text.strip() and not found[0].is_link:
        del found[0]
    if not found or found[0].is_link or found[0].code or _SHORT.match(found[0].text):
        return list(pieces)
    first = found[0]
    told = _DAY_AND_NAME.match(first.text)
    if told and day_end(told[1]) == len(told[1].rstrip()) and looks_like_name(told[2]):
        entry.front = told[1]
        entry.members.append(told[2].strip())
        return [replace(first, text=first.text[told.end() :]), *found[1:]]
    lead = len(first.text) - len(first.text.lstrip(" (["))
    end = day_end(first.text[lead:]) or _numbered_end(first.text[lead:])
    after = _AFTER.match(first.text, lead + end) if end else None
    if end and after is None:
        after = _NAME_NEXT.match(first.text, lead + end)
    rest = [replace(first, text=first.text[after.end() :]) if after else first, *found[1:]]
    if after is None or not words(plain(rest)):
        return list(pieces)
    entry.front = first.text[lead : lead + end].strip()
    while rest and not rest[0].text.strip(" :：,–—|-)") and not rest[0].is_link:
        del rest[0]
    return _cut_name(entry, rest)


def front_end(text: str) -> int:
    """Where the day or the number of a meeting that a text begins with ends, with its marks and a
    name in scripts without blanks.
    """
    end = day_end(text) or _numbered_end(text)
    after = (_AFTER.match(text, end) or _NAME_NEXT.match(text, end)) if end else None
    named = _SPACED.match(text[after.end() :]) if after else None
    return after.end() + (named.end() if named else 0) if after else 0


_AFTER_NUMBER = re.compile(r"\s*(?:[(（][^()（）]{2,30}[)）])?(?=\s*(?:[:：.|–—-]|$))")


def _numbered_end(text: str) -> int:
    """Where "Week 3" or "Week 3 (Feb 1)" ends, 0 where a text does not begin so."""
    found = NUMBERED_TIME.match(text)
    after = _AFTER_NUMBER.match(text, found.end()) if found else None
    return after.end() if after else 0


def _cut_name(entry: Entry, pieces: list[Piece]) -> list[Piece]:
    """A name in brackets behind the day, or between it and a title that is no link."""
    if not pieces or pieces[0].is_link:
        return pieces
    first = replace(pieces[0], text=pieces[0].text.lstrip(" :：,–—|-)"))
    if (told := _LABELLED.match(first.text)) and meaning_of(told[1]) == "member":
        # "14/01, speaker: Ann - Title"
        if people := split_people(told[2]):
            entry.members.extend(people)
            first = replace(first, text=first.text[told.end() :])
        return [one for one in (first, *pieces[1:]) if one.text.strip() or one.is_link]
    if (told := _NAMED.match(first.text)) and looks_like_name(told[1]):
        # "14/01 - Ann: Lee et al., *Title*"
        rest = [replace(first, text=first.text[told.end() :]), *pieces[1:]]
        if len(words(told[1])) <= FEW and slanted_title(rest) and not slanted_title(pieces):
            entry.members.append(told[1].strip().lstrip("@"))
            return rest
    found = _BRACKETED.match(first.text) or _SPACED.match(first.text)
    if found and looks_like_name(found[1]) and len(words(found[1])) <= FEW:
        entry.members.append(found[1].strip().lstrip("@"))
        first = replace(first, text=first.text[found.end() :])
    return [first, *pieces[1:]]


def note_lead(entry: Entry, text: str) -> None:
    """Note the name that a plain title may begin with: "Ann: Title"; it is settled at the end."""
    found = _NAMED.match(text)
    if found and looks_like_name(found[1]) and len(words(found[1])) <= FEW:
        entry.lead = found[0]
        entry.lead_name = found[1].strip().lstrip("@")


_KEY = re.compile(r"^\s*\[([^\W\d_][\w+. ]{0,24}?[ +-]?\d\d(?:\d\d)?[a-z]?)\]\s*[:.]?\s*")
_DASHED_KEY = re.compile(
    r"([A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]{2,20})((?:18|19|20)\d\d)(?:[a-z]|[A-Z]{1,5})?\s+[-–—]\s+(?=\S)"
)


def cut_key(entry: Entry, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of an entry without the key that a bibliography gives it: "[Lee19]",
    "Lee2019JEB - Title".
    """
    found = list(pieces)
    first = next((i for i, piece in enumerate(found) if piece.text.strip()), None)
    dashed = None if first is None else _DASHED_KEY.match(found[first].text)
    if first is not None and dashed and not find_venue(dashed[0]):
        entry.authors, entry.year = (dashed[1],), int(dashed[2])
        entry.left_words.append(dashed[0])
        found[first] = replace(found[first], text=found[first].text[dashed.end() :])
        return found
    if first is None or found[first].is_link or not (key := _KEY.match(found[first].text)):
        return found
    letters = re.sub(r"[ +-]?\d+[a-z]?$", "", key[1])
    if find_venue(key[1]) or letters.isupper() or not any(c.islower() for c in letters):
        return found
    entry.left_words.append(key[1])
    entry.year = entry.year or venue_year(key[1])
    rest = replace(found[first], text=found[first].text[key.end() :])
    return [*found[:first], *([rest] if rest.text.strip() else []), *found[first + 1 :]]


def presenter(text: str) -> str:
    """Who is named between a day and a linked title: "Ann", "Ann presented", "" for nobody."""
    bare = _VERB.sub("", text.strip(" \t,.;:：|·–—-()"))
    is_one = looks_like_name(bare) and len(words(bare)) <= FEW and not ET_AL.search(text)
    return bare.lstrip("@") if is_one else ""


_LEAD_BRACKET = re.compile(r"^\s*[\[(【（]([^\[\]()【】（）]{2,40})[\])】）]\s*[-–—:.]?\s*(?=\S)")


def cut_brackets(entry: Entry, text: str) -> str:
    """A text without brackets before it that hold a year or a venue: "[2020][NeurIPS] Title"."""
    while found := _LEAD_BRACKET.match(text):
        inner = found[1].strip()
        if re.fullmatch(r"(?:19|20)\d\d", inner):
            entry.year = entry.year or int(inner)
        elif tag := bracket_venue(inner):
            entry.add_venue(tag)
            entry.left_words.append(inner.replace(tag, ""))
        elif _is_nickname(found[0], inner, text[found.end() :]):
            entry.bracket = "; ".join(part for part in (entry.bracket, inner) if part)
        else:
            break
        text = text[found.end() :]
    return text


def _is_nickname(written: str, inner: str, rest: str) -> bool:
    """ "[DIN] Deep Interest Network": a word or two in square brackets before a whole title."""
    return (
        written.strip()[:1] in "[【"
        and len(words(inner)) <= 3
        and len(words(rest.split(". ")[0])) >= 3
        and identify(inner) == NO_NAMES
    )


_COLUMNS = re.compile(r"(?:\[\d{1,4}\]\s*)?((?:19|20)\d\d)[-_ ]([A-Za-z]{2,12})[-_：: ]+(?=\S)")
_HANDLE_LAST = re.compile(r"\s@([A-Za-z][\w-]{0,38})$")


def cut_columns(entry: Entry, text: str) -> str:
    """A text without its hashtags, and without "2021-ICML-" before it."""
    entry.subjects.extend(HASHTAG.findall(text))
    text = HASHTAG.sub("", text).strip()
    while found := _HANDLE_LAST.search(text):
        entry.members.append(found[1])
        text = text[: found.start()]
    if (found := _COLUMNS.match(text)) and is_venue_tag(found[2]):
        entry.year = int(found[1])
        entry.add_venue(found[2])
        text = text[found.end() :]
    return text


_PLACE_FIRST = re.compile(
    r"(?::\w+:|\W)*((?:[A-Z][\w&/-]*|arXiv)(?:\s[A-Z][\w&/-]*){0,3}),?\s((?:19|20)\d\d)(?:\.\d{1,2})?"
    r"(?:,?\s*\(?(?i:oral|spotlight|poster|best paper)\)?)?([,.])\s+(?=[A-Z])"
)


def cut_place(entry: Entry, text: str) -> str:
    """A text without the venue and year before it: "Science Robotics 2022, Title"."""
    found = _PLACE_FIRST.match(text)
    if found is None:
        return text
    dated = f"{found[1]} {found[2]}"
    if found[3] == "." and family_names(found[1]):
        return text  # "Abel 1998. Title."
    if (names := split_names(found[1])) and not read_source(dated).venue:
        entry.authors = entry.authors or names
    else:
        entry.add_venue(dated if find_venue(dated) else found[1])
    entry.year = entry.year or int(found[2])
    return text[found.end() :]
