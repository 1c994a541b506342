"""What a walk over a document knows, and what it has found so far."""

from dataclasses import dataclass, field

from papers.importing.reading.drafts.understood import MemberDraft, TopicDraft, TopicPath
from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.evidence.judging import Judge
from papers.importing.reading.evidence.patterns import Patterns
from papers.importing.reading.headings.promises import IN_ASIDE, promise_of
from papers.importing.reading.headings.roles import Role, Roles
from papers.importing.reading.headings.topic_names import day_of_topic, topic_name
from papers.importing.reading.items.below_titles import hang_heading
from papers.importing.reading.items.bodies import read_body
from papers.importing.reading.outline.document import Block, Line, Outline, Section
from papers.importing.reading.outline.pieces import plain
from papers.importing.reading.walking.flow import Flow, labels_aside
from papers.text.titles import Titles, clean_title
from papers.text.wording import (
    heading_name,
    is_sentence,
    words,
)


@dataclass(slots=True)
class Walked:
    """What a walk over a document found, in source order."""

    entries: list[Entry] = field(default_factory=list)
    topics: list[TopicDraft] = field(default_factory=list)
    members: list[MemberDraft] = field(default_factory=list)
    title: str = ""
    description: list[str] = field(default_factory=list)


class WalkState:
    """The document, what its headings and lines are, and where the walk is."""

    def __init__(self, outline: Outline, roles: Roles, patterns: Patterns) -> None:
        self.outline, self.roles = outline, roles
        self.patterns, self.judge = patterns, Judge(patterns)
        self.walked = Walked()
        self.became: dict[str, dict[str, int]] = {}
        self.papers = [
            clean_title(plain(section.pieces))
            for section in outline.root.walk()
            if section.level and roles[section] is Role.PAPER
        ]
        self.titles = Titles(self.papers)
        self.paths: dict[int, TopicPath] = {}
        self.flow = Flow()
        for section in outline.root.walk():
            if not section.level or roles[section] not in (Role.PAPER, Role.BODY):
                self._see(section)
        self.judge.find_styles()

    def _see(self, section: Section) -> None:
        penalty = promise_of(section)
        label = 0.0
        for block in section.blocks:
            if block.kind == "list":
                self.judge.see_list(block, 1, penalty + label)
            label = IN_ASIDE if labels_aside(block) else 0.0
            if block.kind == "list":
                continue
            if block.kind == "paragraph":
                self.judge.see_paragraph(block, penalty)

    def path_of(self, section: Section | None) -> TopicPath:
        """The names of the topics from the outermost to this section."""
        if section is None or not section.level:
            return ()
        if (known := self.paths.get(section.number)) is not None:
            return known
        is_topic = self.roles[section] is Role.TOPIC
        subject = self.roles.led.get(section.number, (plain(section.pieces),))[0]
        name = topic_name(
            subject,
            is_numbered=section.number in self.roles.numbered,
            is_counted=section.number in self.roles.counted,
        )
        name = name if is_topic else ""
        path = (*self.path_of(section.parent), name) if name else self.path_of(section.parent)
        self.paths[section.number] = path
        return path

    def member_of(self, section: Section | None) -> str:
        """The member whom a heading over a section names, or ""."""
        while section is not None:
            if section.number in self.roles.members:
                return self.roles.members[section.number]
            section = section.parent
        return ""

    def meeting_of(self, section: Section | None) -> str:
        """The day over a section, if a heading names one."""
        while section is not None and section.level:
            if self.roles[section] is Role.TIME:
                return heading_name(plain(section.pieces))
            section = section.parent
        return ""

    def day_of(self, section: Section | None) -> str:
        """The heading over a section that says when and about what: "12 May 2020: Graphs"."""
        while section is not None and section.level:
            name = heading_name(plain(section.pieces))
            if self.roles[section] is Role.TOPIC and day_of_topic(name):
                return name
            section = section.parent
        return ""

    def add(self, entry: Entry, section: Section, *extra: str) -> None:
        """Take an entry in, with the topic, day and member over it; `extra` are topics below."""
        if not words(entry.title):
            self.outline.release(entry.line, entry.last_line)
            return
        entry.topic = (*self.path_of(section), *extra)
        entry.meeting = entry.meeting or self.flow.meeting or self.meeting_of(section)
        entry.meeting = entry.meeting or self.day_of(section)
        if member := self.member_of(section):
            entry.members.insert(0, member)
        elif self.flow.member and not entry.members:
            entry.members.append(self.flow.member)
        if not entry.members:
            entry.members.extend(self.roles.led.get(section.number, ("", ()))[1])
        self.walked.entries.append(entry)

    def note(self, node: Block | Line, role: str) -> None:
        """Count what an item or line of a kind became."""
        name = self.judge.kinds.get(id(node), "")
        counts = self.became.setdefault(name, {})
        counts[role] = counts.get(role, 0) + 1

    def end_flow(self) -> None:
        """The entry of the lines above is complete."""
        entry, blocks = self.flow.entry, self.flow.blocks
        if entry is not None and blocks:
            body = read_body(blocks, self.outline)
            entry.is_paper_page = entry.is_paper_page or self.flow.labelled or body.says_something
            hang_heading(entry, body)
            entry.last_line = max(entry.last_line, blocks[-1].end)
        self.flow = Flow(
            meeting=self.flow.meeting,
            member=self.flow.member,
            facts=[] if entry is not None else self.flow.facts,
        )

    def describe(self, block: Block, section: Section, role: Role) -> None:
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
            self.outline.tell(number, "text")
        if is_title:
            self.walked.description.append(text)
            return
        topic = self.walked.topics[-1]
        joined = f"{topic.description}\n\n{text}".strip()
        self.walked.topics[-1] = TopicDraft(topic.path, topic.line, joined)
