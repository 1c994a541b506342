"""Members whom headings name: by wording, as sisters of one kind, or behind a day."""

import re
from collections.abc import Iterable, Sequence

from papers.importing.reading.headings.roles import Roles, parent_of
from papers.importing.reading.headings.topic_names import TRIMMED
from papers.importing.reading.labels.meanings import meaning_of
from papers.importing.reading.outline.document import Section
from papers.importing.reading.outline.pieces import plain
from papers.text.cancelled import is_cancelled
from papers.text.dates import NUMBERED_TIME, day_end, find_date, names_a_time, without_weekday
from papers.text.identifiers import host
from papers.text.names import is_person, split_names
from papers.text.titles import clean_title
from papers.text.wording import SMALL_WORDS, heading_name, looks_like_name, names_no_subject, words

_BY = re.compile(
    r"^(?:proposed|suggested|presented|picked|chosen|recommended|read|reviewed|maintained|owned|"
    r"led|curated|contributed|added|submitted|notes|papers?|list|reading list|picks?|choices?|"
    r"readings?|favou?rites?|suggestions?|proposals?|recommendations?|selections?)\s+(?:by|from|of)\s*:?\s+"
    r"@?(.+?)\s*:?\s*$|^(?:members?|presenters?|reviewers?|speakers?|readers?|owners?|names?|担当|"
    r"担当者|発表者|발표자|담당|报告人)\s*[:：]\s*@?(.+?)\s*$",
    re.IGNORECASE,
)


_POSSESSIVE = re.compile(
    r"^@?(.+?)['’]s?(?:\s+(?:\w+\s+){0,2}(?:list|papers?|picks?|readings?|reading list|notes|"
    r"choices?|"
    r"queue|suggestions?|proposals?))?\s*:?$",
    re.IGNORECASE,
)


_HANDLE = re.compile(r"^@\s*([^@\s][^@()]{0,40}?)\s*[:：]?$")


def member_named(section: Section) -> str:
    """The member whom a heading names, or ""."""
    text = clean_title(plain(section.pieces)).strip()
    link = next((piece for piece in section.pieces if piece.is_link), None)
    if link and host(link.url or "") == "github.com" and len((link.url or "").split("/")) == 4:
        return link.text.strip().lstrip("@")
    if found := _HANDLE.match(text):
        return found[1].strip()
    found = _BY.match(text) or _POSSESSIVE.match(text)
    name = next((group for group in found.groups() if group), "").strip() if found else ""
    is_name = looks_like_name(name) and not names_no_subject(name)
    return name if name and is_name and words(name)[0].casefold() not in SMALL_WORDS else ""


def person_of_day(name: str) -> str:
    """Who is named behind a day: "4 March 2022 - Ann", "2022-03-04 (Ann)"."""
    if names_a_time(name):
        return ""
    found = find_date(name)
    rest = f"{name[: found.start]} {name[found.end :]}" if found and found.on else name
    if rest == name:
        rest = name[day_end(name) :]
    rest = without_weekday(rest.strip(" <>[]")).strip(" <>[]") if rest != name else rest
    rest = NUMBERED_TIME.sub(" ", rest.strip(" -–—:：,|"), count=1)
    if (end := day_end(rest.lstrip(" (["))) and rest != name:
        rest = rest.lstrip(" ([")[end:].lstrip(" )]")  # "Week 1 (11 Oct) - Ann"
    if rest.strip(TRIMMED) == name.strip(TRIMMED):
        return ""
    rest = rest.strip(" -–—:：,()[]（）|")
    label, colon, value = rest.replace("：", ":").partition(":")
    if colon and meaning_of(label.strip(" -–—()")) == "member":
        rest = value.strip()
    is_one = is_person(rest) or (len(words(rest)) == 1 and looks_like_name(rest))
    return (
        rest.lstrip("@") if is_one and not names_no_subject(rest) and len(words(rest)) <= 3 else ""
    )


_SUBJECT = re.compile(
    r"(?:[A-Z]{2,}s?|.*(?:ics|ing|ion|ment|ity|ness|ases|ems|els|ology|ography|vision|ers|ods))"
)


