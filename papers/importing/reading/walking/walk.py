"""One walk over a document's tree: entries, topics, members and meetings, in the order of the
source.

Real documents mix shapes (a member's heading over headings of papers, reviews under topics, a table
under a member, days over labelled lines), so that one walk reads all of them.
"""

from papers.importing.reading.drafts.understood import MemberDraft, TopicDraft
from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.evidence.features import SURE
from papers.importing.reading.evidence.patterns import Patterns
from papers.importing.reading.evidence.scoring import evidence
from papers.importing.reading.headings.assigning import assign_roles
from papers.importing.reading.headings.roles import Role
from papers.importing.reading.headings.signs import bibliography_of
from papers.importing.reading.items.list_items import read_item
from papers.importing.reading.items.paper_headings import read_heading
from papers.importing.reading.outline.document import Block, Outline, Section, head_lines
from papers.importing.reading.outline.pieces import only_addresses, plain
from papers.importing.reading.tables.data_records import (
    has_long_title,
    is_paper_record,
    read_records,
)
from papers.importing.reading.tables.paper_tables import is_paper_table, read_table
from papers.importing.reading.walking.bare_entries import without_bare
from papers.importing.reading.walking.flow import Flow
from papers.importing.reading.walking.list_reader import ListReader
from papers.importing.reading.walking.paragraph_reader import ParagraphReader
from papers.importing.reading.walking.state import Walked, WalkState
from papers.text.wording import heading_name, words

_FATES = {Role.TIME: "meeting", Role.STRUCTURE: "heading", Role.TITLE: "title"}


def walk(outline: Outline, patterns: Patterns) -> Walked:
    """Walk over all sections and collect entries, topics, members and days of meetings."""
    state = WalkState(outline, assign_roles(outline, patterns), patterns)
    walker = _Walker(state)
    for section in outline.root.walk():
        walker.visit(section)
    state.judge.settle(state.became)
    state.walked.entries = without_bare(state.walked.entries, outline)
    return state.walked


class _Walker:
    """Visits the sections of a document in turn."""

    def __init__(self, walk: WalkState) -> None:
        self.walk = walk
        self.lists, self.paragraphs = ListReader(walk), ParagraphReader(walk)
        self.has_records = any(
            is_paper_record(block)
            for section in walk.outline.root.walk()
            for block in section.blocks
            if block.kind == "record" and not block.is_page
        )

    def visit(self, section: Section) -> None:
        """Read what stands right below a heading, and the heading itself."""
        role = self.walk.roles[section] if section.level else Role.TITLE
        if role is Role.BODY:
            return
        self.walk.outline.use(section.number)
        name = heading_name(plain(section.pieces))
        if section.level and role in _FATES:
            self.walk.outline.tell(section.number, _FATES[role])
        if role is Role.PAPER:
            self._paper(section)
            return
        if role is Role.TOPIC:
            self.walk.walked.topics.append(TopicDraft(self.walk.path_of(section), section.number))
        elif role is Role.MEMBER:
            member = self.walk.roles.members[section.number]
            self.walk.walked.members.append(MemberDraft(member, section.number, "heading"))
        elif role in (Role.TITLE, Role.STRUCTURE) and not self.walk.walked.title:
            self.walk.walked.title = name
        self._blocks(section, role)

    def _paper(self, section: Section) -> None:
        """A paper's heading; bullets below it that are papers by themselves stand beside it."""
        inner = [
            item for block in section.blocks if block.kind == "list" for item in block.children
            if len(lines := head_lines(item)) > 1 and words(lines[0].text)
            and evidence(lines) >= SURE and only_addresses(lines[-1].pieces)
        ]  # fmt: skip
        for block in section.blocks:
            block.children = [child for child in block.children if child not in inner]
        section.blocks = [b for b in section.blocks if b.kind != "list" or b.children]
        parent = section.parent or section
        self.walk.add(read_heading(section, self.walk.outline), parent)
        for item in inner:
            self.walk.add(read_item(item, self.walk.outline), parent)

    def _blocks(self, section: Section, role: Role) -> None:
        self.walk.flow = Flow()
        cited = {entry.line: entry for entry in bibliography_of(section)}
        for block in section.blocks:
            if cited and block.kind == "code":
                self._bibliography(block, cited, section)
            elif block.kind == "list":
                self.lists.read_list(block, section)
            elif block.kind == "item":
                self.lists.read_among(block, [block], section, ())
            elif block.kind == "table" and is_paper_table(block):
                self.walk.end_flow()
                for entry in read_table(block, self.walk.outline, self.walk.patterns):
                    self.walk.add(entry, section)
            elif block.kind == "record":
                self._record(block, section)
            elif block.kind == "paragraph":
                self.paragraphs.read_paragraph(block, section, role)
            elif self.walk.flow.entry is not None:
                self.walk.flow.blocks.append(block)
            else:
                self.walk.describe(block, section, role)
        self.walk.end_flow()

    def _bibliography(self, block: Block, cited: dict[int, Entry], section: Section) -> None:
        self.walk.end_flow()
        self.walk.outline.use(block.start, block.end)
        for number in range(block.start, block.end + 1):
            if number in cited:
                self.walk.add(cited[number], section)

    def _record(self, block: Block, section: Section) -> None:
        self.walk.end_flow()
        is_paper = not block.is_page and (
            is_paper_record(block) or not self.has_records or has_long_title(block)
        )
        for entry in read_records(block, self.walk.outline, self.walk.patterns) if is_paper else ():
            if entry.topic or self.walk.path_of(section):
                entry.tags.extend(entry.subjects)
                entry.subjects.clear()
            self.walk.add(entry, section)
