"""What each heading of a document is: its title, a member, a topic, a paper, a time, or structure.

Headings are filed under patterns by level, wording and what stands below them; a pattern shows one
role, and what shows none is what its neighbours are. Never decided by a document's own words: a
heading followed by a link is a paper, one over a list of linked titles is a topic.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from papers.importing.reading.document import Outline, Section
from papers.importing.reading.entries.year_headings import year_of
from papers.importing.reading.headings.signs import Signs, holds_contents, read_signs
from papers.importing.reading.labels import meaning_of, section_meant
from papers.importing.reading.patterns import Patterns
from papers.importing.reading.pieces import plain
from papers.text.dates import (
    DATE_WORDS,
    NUMBERED_TIME,
    day_end,
    find_date,
    names_a_time,
    without_weekday,
)
from papers.text.identifiers import host
from papers.text.names import is_person
from papers.text.titles import clean_title
from papers.text.wording import (
    SMALL_WORDS,
    heading_name,
    is_aside,
    looks_like_name,
    names_a_kind,
    names_no_subject,
    words,
)

_SILENT_WORDS = SMALL_WORDS | {
    "my",
    "our",
    "your",
    "their",
    "own",
    "main",
    "key",
    "some",
    "final",
    "personal",
    "&",
}


class Role(StrEnum):
    """What a heading is."""

    TITLE = "title"
    MEMBER = "member"
    TOPIC = "topic"
    PAPER = "paper"
    TIME = "meeting"
    STRUCTURE = "label"
    BODY = "part"


CHOICES = (Role.TOPIC, Role.PAPER, Role.MEMBER, Role.TIME, Role.STRUCTURE, Role.TITLE)
"""What somebody may choose for a kind of heading."""


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


@dataclass(slots=True)
class Roles:
    """The roles of all sections by heading line, and the members' names."""

    of: dict[int, Role]
    members: dict[int, str]
    signs: dict[int, Signs]
    kinds: dict[int, str]
    subjects: set[int] = field(default_factory=set)
    numbered: set[int] = field(default_factory=set)
    shared: set[int] = field(default_factory=set)
    """Levels of which a heading holds several labelled titles: none of them is a paper's."""

    def __getitem__(self, section: Section) -> Role:
        return self.of.get(section.number, Role.STRUCTURE)


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


def assign_roles(outline: Outline, patterns: Patterns) -> Roles:
    """Decide what every heading is, kind by kind."""
    sections = [section for section in outline.root.walk() if section.level]
    roles = Roles({}, {}, {}, {})
    roles.signs = {section.number: read_signs(section) for section in sections}
    roles.signs[0] = read_signs(outline.root)
    roles.subjects = _numbered_subjects(sections)
    roles.numbered = _numbered(sections)
    roles.shared = {one.level for one in sections if roles.signs[one.number].titles > 1}
    _find_members(sections, roles)
    shown = {section.number: _own_role(section, roles) for section in sections}
    roles.kinds = {section.number: pattern_of(section, roles) for section in sections}
    for section in sections:
        _file(section, shown[section.number], roles, patterns)
    for section in sections:
        role = _chosen(section, roles, patterns) or _of_kind(
            section, shown[section.number], roles, patterns
        )
        if role:
            roles.of[section.number] = role
    _settle_papers(sections, roles)
    _settle_labels(sections, roles)
    _settle_title(outline.root, roles)
    _settle_containers(sections, roles)
    _settle_by_neighbours(sections, roles)
    for section in sections:
        if role := _chosen(section, roles, patterns):
            _force(section, role, roles)
    _name_roles(sections, roles, patterns)
    return roles


def pattern_of(section: Section, roles: Roles) -> str:
    """The kind of a heading: its level, how it is worded, and what stands below it."""
    name = clean_title(plain(section.pieces))
    signs = roles.signs[section.number]
    if not words(name):
        wording = "empty"
    elif names_a_time(name.strip(" :：")) or (
        section.number not in roles.subjects and person_of_day(name)
    ):
        wording = "date"
    elif section.number in roles.members or member_named(section):
        wording = "person"
    elif names_no_subject(name) or is_aside(name):
        wording = "label"
    elif _is_part(name):
        wording = "part"
    else:
        wording = "title" if len(words(name)) >= 5 else "words"
    below = "papers" if signs.lists_papers else "link" if signs.lead or signs.labels >= 2 else ""
    below = below or (
        "headings" if section.subs else "text" if signs.text or section.blocks else "nothing"
    )
    if section.is_bold and wording in ("title", "words"):
        # Bold lines of one kind are alike, whatever stands below the single one.
        numbered = "numbered" if re.match(r"\W*\d+[.):]", plain(section.pieces)) else "plain"
        tailed = (
            "with-text" if any(not p.strong and words(p.text) for p in section.pieces) else "alone"
        )
        return (
            f"heading-line-{numbered}-{tailed}"
            if numbered == "numbered" or tailed == "with-text"
            else f"heading-line-{wording}-{below}"
        )
    level = "line" if section.is_bold else str(section.level)
    return f"heading-{level}-{wording}-{below}"


