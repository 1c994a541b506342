"""The roles that headings may have, and which heading has which."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from papers.importing.reading.headings.signs import Signs
from papers.importing.reading.outline.document import Section


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


@dataclass(slots=True)
class Roles:
    """The roles of all sections by heading line, and the members' names."""

    of: dict[int, Role]
    members: dict[int, str]
    signs: dict[int, Signs]
    kinds: dict[int, str]
    subjects: set[int] = field(default_factory=set)
    numbered: set[int] = field(default_factory=set)
    counted: set[int] = field(default_factory=set)
    shared: set[int] = field(default_factory=set)
    """Levels of which a heading holds several labelled titles: none of them is a paper's."""

    led: dict[int, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """Subjects and those who presented them, of headings that name both."""

    def __getitem__(self, section: Section) -> Role:
        return self.of.get(section.number, Role.STRUCTURE)


def sections_below(section: Section) -> Iterable[Section]:
    """All sections within one, without itself."""
    walk = iter(section.walk())
    next(walk)
    return walk


def parent_of(section: Section) -> int:
    """The line of the heading above; 0 for none."""
    return section.parent.number if section.parent else 0
