"""Roles of headings by what stands above, below and beside them."""

import re
from collections import Counter

from papers.importing.reading.headings.parts import is_part
from papers.importing.reading.headings.roles import Role, Roles, parent_of, sections_below
from papers.importing.reading.headings.signs import holds_contents
from papers.importing.reading.headings.year_headings import year_of
from papers.importing.reading.outline.document import Section
from papers.importing.reading.outline.pieces import plain
from papers.text.titles import clean_title
from papers.text.wording import heading_name, length, names_a_kind, names_no_subject, words

TITLE_WORDS = 3
"""Words of a title that nothing else shows, where the document has other papers."""
FEW = 8
"""Headings of a level of which one that shows what it is says nothing of the others."""


_LISTS = re.compile(
    r"\b(?:reading (?:group|list|club|seminar)|(?:journal|paper|book) club|"
    r"papers? (?:reading|list)|seminars?|bibliograph\w+|lesekreis|lesegruppe|literaturliste|"
    r"leseliste|"
    r"(?:groupe|club) de lecture|(?:grupo|club) de lectura|lista de lecturas|séminaire|seminario|"
    r"gruppo di lettura|grupo de leitura)\b|論文|輪読|勉強会|论文|组会|讨论班|논문|세미나|스터디",
    re.IGNORECASE,
)
"""What a document calls itself that is a list of papers or the plan of a group."""


def _shows(section: Section, roles: Roles) -> bool:
    """Whether a section is sure to be a paper, or to hold some."""
    role = roles.of.get(section.number)
    if role is Role.PAPER or role is Role.MEMBER:
        return True
    signs = roles.signs[section.number]
    return signs.lists_papers and (signs.tables > 0 or not is_part(plain(section.pieces)))