def _file(section: Section, role: Role | None, roles: Roles, patterns: Patterns) -> None:
    scores = {role.value: 1.0} if role else {}
    patterns.file(
        roles.kinds[section.number],
        "heading",
        tuple(one.value for one in CHOICES),
        section.number,
        plain(section.pieces),
        scores,
    )


def _of_kind(section: Section, shown: Role | None, roles: Roles, patterns: Patterns) -> Role | None:
    """What most headings of the same kind show; a single one that differs does not decide."""
    pattern = patterns.all[roles.kinds[section.number]]
    best = max(pattern.scores, key=lambda role: pattern.scores[role], default="")
    if not best or (pattern.mean(best) < 0.5 and shown is None):
        return shown
    role = Role(best)
    if role is Role.MEMBER and section.number not in roles.members:
        return shown
    return role


def _chosen(section: Section, roles: Roles, patterns: Patterns) -> Role | None:
    role = patterns.chosen(roles.kinds[section.number], section.number)
    return Role(role) if role in Role else None


def _force(section: Section, role: Role, roles: Roles) -> None:
    """Somebody's choice stands over everything that was seen."""
    roles.of[section.number] = role
    if role is Role.MEMBER:
        roles.members.setdefault(section.number, clean_title(plain(section.pieces)).strip(" :：@"))
    elif role is not Role.TIME:
        roles.members.pop(section.number, None)
    if role is Role.PAPER:
        for one in _below(section):
            roles.of[one.number] = Role.BODY


def _name_roles(sections: list[Section], roles: Roles, patterns: Patterns) -> None:
    """A pattern's role is what most of its headings became."""
    became: dict[str, Counter[str]] = {}
    for section in sections:
        name = roles.kinds[section.number]
        became.setdefault(name, Counter())[roles[section].value] += 1
    for name, counts in became.items():
        patterns.all[name].role = counts.most_common(1)[0][0]


_TRIM = " -–—:：,|"


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
        return rest.strip(_TRIM) or name
    if day_end(name):
        return name
    if is_numbered:
        name = _BARE_NUMBER.sub("", name)
    rest = _ORDINAL.sub("", _NUMBERED.sub("", name))
    return rest if words(rest) else name


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
    if rest.strip(_TRIM) == name.strip(_TRIM):
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


def _numbered_subjects(sections: Iterable[Section]) -> set[int]:
    """Headings like "Week 3: Graphs" where not all of their level name a person there."""
    found: dict[int, list[tuple[int, bool]]] = {}
    for section in sections:
        name = clean_title(plain(section.pieces))
        if NUMBERED_TIME.match(name) and not names_a_time(name):
            who = person_of_day(name)
            is_name = bool(who) and not any(_SUBJECT.fullmatch(word) for word in words(who))
            found.setdefault(section.level, []).append((section.number, is_name))
    return {
        number
        for ones in found.values()
        if not all(is_name for _, is_name in ones)
        for number, _ in ones
    }


def _numbered(sections: Iterable[Section]) -> set[int]:
    """Headings that begin with a bare number, as most of their level do: "2 Object detection"."""
    levels: dict[int, list[int]] = {}
    for section in sections:
        if _BARE_NUMBER.match(heading_name(plain(section.pieces))):
            levels.setdefault(section.level, []).append(section.number)
    return {number for ones in levels.values() if len(ones) > 1 for number in ones}


def _find_members(sections: Sequence[Section], roles: Roles) -> None:
    """Sister headings that are all names are members', where links below lead to files called
    after them, or where a heading above says that the list is sorted by person.
    """
    by_parent: dict[tuple[int, int], list[Section]] = {}
    for section in sections:
        by_parent.setdefault((_parent(section), section.level), []).append(section)
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
        if told * 2 >= len(ones) or _is_by_person(ones[0].parent) or (records and by_time):
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


def _is_by_person(section: Section | None) -> bool:
    """Whether a heading says "Members", "Who reads what"."""
    while section is not None and section.level:
        if any(meaning_of(word) == "member" for word in words(plain(section.pieces))):
            return True
        section = section.parent
    return False


