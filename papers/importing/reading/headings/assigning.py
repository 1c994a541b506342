"""What each heading of a document is: its title, a member, a topic, a paper, a time, or structure.

Headings are filed under patterns by level, wording and what stands below them; a pattern shows one
role, and what shows none is what its neighbours are. Never decided by a document's own words: a
heading followed by a link is a paper, one over a list of linked titles is a topic.
"""

import re
from collections import Counter

from papers.importing.reading.evidence.patterns import Patterns
from papers.importing.reading.headings.member_names import (
    find_members,
    led_headings,
    member_named,
    numbered_subjects,
    person_of_day,
)
from papers.importing.reading.headings.parts import is_part
from papers.importing.reading.headings.roles import CHOICES, Role, Roles, sections_below
from papers.importing.reading.headings.signs import read_signs
from papers.importing.reading.headings.surroundings import (
    settle_by_neighbours,
    settle_containers,
    settle_labels,
    settle_papers,
    settle_title,
)
from papers.importing.reading.headings.topic_names import counted_headings, numbered_headings
from papers.importing.reading.items.line_labels import read_label
from papers.importing.reading.outline.document import Line, Outline, Section
from papers.importing.reading.outline.pieces import plain
from papers.text.citations import read_citation
from papers.text.dates import DATE_WORDS, names_a_time
from papers.text.names import split_names
from papers.text.titles import clean_title
from papers.text.wording import (
    is_aside,
    length,
    names_no_subject,
    names_other_works,
    words,
)


def assign_roles(outline: Outline, patterns: Patterns) -> Roles:
    """Decide what every heading is, kind by kind."""
    sections = [section for section in outline.root.walk() if section.level]
    roles = Roles({}, {}, {}, {})
    roles.signs = {section.number: read_signs(section) for section in sections}
    roles.signs[0] = read_signs(outline.root)
    roles.subjects = numbered_subjects(sections)
    roles.numbered = numbered_headings(sections)
    roles.counted = counted_headings(sections)
    roles.led = led_headings(sections)
    roles.shared = {one.level for one in sections if roles.signs[one.number].titles > 1}
    find_members(sections, roles)
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
    settle_papers(sections, roles)
    settle_labels(sections, roles)
    settle_title(outline.root, roles)
    settle_containers(sections, roles)
    settle_by_neighbours(sections, roles)
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
    elif is_part(name):
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
        for one in sections_below(section):
            roles.of[one.number] = Role.BODY


def _name_roles(sections: list[Section], roles: Roles, patterns: Patterns) -> None:
    """A pattern's role is what most of its headings became."""
    became: dict[str, Counter[str]] = {}
    for section in sections:
        name = roles.kinds[section.number]
        became.setdefault(name, Counter())[roles[section].value] += 1
    for name, counts in became.items():
        patterns.all[name].role = counts.most_common(1)[0][0]


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
    is_record = signs.labels >= 4 and not signs.titles
    if not is_record and section.number not in roles.subjects and (person := person_of_day(name)):
        roles.members[section.number] = person
        return Role.TIME
    if names_no_subject(name) or is_aside(name) or signs.lists_others or _tells_author(section):
        return Role.STRUCTURE
    if section.is_listed or (signs.is_record and section.level not in roles.shared):
        return Role.PAPER
    if section.number in roles.led:
        return Role.TOPIC
    if names_other_works(name):
        return Role.TOPIC if signs.lists_papers else None
    return _role_by_signs(section, name, roles)


def _names_papers_of_a_time(name: str) -> bool:
    """ "Papers of the week (July 22 - July 28) - 2024": a time, and words without a subject."""
    if not any(char.isdigit() for char in name):
        return False
    rest = DATE_WORDS.sub(" ", name)
    return rest != name and all(
        names_no_subject(word) or names_a_time(f"{word} 1") for word in words(rest)
    )


def _tells_author(section: Section) -> bool:
    """ "Author: Ann Lee", who keeps the list."""
    found = read_label(Line(section.number, section.heading), bold_only=False)
    return found is not None and found[0] == "authors" and bool(split_names(plain(found[2].pieces)))


_QUOTED = re.compile(r"[\"“„«][^\"”“»]{12,300}[\"”“»]\s+[-–—]\s+\S.*")


def _quotes(section: Section, name: str) -> bool:
    """A bold line or heading of a quoted title, a dash and who wrote it."""
    return not section.subs and _QUOTED.fullmatch(name) is not None


def _cites(name: str) -> bool:
    """A heading that is a whole reference: title, authors, and when it appeared."""
    cited = read_citation(name)
    return cited is not None and bool(cited.authors and cited.year)


def _role_by_signs(section: Section, name: str, roles: Roles) -> Role | None:
    """A paper or a topic by what stands below a heading that is neither a name nor a time."""
    is_long, signs = length(name) >= 3, roles.signs[section.number]
    if _quotes(section, name) or (not (signs.lists_papers or section.subs) and _cites(name)):
        return Role.PAPER
    if section.is_bold and plain(section.pieces).rstrip().endswith((":", "：")):
        is_topic = signs.lists_papers or signs.may_list_papers
        return Role.TOPIC if is_topic else Role.STRUCTURE
    if signs.repeats and not is_part(name):
        return Role.PAPER
    if section.is_bold and is_long and signs.labels >= 2 and not (signs.listed or signs.tables):
        return None if is_part(name) else Role.PAPER
    if signs.titles and section.level in roles.shared:
        return Role.TOPIC
    if section.is_bold and is_long and not signs.lists_papers and not is_part(name):
        return Role.PAPER
    if signs.lead and (is_long or not signs.lists_papers) and not is_part(name):
        return Role.PAPER
    if signs.lists_papers:
        return Role.TOPIC
    if signs.labels >= 2 and len(words(name)) >= 2:
        return Role.PAPER
    return None