def settle_papers(sections: list[Section], roles: Roles) -> None:
    """A paper's sub-headings are its parts; a heading whose parts are those of a review is one."""
    for section in sections:
        role = roles.of.get(section.number)
        if role is Role.BODY or (role is not Role.PAPER and role is not None):
            continue
        below = list(sections_below(section))
        if any(_shows(one, roles) for one in below):
            if role is Role.PAPER:
                del roles.of[section.number]
            continue
        parts = [
            one for one in section.subs if is_part(plain(one.pieces)) and not holds_contents(one)
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


def settle_title(root: Section, roles: Roles) -> None:
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
    is_long = length(plain(first.pieces)) >= TITLE_WORDS
    over_all = (
        is_long and not rest and sum(_holds_papers(section, roles) for section in first.subs) > 1
    )
    is_general = first.level == 1 or is_about or over_all
    sisters = [roles.of.get(section.number) for section in rest if section.level <= first.level]
    shows_none = not (signs.lead or signs.items or signs.tables or signs.labels >= 2)
    over_lists = shows_none and is_about and bool(rest) and None not in sisters
    is_list = _LISTS.search(plain(first.pieces)) is not None
    holds |= signs.sure > 1 or is_list
    others_hold = any(_holds_papers(section, roles) for section in rest)
    alone |= is_list and bool(first.subs) and not others_hold
    if (
        (alone and holds and is_general)
        or before_all
        or (over_lists and Role.PAPER not in sisters and role is None)
    ):
        roles.of[first.number] = Role.TITLE


def _holds_papers(section: Section, roles: Roles) -> bool:
    """A heading that is a paper, or over papers."""
    return any(
        roles.signs[one.number].lists_papers or roles.of.get(one.number) is Role.PAPER
        for one in section.walk()
    )


def settle_labels(sections: list[Section], roles: Roles) -> None:
    """A heading without a subject is a topic where its sisters are: "New papers" among tasks."""
    topics: Counter[tuple[int, int]] = Counter()
    for section in sections:
        if roles.of.get(section.number) is Role.TOPIC:
            topics[parent_of(section), section.level] += 1
    for section in sections:
        name = clean_title(plain(section.pieces))
        if (
            roles.of.get(section.number) is Role.STRUCTURE
            and roles.signs[section.number].lists_papers
            and topics[parent_of(section), section.level] >= 2
            and not names_a_kind(name)
            and words(name)
        ):
            roles.of[section.number] = Role.TOPIC


def settle_containers(sections: list[Section], roles: Roles) -> None:
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
        kinds = {roles.of.get(one.number) for one in sections_below(section)}
        if kinds & {Role.PAPER, Role.TOPIC, Role.MEMBER}:
            roles.of[section.number] = Role.TOPIC
        elif Role.TIME in kinds:
            name = heading_name(plain(section.pieces))
            over_years = section is not sections[0] and _holds_years(section)
            is_below = section.parent is not None and section.parent.level > 0
            is_one_of = holders[section.level] > 1 or over_years or is_below
            is_topic = is_one_of and not names_no_subject(name)
            roles.of[section.number] = Role.TOPIC if is_topic else Role.STRUCTURE


def _holds_years(section: Section) -> bool:
    """Whether all headings below are years and nothing else."""
    return all(year_of(heading_name(plain(one.pieces))) for one in section.subs)


def settle_by_neighbours(sections: list[Section], roles: Roles) -> None:
    """What shows nothing by itself is what its siblings are, else what its level is."""
    open_sections = [section for section in sections if section.number not in roles.of]
    by_level: dict[int, Counter[Role]] = {}
    by_parent: dict[int, Counter[Role]] = {}
    for section in sections:
        role = roles.of.get(section.number)
        if role in (Role.PAPER, Role.TOPIC):
            by_level.setdefault(section.level, Counter())[role] += 1
            by_parent.setdefault(parent_of(section), Counter())[role] += 1
    of_level = Counter(section.level for section in sections)
    prior = _prior(sections, roles)
    settled = Counter(
        s.level for s in sections if roles.of.get(s.number) in (Role.TIME, Role.MEMBER)
    )
    for section in open_sections:
        if section.number in roles.of:
            continue
        votes = by_parent.get(parent_of(section)) or by_level.get(section.level)
        if votes and sum(votes.values()) * FEW < of_level[section.level]:
            votes = None
        role = votes.most_common(1)[0][0] if votes else prior
        if not votes or role is Role.PAPER:
            role = _guess(section, role, roles, votes=bool(votes), settled=settled[section.level])
        roles.of[section.number] = role
        if role is Role.TOPIC and section.subs:
            by_parent.setdefault(parent_of(section), Counter())[role] += 1
        if role is Role.PAPER:
            for one in sections_below(section):
                roles.of[one.number] = Role.BODY


def _guess(section: Section, role: Role, roles: Roles, *, votes: bool, settled: int) -> Role:
    """The role of a heading that shows nothing by itself, where its sisters say nothing either.

    `settled` counts the headings of its level that are days or members: it is none of their papers.
    """
    signs = roles.signs[section.number]
    if any(roles.signs[one.number].lists_others for one in section.subs):
        return Role.STRUCTURE
    if not votes and sum(not is_part(plain(one.pieces)) for one in section.subs) > 1:
        role = Role.TOPIC
    if role is Role.TOPIC:
        return role if votes or signs.likely or section.subs else Role.STRUCTURE
    sisters = section.parent.subs if section.parent else [section]
    longest = max(length(plain(one.pieces)) for one in sisters)
    is_short = longest < TITLE_WORDS and _has_papers(roles)
    is_alone = not votes and (settled > 0 or is_short)
    if is_part(plain(section.pieces)) or is_alone or _is_name_of_list(section, sisters):
        return Role.STRUCTURE
    return Role.TOPIC if signs.may_list_papers and not votes else role


def _is_name_of_list(section: Section, sisters: list[Section]) -> bool:
    """The first heading over nothing, where all others stand over something."""
    if section is not sisters[0] or len(sisters) < 3 or _holds_something(section):
        return False
    return all(map(_holds_something, sisters[1:]))


def _holds_something(section: Section) -> bool:
    return bool(section.subs) or any(one.lines or one.children for one in section.blocks)


def _has_papers(roles: Roles) -> bool:
    """Whether the document surely has papers."""
    return sum(one.sure + one.tables for one in roles.signs.values()) > 0


def _prior(sections: list[Section], roles: Roles) -> Role:
    """Without any sign in the whole document: titles over text are papers, else they are topics."""
    items = sum(roles.signs[section.number].items for section in sections)
    likely = sum(roles.signs[section.number].likely for section in sections)
    if items and likely * 10 >= items * 7:
        return Role.TOPIC
    lengths = [len(words(plain(section.pieces))) for section in sections]
    named = sum(length >= 3 for length in lengths)
    return Role.PAPER if named * 2 >= len(lengths) else Role.TOPIC
