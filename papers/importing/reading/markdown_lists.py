"""Lists and notes in Markdown: members' lists, notes, awesome-lists, pages, and mixtures.

The shapes are read by one walk over the outline, because real documents mix them: a member's
heading over headings of papers, a page of reviews under topics, a table under a member.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from papers.importing.reading.cues import section_of
from papers.importing.reading.drafts import Draft, MemberDraft, Problem, TopicDraft, TopicPath, Unit
from papers.importing.reading.entry import Entry
from papers.importing.reading.gathering import gather
from papers.importing.reading.items import (
    SURE,
    evidence,
    evidence_of,
    head_lines,
    is_contents,
    read_heading,
    read_item,
    read_lines,
)
from papers.importing.reading.document import Block, Line, Outline, Section
from papers.importing.reading.formats.markdown import read_outline
from papers.importing.reading.pieces import only_addresses, only_links, plain
from papers.importing.reading.roles import Role, Roles, assign_roles
from papers.importing.reading.tables import read_table
from papers.text.titles import Titles, clean_title
from papers.text.wording import (
    heading_name,
    is_sentence,
    looks_like_title,
    prose_score,
    words,
)

PROSE = 0.9
"""From this score on a line over an address is a sentence, not a title."""


MOST_LOOKS = 400
"""Lines of an index whose wording differs from every heading that are compared with all of them."""


@dataclass(slots=True)
class Walked:
    """What a walk over a document found, in source order."""

    entries: list[Entry] = field(default_factory=list)
    topics: list[TopicDraft] = field(default_factory=list)
    members: list[MemberDraft] = field(default_factory=list)
    title: str = ""
    description: list[str] = field(default_factory=list)


def parse(text: str) -> Iterator[Draft | Problem]:
    """The drafts and problems of a Markdown document."""
    outline = read_outline(text)
    walked = walk(outline)
    yield from outline.problems
    yield from walked.topics
    yield from walked.members
    yield from gather(walked.entries, outline)


def walk(outline: Outline) -> Walked:
    """Walk over all sections and collect entries, topics and members."""
    walker = _Walker(outline, assign_roles(outline))
    for section in outline.root.walk():
        walker.visit(section)
    return walker.walked


class _Walker:
    def __init__(self, outline: Outline, roles: Roles) -> None:
        self.outline = outline
        self.roles = roles
        self.walked = Walked()
        self.papers = [
            clean_title(plain(section.pieces))
            for section in outline.root.walk()
            if section.level and roles[section] is Role.PAPER
        ]
        self.titles = Titles(self.papers)
        self.paths: dict[int, TopicPath] = {}
        self.looks = 0

    def visit(self, section: Section) -> None:
        role = self.roles[section] if section.level else Role.TITLE
        if role is Role.BODY:
            return
        self.outline.use(section.number)
        name = heading_name(plain(section.pieces))
        if role is Role.PAPER:
            self._paper(section)
            return
        if role is Role.TOPIC:
            self.walked.topics.append(TopicDraft(self._path(section), section.number))
        elif role is Role.MEMBER:
            member = self.roles.members[section.number]
            self.walked.members.append(MemberDraft(member, section.number, "heading"))
        elif role in (Role.TITLE, Role.STRUCTURE) and not self.walked.title:
            self.walked.title = name
        self._blocks(section, role)

    def _path(self, section: Section | None) -> TopicPath:
        """The names of the topics from the outermost to this section."""
        if section is None or not section.level:
            return ()
        if (known := self.paths.get(section.number)) is not None:
            return known
        is_topic = self.roles[section] is Role.TOPIC
        name = heading_name(plain(section.pieces)) if is_topic else ""
        path = (*self._path(section.parent), name) if name else self._path(section.parent)
        self.paths[section.number] = path
        return path

    def _member(self, section: Section | None) -> str:
        while section is not None:
            if section.number in self.roles.members:
                return self.roles.members[section.number]
            section = section.parent
        return ""

    def _add(self, entry: Entry, section: Section, *extra: str) -> None:
        if not words(entry.title):
            self.outline.give_back(entry.line, entry.last_line)
            return
        entry.topic = (*self._path(section), *extra)
        if member := self._member(section):
            entry.members.insert(0, member)
        self.walked.entries.append(entry)

    def _paper(self, section: Section) -> None:
        """A paper's heading; bullets below it that are papers by themselves stand beside it."""
        inner = [
            item for block in section.blocks if block.kind == "list" for item in block.children
            if len(lines := head_lines(item)) > 1 and words(lines[0].text) > []
            and evidence(lines) == SURE and only_addresses(lines[-1].pieces)
        ]  # fmt: skip
        for block in section.blocks:
            block.children = [child for child in block.children if child not in inner]
        section.blocks = [b for b in section.blocks if b.kind != "list" or b.children]
        self._add(read_heading(section, self.outline), section.parent or section)
        for item in inner:
            self._add(read_item(item, self.outline), section.parent or section)

    def _blocks(self, section: Section, role: Role) -> None:
        signs = self.roles.signs.get(section.number)
        lists = bool(signs and signs.lists_papers)
        for block in section.blocks:
            if block.kind == "list":
                self._list(block, section, may_guess=lists or self._may_guess(block))
            elif block.kind == "item":
                self._items([block], section, (), may_guess=lists)
            elif block.kind == "table":
                for entry in read_table(block, self.outline):
                    self._add(entry, section)
            elif block.kind == "paragraph":
                self._paragraph(block, section, role)
            elif block.kind in ("quote", "code"):
                self._describe(block, section, role)

    def _may_guess(self, block: Block) -> bool:
        """Whether a list without links is one of titles: nearly all of it looks like them."""
        found = [evidence_of(item) for item in block.children]
        return bool(found) and sum(e > 0 for e in found) * 10 >= len(found) * 7

    def _list(self, block: Block, section: Section, *, may_guess: bool) -> None:
        if self.papers and not any(
            evidence_of(item) == SURE for item in block.children
        ):  # fmt: skip
            self._index(block, section)
        else:
            self._items(block.children, section, (), may_guess=may_guess)

    def _items(
        self, items: list[Block], section: Section, path: TopicPath, *, may_guess: bool
    ) -> None:
        for item in items:
            lines = head_lines(item)
            if not lines:
                continue
            if is_contents(lines[0].pieces):
                self.outline.use(item.start, item.end)
                continue
            found = evidence_of(item)
            inner = [c for block in item.children if block.kind == "list" for c in block.children]
            holds = sum(evidence_of(child) == SURE for child in inner) * 2 >= len(inner)
            if found < SURE and inner and holds and not is_sentence(lines[0].text):
                self._group(lines, inner, section, path, may_guess=may_guess)
            elif found == SURE or (found and may_guess) or self._is_bold_title(lines, item):
                self._add(read_item(item, self.outline), section, *path)

    def _is_bold_title(self, lines: list[Line], item: Block) -> bool:
        """A bullet with notes below it whose first sentence is a title."""
        inner = [block for block in item.children[1:] if block.kind == "list"]
        head = plain(lines[0].pieces).split(". ")[0]
        return bool(inner) and looks_like_title(head) and len(words(head)) >= 3

    def _group(
        self, lines: list[Line], inner: list[Block], section: Section, path: TopicPath, *,
        may_guess: bool,
    ) -> None:  # fmt: skip
        """An item without a link over items with links is a topic."""
        name = heading_name(plain(lines[0].pieces))
        for line in lines:
            self.outline.use(line.number)
        below = (*path, name) if name else path
        topic = (*self._path(section), *below)
        self.walked.topics.append(TopicDraft(topic, lines[0].number))
        self._items(inner, section, below, may_guess=may_guess)

    def _index(self, block: Block, section: Section) -> None:
        """A list that names the papers of the sections below, and perhaps further ones."""
        further = []
        for item in block.children:
            lines = head_lines(item)
            if not lines:
                continue
            title = clean_title(plain(lines[0].pieces))
            if is_contents(lines[0].pieces) or self._names_section(title):
                self.outline.use(item.start, item.end)
            elif len(words(title)) >= 2:
                further.append(item)
        # Where most names meet a section, the others are papers too, whatever they look like.
        is_index = len(further) * 2 <= len(block.children)
        for item in further:
            if is_index or evidence_of(item):
                self._add(read_item(item, self.outline), section)

    def _names_section(self, title: str) -> bool:
        """Whether a paper's heading says the same, or nearly."""
        if self.titles.has_key_of(title):
            return True
        self.looks += 1
        return self.looks <= MOST_LOOKS and bool(self.titles.near(title, limit=1))

    def _paragraph(self, block: Block, section: Section, role: Role) -> None:
        """Titles with links, one a line, or a title and its address below; else a description."""
        lines, position = block.lines, 0
        rest: list[Line] = []
        last: Entry | None = None
        while position < len(lines):
            end = self._entry_end(lines, position)
            if end > position:
                last = read_lines(lines[position:end], self.outline)
                self._add(last, section)
                position = end
            elif last is not None:
                # What stands right below an entry, without a blank line, is about it.
                self.outline.use(lines[position].number)
                last.units.append(_unit(lines[position]))
                position += 1
            else:
                rest.append(lines[position])
                position += 1
        if rest:
            inner = Block("paragraph", rest[0].number, rest[-1].number, rest)
            self._describe(inner, section, role)

    def _entry_end(self, lines: list[Line], start: int) -> int:
        """Where the entry that begins at this line ends, `start` if none does."""
        line = lines[start]
        if not words(plain(line.pieces)) or (only_addresses(line.pieces)):
            return start
        sure = evidence([line]) == SURE and _begins_with_title(line)
        follows = start + 1 < len(lines) and only_addresses(lines[start + 1].pieces)
        if not sure and not (follows and prose_score(line.text) < PROSE):
            return start
        end = start + 1
        while (
            end < len(lines)
            and only_links(lines[end].pieces)
            and not _begins_with_title(lines[end])
        ):
            end += 1
        return end

    def _describe(self, block: Block, section: Section, role: Role) -> None:
        """Text that is no entry describes its topic or the document, if it says anything."""
        text = "\n".join(line.text for line in block.lines) or self.outline.source(
            block.start, block.end
        )
        is_title = role in (Role.TITLE, Role.STRUCTURE)
        if role not in (Role.TOPIC, Role.TITLE, Role.STRUCTURE):
            if not is_sentence(text):
                return
            is_title = True
        for number in [line.number for line in block.lines] or range(block.start, block.end + 1):
            self.outline.use(number)
        if is_title:
            self.walked.description.append(text)
            return
        topic = self.walked.topics[-1]
        joined = f"{topic.description}\n\n{text}".strip()
        self.walked.topics[-1] = TopicDraft(topic.path, topic.line, joined)


def _unit(line: Line) -> Unit:
    return Unit(line.number, line.text, section_of(line.text))


def _begins_with_title(line: Line) -> bool:
    """A line that opens with a linked or bold title, not a sentence with a link in it."""
    first = next((piece for piece in line.pieces if piece.text.strip()), None)
    if first is None:
        return False
    linked = first.is_link and not first.bare and len(words(first.text)) >= 3
    return linked or (first.strong and len(words(first.text)) >= 3)
