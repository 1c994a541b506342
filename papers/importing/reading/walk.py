"""One walk over a document's tree: entries, topics, members and meetings, in the order of the
source.

Real documents mix shapes (a member's heading over headings of papers, reviews under topics, a table
under a member, days over labelled lines), so that one walk reads all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from papers.importing.reading.bodies import read_body, read_label
from papers.importing.reading.document import Block, Line, Outline, Section
from papers.importing.reading.drafts import MemberDraft, TopicDraft, TopicPath
from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.entries.facts import split_people
from papers.importing.reading.entries.labelled import read_fact
from papers.importing.reading.entries.lines import read_entry
from papers.importing.reading.entries.several import part_papers
from papers.importing.reading.flow import Flow, day_line, entry_end, labels_aside, leads_below
from papers.importing.reading.items import (
    evidence,
    evidence_of,
    hang_heading,
    head_lines,
    label_of,
    read_heading,
    read_item,
    read_lines,
)
from papers.importing.reading.judging import Judge
from papers.importing.reading.labels import meaning_of, section_meant
from papers.importing.reading.patterns import Patterns
from papers.importing.reading.pieces import only_addresses, plain, said
from papers.importing.reading.records import has_long_title, is_paper_record, read_records
from papers.importing.reading.roles import (
    Role,
    Roles,
    assign_roles,
    topic_name,
)
from papers.importing.reading.signs import ENOUGH, SURE, is_contents
from papers.importing.reading.tables import is_paper_table, read_table
from papers.text.dates import names_a_time
from papers.text.titles import Titles, clean_title
from papers.text.wording import (
    heading_name,
    is_aside,
    is_sentence,
    looks_like_name,
    looks_like_title,
    names_no_subject,
    words,
)

MOST_LOOKS = 400
"""Lines of an index whose wording differs from every heading that are compared with all of them."""

MOST_DEPTH = 8
"""Lists within lists that are looked into for papers."""

IN_ASIDE = -0.7
"""What a heading like "Contributing" or "Related lists" takes from the items below it."""


_FATES = {Role.TIME: "meeting", Role.STRUCTURE: "heading", Role.TITLE: "title"}


@dataclass(slots=True)
class Walked:
    """What a walk over a document found, in source order."""

    entries: list[Entry] = field(default_factory=list)
    topics: list[TopicDraft] = field(default_factory=list)
    members: list[MemberDraft] = field(default_factory=list)
    title: str = ""
    description: list[str] = field(default_factory=list)


def walk(outline: Outline, patterns: Patterns) -> Walked:
    """Walk over all sections and collect entries, topics, members and days of meetings."""
    walker = _Walker(outline, assign_roles(outline, patterns), patterns)
    for section in outline.root.walk():
        walker.visit(section)
    walker.judge.settle(walker.became)
    return walker.walked


class _Walker:
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
        self.looks = 0
        self.has_records = False
        self.record: int | None = None
        self.flow = Flow()
        for section in outline.root.walk():
            if not section.level or roles[section] not in (Role.PAPER, Role.BODY):
                self._see(section)
        self.judge.find_styles()

    def _see(self, section: Section) -> None:
        penalty = IN_ASIDE if section.level and is_aside(plain(section.pieces)) else 0.0
        label = 0.0
        for block in section.blocks:
            if block.kind == "list":
                self.judge.see_list(block, 1, penalty + label)
            label = IN_ASIDE if labels_aside(block) else 0.0
            if block.kind == "list":
                continue
            if block.kind == "paragraph":
                self.judge.see_paragraph(block, penalty)

    def visit(self, section: Section) -> None:
        role = self.roles[section] if section.level else Role.TITLE
        if role is Role.BODY:
            return
        self.outline.use(section.number)
        name = heading_name(plain(section.pieces))
        if section.level and role in _FATES:
            self.outline.tell(section.number, _FATES[role])
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
        is_numbered = section.number in self.roles.numbered
        name = topic_name(plain(section.pieces), is_numbered=is_numbered) if is_topic else ""
        path = (*self._path(section.parent), name) if name else self._path(section.parent)
        self.paths[section.number] = path
        return path

    def _member(self, section: Section | None) -> str:
        while section is not None:
            if section.number in self.roles.members:
                return self.roles.members[section.number]
            section = section.parent
        return ""

    def _meeting(self, section: Section | None) -> str:
        """The day over a section, if a heading names one."""
        while section is not None and section.level:
            if self.roles[section] is Role.TIME:
                return heading_name(plain(section.pieces))
            section = section.parent
        return ""

    def _add(self, entry: Entry, section: Section, *extra: str) -> None:
        if not words(entry.title):
            self.outline.release(entry.line, entry.last_line)
            return
        entry.topic = (*self._path(section), *extra)
        entry.meeting = entry.meeting or self.flow.meeting or self._meeting(section)
        if member := self._member(section):
            entry.members.insert(0, member)
        elif self.flow.member and not entry.members:
            entry.members.append(self.flow.member)
        self.walked.entries.append(entry)

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
        self._add(read_heading(section, self.outline), parent)
        for item in inner:
            self._add(read_item(item, self.outline), parent)

    # ------------------------------------------------------------------ blocks

    def _blocks(self, section: Section, role: Role) -> None:
        self.flow = Flow()
        self.has_records = any(
            is_paper_record(block)
            for block in section.blocks
            if block.kind == "record" and not block.is_page
        )
        for block in section.blocks:
            if block.kind == "list":
                self._list(block, section)
            elif block.kind == "item":
                self._items(block, [block], section, ())
            elif block.kind == "table" and is_paper_table(block):
                self._end_flow()
                for entry in read_table(block, self.outline, self.patterns):
                    self._add(entry, section)
            elif block.kind == "record":
                self._record(block, section)
            elif block.kind == "paragraph":
                self._paragraph(block, section, role)
            elif self.flow.entry is not None:
                self.flow.blocks.append(block)
            else:
                self._describe(block, section, role)
        self._end_flow()

    def _record(self, block: Block, section: Section) -> None:
        self._end_flow()
        is_paper = is_paper_record(block) or (
            not block.is_page and (not self.has_records or has_long_title(block))
        )
        for entry in read_records(block, self.outline, self.patterns) if is_paper else ():
            if entry.topic or self._path(section):
                entry.tags.extend(entry.subjects)
                entry.subjects.clear()
            self._add(entry, section)

    def _list(self, block: Block, section: Section) -> None:
        found = [self.judge.is_paper(item, block) for item in block.children]
        if self.papers and not any(evidence_of(item) >= SURE for item in block.children):
            self._index(block, section)
        elif self.flow.entry is not None and not any(found) and not self._holds_papers(block):
            self.flow.blocks.append(block)
        else:
            self._labelled_list(block, section)

    def _labelled_list(self, block: Block, section: Section) -> None:
        """Items of a list; beside one that is labelled as a title, the others tell of that paper.

        Where a list labels several titles, and as many presenters, each stands below its title.
        """
        start = len(self.walked.entries)
        labels = [label_of(head_lines(item))[0] for item in block.children]
        titles = sum(label in ("title", "paper") for label in labels)
        is_series = titles > 1 and labels.count("member") >= titles and labels[0] != "member"
        self.record = start if titles else None
        for item in block.children:
            self._items(block, [item], section, ())
            if is_series and self.flow.facts:
                self._share(self.walked.entries[start:][-1:])
        self.record = None
        if titles or self.flow.meeting or self._meeting(section):
            self._share(self.walked.entries[start:])

    def _contents(self, item: Block) -> None:
        for number in range(item.start, item.end + 1):
            self.outline.tell(number, "contents")

    def _holds_papers(self, block: Block) -> bool:
        inner = [
            c
            for item in block.children
            for b in item.children
            if b.kind == "list"
            for c in b.children
        ]
        return any(evidence_of(child) >= SURE for child in inner)

    def _items(self, block: Block, items: list[Block], section: Section, path: TopicPath) -> None:
        for item in items:
            lines = head_lines(item)
            if not lines:
                continue
            if is_contents(lines[0].pieces):
                self._note(item, "aside")
                self._contents(item)
                continue
            found = evidence_of(item)
            inner = [c for b in item.children if b.kind == "list" for c in b.children]
            strong = [child for child in inner if _is_sure(child)]
            holds = bool(strong) and len(strong) * 2 >= len(
                [c for c in inner if _counts(c) or c in strong]
            )
            chosen = self.judge.role(item, item.start)
            if chosen in ("topic", "member", "meeting") or (
                found < SURE and holds and not is_sentence(lines[0].text)
            ):
                self._group(item, lines, inner, section, path, chosen)
            elif self.judge.is_paper(item, block) or (
                not chosen and self._is_bold_title(lines, item)
            ):
                self._note(item, "paper")
                for entry in self._read_items(item):
                    self._add(entry, section, *path)
            else:
                self._note(item, chosen or "text")
                self._other(item, lines, section)

    def _other(self, item: Block, lines: list[Line], section: Section) -> None:
        """An item that is no paper: a fact for the papers beside it stays with them; else
        nothing.
        """
        label, value = label_of(lines)
        if label is not None and value is not None and label not in ("aside", "meeting"):
            self.flow.facts.append((label, value))
        elif self.record is not None and len(self.walked.entries) > self.record:
            found = read_label(lines[0], bold_only=False)
            if (found and section_meant(found[0])) or is_sentence(said(lines[0].text)):
                one = Block("list", item.start, item.end, children=[item])
                entry = self.walked.entries[-1]
                entry.is_paper_page = True
                hang_heading(entry, read_body([one], self.outline))
                entry.last_line = max(entry.last_line, item.end)

    def _read_item(self, item: Block) -> Entry:
        lines = head_lines(item)
        label, value = label_of(lines)
        if label in ("title", "paper") and value is not None:
            item.children[0].lines[0] = value
        entry = read_item(item, self.outline)
        if not entry.title and entry.links:
            entry.title = entry.written = entry.links[0].url
        entry.has_own_title = True
        return entry

    def _read_items(self, item: Block) -> list[Entry]:
        """The papers of an item; what hangs below several is of the first."""
        lines = head_lines(item)
        first, *others = part_papers(lines[0].pieces) if len(lines) == 1 else [()]
        if others:
            item.children[0].lines[0] = Line(lines[0].number, lines[0].text, given=first)
        entries = [self._read_item(item)]
        for pieces in others:
            entries.append(read_entry(pieces, lines[0].number, lines[0].number))
        return entries

    def _note(self, node: Block | Line, role: str) -> None:
        name = self.judge.kinds.get(id(node), "")
        counts = self.became.setdefault(name, {})
        counts[role] = counts.get(role, 0) + 1

    def _is_bold_title(self, lines: list[Line], item: Block) -> bool:
        """A bullet with notes below it whose first sentence is a title."""
        inner = [block for block in item.children[1:] if block.kind == "list"]
        head = plain(lines[0].pieces).split(". ")[0]
        if label_of(lines)[0] is not None or names_a_time(head.strip(" :：")):
            return False
        return bool(inner) and looks_like_title(head) and len(words(head)) >= 3

    def _group(
        self,
        item: Block,
        lines: list[Line],
        inner: list[Block],
        section: Section,
        path: TopicPath,
        chosen: str,
    ) -> None:
        """An item over items that are papers: a day, a member, or a topic."""
        name = heading_name(plain(lines[0].pieces))
        for line in lines:
            self.outline.use(line.number)
        start = len(self.walked.entries)
        before, self.flow = self.flow, Flow()
        is_day = chosen == "meeting" or (not chosen and names_a_time(name))
        is_label = (
            not is_day and not chosen and (names_no_subject(name) or label_of(lines)[0] is not None)
        )
        member = (
            name.lstrip("@")
            if chosen == "member"
            or (
                not chosen
                and looks_like_name(name)
                and (name.startswith("@") or _is_of_people(section))
            )
            else ""
        )
        subject = topic_name(name)
        below = path if is_day or is_label or member else (*path, subject) if name else path
        self._note(
            item, "meeting" if is_day else "member" if member else "text" if is_label else "topic"
        )
        if below != path:
            self.walked.topics.append(TopicDraft((*self._path(section), *below), lines[0].number))
        self.flow.meeting = name if is_day else before.meeting
        for block in item.children:
            if block.kind == "list":
                self._items(block, block.children, section, below)
        self._share(self.walked.entries[start:])
        for entry in self.walked.entries[start:] if member else ():
            entry.members.append(member)
        self.flow = before

    def _share(self, entries: Sequence[Entry]) -> None:
        """Facts that stand beside several papers of one meeting are of all of them."""
        for label, value in self.flow.facts:
            for entry in entries:
                read_fact(entry, label, value.pieces)
            if entries:
                self.outline.use(value.number)
        self.flow.facts.clear()

    def _index(self, block: Block, section: Section) -> None:
        """A list that names the papers of the sections below, and perhaps further ones."""
        further = []
        for item in block.children:
            lines = head_lines(item)
            if not lines:
                continue
            title = clean_title(plain(lines[0].pieces))
            if is_contents(lines[0].pieces) or self._names_section(title):
                self._contents(item)
            elif len(words(title)) >= 2:
                further.append(item)
        if len(further) == len(block.children) and self.flow.entry is not None:
            self.flow.blocks.append(block)
            return
        # Where most names meet a section, the others are papers too, whatever they look like.
        is_index = len(further) * 2 <= len(block.children)
        for item in further:
            if is_index or self.judge.is_paper(item, block):
                self._note(item, "paper")
                self._add(self._read_item(item), section)

    def _names_section(self, title: str) -> bool:
        """Whether a paper's heading says the same, or nearly."""
        if self.titles.has_key_of(title):
            return True
        self.looks += 1
        return self.looks <= MOST_LOOKS and bool(self.titles.near(title, limit=1))

    # -------------------------------------------------------------- paragraphs

    def _paragraph(self, block: Block, section: Section, role: Role) -> None:
        """Titles with links, one a line, or a title and its address below; labels; else text."""
        if labels_aside(block) and len(block.lines) == 1:
            self._end_flow()
            return
        lines, position = block.lines, 0
        rest: list[Line] = []
        fresh = False
        while position < len(lines):
            line = lines[position]
            is_led = position == 0 or leads_below(lines)
            if is_led and self.flow.entry is not None and leads_below(lines[position:]):
                self._end_flow()
            end = self._entry_end(lines, position)
            if end > position:
                self._text(rest, section, role)
                self._open_entry(lines[position:end], section)
                rest, fresh, position = [], True, end
                continue
            if self._took_label(line, section):
                pass
            elif day := day_line(line):
                self._end_flow()
                self.flow = day
                self.outline.tell(line.number, "meeting")
            elif fresh and self.flow.entry is not None and not self.flow.labelled:
                # What stands right below an entry, without a blank line, is about it.
                self._right_below(line)
            else:
                rest.append(line)
            position += 1
        self._text(rest, section, role)

    def _right_below(self, line: Line) -> None:
        self.outline.use(line.number)
        self.flow.blocks.append(Block("paragraph", line.number, line.number, [line]))

    def _open_entry(self, lines: list[Line], section: Section) -> None:
        pending = self.flow.facts if self.flow.entry is None else []
        self._end_flow()
        label, value = label_of(lines)
        if label in ("title", "paper") and value is not None:
            lines = [value, *lines[1:]]
        *before, last = part_papers(lines[0].pieces)
        for pieces in before:
            self._add(read_entry(pieces, lines[0].number, lines[0].number), section)
        if before:
            lines = [Line(lines[0].number, lines[0].text, given=last), *lines[1:]]
        entry = read_lines(lines, self.outline)
        entry.has_own_title = True
        self._note(lines[0], "paper")
        self._add(entry, section)
        self.flow.entry = entry
        self.flow.labelled = label is not None
        for fact, line in pending:
            read_fact(entry, fact, line.pieces)
            self.outline.use(line.number)
        self.flow.facts = []

    def _took_label(self, line: Line, section: Section) -> bool:
        """A labelled fact is of the entry above it, or waits for the one below."""
        label, value = label_of([line])
        if label is None or value is None:
            found = read_label(line)
            if found and section_meant(found[0]) and self.flow.entry is not None:
                self.flow.labelled = True
                self.flow.blocks.append(Block("paragraph", line.number, line.number, [line]))
                return True
            return False
        entry = self.flow.entry
        if entry is None:
            if label in ("aside", "meeting"):
                return False
            self.flow.facts.append((label, value))
            return True
        read_fact(entry, label, value.pieces)
        entry.last_line = max(entry.last_line, line.number)
        self.outline.use(line.number)
        return True

    def _text(self, lines: list[Line], section: Section, role: Role) -> None:
        """Text below an entry is about it; else it describes the topic or the document."""
        if not lines:
            return
        block = Block("paragraph", lines[0].number, lines[-1].number, lines)
        if self.flow.entry is not None:
            self.flow.blocks.append(block)
        else:
            self._describe(block, section, role)

    def _end_flow(self) -> None:
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

    def _entry_end(self, lines: list[Line], start: int) -> int:
        """Where the entry that begins at this line ends, `start` if none does."""
        line = lines[start]
        chosen = self.judge.role(line, line.number)
        pattern = self.patterns.all.get(self.judge.kinds.get(id(line), ""))
        # A line of a kind that occurs several times and mostly shows papers.
        is_usual = pattern is not None and pattern.count >= 2 and pattern.mean("paper") >= ENOUGH
        return entry_end(lines, start, chosen, is_usual=is_usual, is_labelled=self.flow.labelled)

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
            self.outline.tell(number, "text")
        if is_title:
            self.walked.description.append(text)
            return
        topic = self.walked.topics[-1]
        joined = f"{topic.description}\n\n{text}".strip()
        self.walked.topics[-1] = TopicDraft(topic.path, topic.line, joined)


def _is_sure(item: Block, depth: int = 0) -> bool:
    """An item that is surely a paper, or a group of such."""
    if evidence_of(item) >= SURE:
        return True
    inner = (
        [c for b in item.children if b.kind == "list" for c in b.children]
        if depth < MOST_DEPTH
        else []
    )
    return sum(_is_sure(child, depth + 1) for child in inner) * 2 >= max(len(inner), 1)


def _counts(item: Block) -> bool:
    """An item that speaks for or against its list holding papers: no label, no bare address, not
    empty.
    """
    lines = head_lines(item)
    return bool(lines) and label_of(lines)[0] is None and not only_addresses(lines[0].pieces)


def _is_of_people(section: Section | None) -> bool:
    """A section that says that it is sorted by person: "Members", "Who reads what"."""
    while section is not None and section.level:
        if any(meaning_of(word) == "member" for word in words(plain(section.pieces))):
            return True
        section = section.parent
    return False


__all__ = ["Walked", "split_people", "walk"]