def numbered_subjects(sections: Iterable[Section]) -> set[int]:
    """Headings like "Week 3: Graphs" where not all of their level name a person there."""
    found: dict[int, list[tuple[int, bool]]] = {}
    for section in sections:
        name = clean_title(plain(section.pieces))
        is_held = not names_a_time(name) and not is_cancelled(name)
        if NUMBERED_TIME.match(name) and is_held:
            who = person_of_day(name)
            is_name = bool(who) and not any(_SUBJECT.fullmatch(word) for word in words(who))
            found.setdefault(section.level, []).append((section.number, is_name))
    return {
        number
        for ones in found.values()
        if not all(is_name for _, is_name in ones)
        for number, _ in ones
    }


def find_members(sections: Sequence[Section], roles: Roles) -> None:
    """Sister headings that are all names are members', where links below lead to files called
    after them, or where a heading above says that the list is sorted by person.
    """
    by_parent: dict[tuple[int, int], list[Section]] = {}
    for section in sections:
        by_parent.setdefault((parent_of(section), section.level), []).append(section)
    for ones in by_parent.values():
        names = [heading_name(plain(one.pieces)) for one in ones]
        if len(ones) > 1 and all(noted := [_NOTED.fullmatch(name) for name in names]):
            told_names = [found[1].strip() for found in noted if found]
            if all(map(_may_be_member, told_names)):
                pairs = zip(ones, told_names, strict=True)
                roles.members |= {one.number: name for one, name in pairs}
        if len(ones) < 2 or not all(map(_may_be_member, names)):
            continue
        told = sum(_links_to(one, name) for one, name in zip(ones, names, strict=True))
        records = all(roles.signs[one.number].is_record for one in ones)
        by_time = ones[0].parent is not None and names_a_time(
            heading_name(plain(ones[0].parent.pieces)) if ones[0].parent.level else ""
        )
        if told * 2 >= len(ones) or is_by_person(ones[0].parent) or (records and by_time):
            for one, name in zip(ones, names, strict=True):
                roles.members[one.number] = name.lstrip("@")


_NOTED = re.compile(r"([^\W\d_][^()]{1,30}?)\s*\([a-zà-ÿ][a-zà-ÿ ,&/-]+\)\s*:?")
""" "Ann (networks)": a person with what she works on."""


def _may_be_member(name: str) -> bool:
    return (
        looks_like_name(name)
        and len(words(name)) <= 2
        and not names_no_subject(name)
        and meaning_of(name) is None
        and not any(_SUBJECT.fullmatch(word) for word in words(name))
    )


def _links_to(section: Section, name: str) -> bool:
    """Whether items below link to a file beside the list that carries a name: "notes/ann/3.md"."""
    wanted = f"/{name.casefold()}"
    return any(
        wanted in f"/{(piece.url or '').casefold()}" and not piece.is_web
        for block in section.blocks
        for item in block.children
        for child in item.children[:1]
        for line in child.lines
        for piece in line.pieces
        if piece.is_link
    )


_LED = re.compile(
    r"(.{3,80}?)(?:\s+[:：|–—-]|[:：]|\s+(?:with|by|mit|von|avec|par|con|por))\s+([^:：]{5,80}?)\s*[:：]?"
)


def led_headings(sections: Iterable[Section]) -> dict[int, tuple[str, tuple[str, ...]]]:
    """Headings of a level that mostly name a subject and who presents it: "Pruning: Ann Lee"."""
    levels: dict[int, list[tuple[int, re.Match[str] | None]]] = {}
    for section in sections:
        name = plain(section.pieces).strip()
        levels.setdefault(section.level, []).append((section.number, _LED.fullmatch(name)))
    led: dict[int, tuple[str, tuple[str, ...]]] = {}
    for ones in levels.values():
        told = {
            number: (found[1].strip(), names)
            for number, found in ones
            if found
            and (names := split_names(found[2]))
            and all(len(name.split()) > 1 for name in names)
            and not split_names(found[1])
            and day_end(found[1]) == 0
        }
        led |= told if len(told) > 1 and len(told) * 2 >= len(ones) else {}
    return led


def is_by_person(section: Section | None) -> bool:
    """Whether a heading above says that the list is by person: "Members", "Who reads what"."""
    while section is not None and section.level:
        if any(meaning_of(word) == "member" for word in words(plain(section.pieces))):
            return True
        section = section.parent
    return False