def _own_role(section: Section, roles: Roles) -> Role | None:
    """The role that a heading shows by itself."""
    name = clean_title(plain(section.pieces))
    signs = roles.signs[section.number]
    if not words(name):
        return Role.STRUCTURE
    if member := roles.members.get(section.number) or member_named(section):
        roles.members[section.number] = member
        return Role.MEMBER
    if names_a_time(name.strip(" :：")) or _names_papers_of_a_time(name):
        return Role.TIME
    if section.number not in roles.subjects and (person := person_of_day(name)):
        roles.members[section.number] = person
        return Role.TIME
    if names_no_subject(name) or is_aside(name):
        return Role.STRUCTURE
    if signs.is_record and section.level not in roles.shared:
        return Role.PAPER
    return _role_by_signs(section, name, roles)


def _names_papers_of_a_time(name: str) -> bool:
    """ "Papers of the week (July 22 - July 28) - 2024": a time, and words without a subject."""
    if not any(char.isdigit() for char in name):
        return False
    rest = DATE_WORDS.sub(" ", name)
    return rest != name and all(
        names_no_subject(word) or names_a_time(f"{word} 1") for word in words(rest)
    )


def _role_by_signs(section: Section, name: str, roles: Roles) -> Role | None:
    """A paper or a topic by what stands below a heading that is neither a name nor a time."""
    is_long, signs = len(words(name)) >= 3, roles.signs[section.number]
    if signs.titles and section.level in roles.shared:
        return Role.TOPIC
    if section.is_bold and is_long and not signs.lists_papers and not _is_part(name):
        return Role.PAPER
    if signs.lead and (is_long or not signs.lists_papers) and not _is_part(name):
        return Role.PAPER
    if signs.lists_papers:
        return Role.TOPIC
    if signs.labels >= 2 and len(words(name)) >= 2:
        return Role.PAPER
    return None


def _is_part(name: str) -> bool:
    """A heading that usually names a part of a review, or a fact of a paper."""
    meaning = meaning_of(name)
    if section_meant(meaning) is not None or meaning in (
        "link",
        "authors",
        "venue",
        "code",
        "date",
    ):
        return True
    telling = [word for word in words(name.casefold()) if word not in _SILENT_WORDS]
    return 0 < len(telling) <= 4 and all(section_meant(meaning_of(word)) for word in telling)


def _below(section: Section) -> Iterable[Section]:
    walk = iter(section.walk())
    next(walk)
    return walk


def _shows(section: Section, roles: Roles) -> bool:
    """Whether a section is sure to be a paper, or to hold some."""
    role = roles.of.get(section.number)
    if role is Role.PAPER or role is Role.MEMBER:
        return True
    signs = roles.signs[section.number]
    return signs.lists_papers and (signs.tables > 0 or not _is_part(plain(section.pieces)))


def _settle_papers(sections: list[Section], roles: Roles) -> None:
    """A paper's sub-headings are its parts; a heading whose parts are those of a review is one."""
    for section in sections:
        role = roles.of.get(section.number)
        if role is Role.BODY or (role is not Role.PAPER and role is not None):
            continue
        below = list(_below(section))
        if any(_shows(one, roles) for one in below):
            if role is Role.PAPER:
                del roles.of[section.number]
            continue
        parts = [
            one for one in section.subs if _is_part(plain(one.pieces)) and not holds_contents(one)
        ]
        long = len(words(plain(section.pieces))) >= 3
        if long and role is None and _is_sheet(section, roles):
            parts = section.subs
        if role is Role.PAPER or (parts and long and len(parts) * 2 >= len(section.subs)):
            roles.of[section.number] = Role.PAPER
            for one in below:
                roles.of[one.number] = Role.BODY


def _is_sheet(section: Section, roles: Roles) -> bool:
    """Whether one of the headings right below holds facts of one paper: authors, link, venue."""
    return len(section.subs) > 1 and any(
        roles.signs[one.number].labels >= 4 and not roles.signs[one.number].titles
        for one in section.subs[:2]
    )


def _settle_title(root: Section, roles: Roles) -> None:
    """The first heading is the document's title if it stands over all, or before all."""
    if not root.subs:
        return
    first, rest = root.subs[0], root.subs[1:]
    role = roles.of.get(first.number)
    if role in (Role.PAPER, Role.MEMBER, Role.TIME, Role.STRUCTURE):
        return
    signs = roles.signs[first.number]
    alone = not any(section.level <= first.level for section in rest)
    holds = signs.lists_papers or signs.may_list_papers or bool(first.subs)
    decided = [roles.of.get(section.number) for section in rest]
    others = sum(one in (Role.TOPIC, Role.MEMBER, Role.TIME) for one in decided)
    before_all = bool(rest) and signs.items == 0 and not signs.tables and others * 2 >= len(rest)
    is_about = any(names_no_subject(word) for word in words(plain(first.pieces)) if len(word) > 3)
    is_general = first.level == 1 or is_about
    sisters = [roles.of.get(section.number) for section in rest if section.level <= first.level]
    shows_none = not (signs.lead or signs.items or signs.tables or signs.labels >= 2)
    over_lists = shows_none and is_about and bool(rest) and None not in sisters
    if (
        (alone and holds and is_general)
        or before_all
        or (over_lists and Role.PAPER not in sisters and role is None)
    ):
        roles.of[first.number] = Role.TITLE


def _settle_labels(sections: list[Section], roles: Roles) -> None:
    """A heading without a subject is a topic where its sisters are: "New papers" among tasks."""
    topics: Counter[tuple[int, int]] = Counter()
    for section in sections:
        if roles.of.get(section.number) is Role.TOPIC:
            topics[_parent(section), section.level] += 1
    for section in sections:
        name = clean_title(plain(section.pieces))
        if (
            roles.of.get(section.number) is Role.STRUCTURE
            and roles.signs[section.number].lists_papers
            and topics[_parent(section), section.level] >= 2
            and not names_a_kind(name)
            and words(name)
        ):
            roles.of[section.number] = Role.TOPIC


def _settle_containers(sections: list[Section], roles: Roles) -> None:
    """A heading over papers or topics is a topic; so are sisters over years, unless they are terms
    of a schedule.
    """
    holders = Counter(
        section.level
        for section in sections
        if section.number not in roles.of
        and any(roles.of.get(one.number) is Role.TIME for one in section.subs)
    )
    for section in reversed(sections):
        if section.number in roles.of:
            continue
        kinds = {roles.of.get(one.number) for one in _below(section)}
        if kinds & {Role.PAPER, Role.TOPIC, Role.MEMBER}:
            roles.of[section.number] = Role.TOPIC
        elif Role.TIME in kinds:
            name = heading_name(plain(section.pieces))
            over_years = section is not sections[0] and _holds_years(section)
            is_topic = (holders[section.level] > 1 or over_years) and not names_no_subject(name)
            roles.of[section.number] = Role.TOPIC if is_topic else Role.STRUCTURE


def _holds_years(section: Section) -> bool:
    """Whether all headings below are years and nothing else."""
    return all(year_of(heading_name(plain(one.pieces))) for one in section.subs)


def _settle_by_neighbours(sections: list[Section], roles: Roles) -> None:
    """What shows nothing by itself is what its siblings are, else what its level is."""
    open_sections = [section for section in sections if section.number not in roles.of]
    by_level: dict[int, Counter[Role]] = {}
    by_parent: dict[int, Counter[Role]] = {}
    for section in sections:
        role = roles.of.get(section.number)
        if role in (Role.PAPER, Role.TOPIC):
            by_level.setdefault(section.level, Counter())[role] += 1
            by_parent.setdefault(_parent(section), Counter())[role] += 1
    prior = _prior(sections, roles)
    settled = Counter(
        s.level for s in sections if roles.of.get(s.number) in (Role.TIME, Role.MEMBER)
    )
    for section in open_sections:
        if section.number in roles.of:
            continue
        votes = by_parent.get(_parent(section)) or by_level.get(section.level)
        role = votes.most_common(1)[0][0] if votes else prior
        if not votes or role is Role.PAPER:
            role = _guess(section, role, roles, votes=bool(votes), settled=settled[section.level])
        roles.of[section.number] = role
        if role is Role.PAPER:
            for one in _below(section):
                roles.of[one.number] = Role.BODY


def _guess(section: Section, role: Role, roles: Roles, *, votes: bool, settled: int) -> Role:
    """The role of a heading that shows nothing by itself, where its sisters say nothing either.

    `settled` counts the headings of its level that are days or members: it is none of their papers.
    """
    signs = roles.signs[section.number]
    if role is Role.TOPIC:
        return role if votes or signs.likely or section.subs else Role.STRUCTURE
    if _is_part(plain(section.pieces)) or (settled and not votes):
        return Role.STRUCTURE
    return Role.TOPIC if signs.may_list_papers and not votes else role


def _parent(section: Section) -> int:
    return section.parent.number if section.parent else 0


def _prior(sections: list[Section], roles: Roles) -> Role:
    """Without any sign in the whole document: titles over text are papers, else they are topics."""
    items = sum(roles.signs[section.number].items for section in sections)
    likely = sum(roles.signs[section.number].likely for section in sections)
    if items and likely * 10 >= items * 7:
        return Role.TOPIC
    lengths = [len(words(plain(section.pieces))) for section in sections]
    named = sum(length >= 3 for length in lengths)
    return Role.PAPER if named * 2 >= len(lengths) else Role.TOPIC
