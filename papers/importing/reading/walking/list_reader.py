"""Lists: items that are papers, groups of papers, labelled facts, and names of papers below."""

from collections.abc import Sequence

from papers.importing.reading.drafts.understood import TopicDraft, TopicPath
from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.entries.entry_lines import read_entry
from papers.importing.reading.evidence.features import SURE
from papers.importing.reading.evidence.no_titles import is_contents
from papers.importing.reading.evidence.scoring import (
    counts_for_list,
    evidence_of,
    is_surely_paper,
    label_of,
)
from papers.importing.reading.headings.member_names import is_by_person
from papers.importing.reading.headings.signs import NO_PAPER
from papers.importing.reading.headings.topic_names import topic_name
from papers.importing.reading.items.below_titles import hang_heading
from papers.importing.reading.items.bodies import read_body
from papers.importing.reading.items.labelled import read_fact
from papers.importing.reading.items.line_labels import read_label
from papers.importing.reading.items.list_items import read_item
from papers.importing.reading.items.names_first import title_below
from papers.importing.reading.labels.meanings import section_meant
from papers.importing.reading.links.several import part_papers
from papers.importing.reading.outline.document import Block, Line, Section, head_lines
from papers.importing.reading.outline.pieces import plain, said
from papers.importing.reading.walking.flow import Flow, cut_leader, holds_record
from papers.importing.reading.walking.state import WalkState
from papers.text.dates import day_end, names_a_time
from papers.text.titles import clean_title
from papers.text.wording import (
    heading_name,
    is_aside,
    is_sentence,
    looks_like_name,
    looks_like_title,
    names_no_subject,
    names_other_works,
    words,
)

MOST_LOOKS = 400
"""Lines of an index whose wording differs from every heading that are compared with all of them."""


class ListReader:
    """Reads the lists of a document for a walk over it."""

    def __init__(self, walk: WalkState) -> None:
        self.walk = walk
        self.looks = 0
        self.record: int | None = None

    def read_list(self, block: Block, section: Section) -> None:
        """A list of papers, an index of the sections below, or notes on the entry above it."""
        found = [self.walk.judge.is_paper(item, block) for item in block.children]
        if self.walk.papers and not any(evidence_of(item) >= SURE for item in block.children):
            self._index(block, section)
        elif self.walk.flow.entry is not None and not any(found) and not self._holds_papers(block):
            self.walk.flow.blocks.append(block)
        else:
            self._labelled_list(block, section)

    def _labelled_list(self, block: Block, section: Section) -> None:
        """Items of a list; beside one that is labelled as a title, the others tell of that paper.

        Where a list labels several titles, and as many presenters, each stands below its title.
        """
        start = len(self.walk.walked.entries)
        labels = [label_of(head_lines(item))[0] for item in block.children]
        titles = sum(label in ("title", "paper") for label in labels)
        is_series = titles > 1 and labels.count("member") >= titles and labels[0] != "member"
        self.record = start if titles else None
        for item in block.children:
            self.read_among(block, [item], section, ())
            if is_series and self.walk.flow.facts:
                self._share(self.walk.walked.entries[start:][-1:])
        self.record = None
        above = [value.number for label, value in self.walk.flow.facts if label == "member"]
        is_led = any(number >= block.start - 2 for number in above)
        if titles or is_led or self.walk.flow.meeting or self.walk.meeting_of(section):
            self._share(self.walk.walked.entries[start:])

    def _contents(self, item: Block) -> None:
        for number in range(item.start, item.end + 1):
            self.walk.outline.tell(number, "contents")

    def _holds_papers(self, block: Block) -> bool:
        inner = [
            c
            for item in block.children
            for b in item.children
            if b.kind == "list"
            for c in b.children
        ]
        return any(evidence_of(child) >= SURE for child in inner)

    def read_among(
        self, block: Block, items: list[Block], section: Section, path: TopicPath
    ) -> None:
        """Items of a block that holds papers: papers, groups of papers, and what is neither."""
        for item in items:
            lines = head_lines(item)
            if not lines:
                continue
            if is_contents(lines[0].pieces):
                self.walk.note(item, "aside")
                self._contents(item)
                continue
            found = evidence_of(item)
            inner = [c for b in item.children if b.kind == "list" for c in b.children]
            strong = [child for child in inner if is_surely_paper(child)]
            holds = bool(strong) and len(strong) * 2 >= len(
                [c for c in inner if counts_for_list(c) or c in strong]
            )
            chosen = self.walk.judge.role(item, item.start)
            named = not chosen and (title_below(item) is not None or holds_record(inner))
            if chosen in ("topic", "member", "meeting") or (
                not named and found < SURE and holds and not self._says_something(lines[0])
            ):
                self._group(item, lines, inner, section, path, chosen)
            elif (
                named
                or self.walk.judge.is_paper(item, block)
                or (
                    not chosen
                    and not is_aside(plain(section.pieces))
                    and not names_other_works(plain(section.pieces))
                    and self._is_bold_title(lines, item)
                )
            ):
                self.walk.note(item, "paper")
                beside = self._papers_below(item) if not named else []
                item.children = [block for block in item.children if block not in beside]
                for entry in self._read_items(item):
                    self.walk.add(entry, section, *path)
                for inner_list in beside:
                    self.read_among(inner_list, inner_list.children, section, path)
            else:
                self.walk.note(item, chosen or "text")
                self._other(item, lines, section)

    def _papers_below(self, item: Block) -> list[Block]:
        """Lists below a paper that hold groups of further papers: "Papers", "Candidates"."""
        return [
            block
            for block in item.children
            if block.kind == "list"
            and all(
                evidence_of(inner) < 0 and any(child.kind == "list" for child in inner.children)
                for inner in block.children
            )
            and self._holds_papers(block)
        ]

    def _other(self, item: Block, lines: list[Line], section: Section) -> None:
        """An item that is no paper: a fact for the papers beside it stays with them; else
        nothing.
        """
        label, value = label_of(lines)
        if label is not None and value is not None and label not in ("aside", "meeting"):
            self.walk.flow.facts.append((label, value))
        elif self.record is not None and len(self.walk.walked.entries) > self.record:
            found = read_label(lines[0], bold_only=False)
            if (found and section_meant(found[0])) or is_sentence(said(lines[0].text)):
                one = Block("list", item.start, item.end, children=[item])
                entry = self.walk.walked.entries[-1]
                entry.is_paper_page = True
                hang_heading(entry, read_body([one], self.walk.outline))
                entry.last_line = max(entry.last_line, item.end)

    def _read_item(self, item: Block) -> Entry:
        lines = head_lines(item)
        label, value = label_of(lines)
        if label in ("title", "paper") and value is not None:
            item.children[0].lines[0] = value
        entry = read_item(item, self.walk.outline)
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

    def _is_bold_title(self, lines: list[Line], item: Block) -> bool:
        """A bullet with notes below it whose first sentence is a title."""
        inner = [block for block in item.children[1:] if block.kind == "list"]
        head = plain(lines[0].pieces).split(". ")[0]
        is_other = label_of(lines)[0] is not None or evidence_of(item) <= NO_PAPER
        if is_other or names_a_time(head.strip(" :：")):
            return False
        return bool(inner) and looks_like_title(head) and len(words(head)) >= 3

    def _says_something(self, line: Line) -> bool:
        """Whether a line over papers is a sentence, but for the day and who led."""
        text, _ = cut_leader(line)
        return is_sentence(text[day_end(text) :].lstrip(" :："))

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
        text, leader = cut_leader(lines[0])
        name = heading_name(text)
        for line in lines:
            self.walk.outline.use(line.number)
        start = len(self.walk.walked.entries)
        before, self.walk.flow = self.walk.flow, Flow()
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
                and (name.startswith("@") or is_by_person(section))
            )
            else ""
        )
        subject = topic_name(name)
        below = path if is_day or is_label or member else (*path, subject) if name else path
        self.walk.note(
            item, "meeting" if is_day else "member" if member else "text" if is_label else "topic"
        )
        if below != path:
            self.walk.walked.topics.append(
                TopicDraft((*self.walk.path_of(section), *below), lines[0].number)
            )
        self.walk.flow.meeting = name if is_day else name[: day_end(name)] or before.meeting
        self.walk.flow.facts += [("member", leader)] if leader is not None else []
        for block in item.children:
            if block.kind == "list":
                self.read_among(block, block.children, section, below)
        self._share(self.walk.walked.entries[start:])
        for entry in self.walk.walked.entries[start:] if member else ():
            entry.members.append(member)
        self.walk.flow = before

    def _share(self, entries: Sequence[Entry]) -> None:
        """Facts that stand beside several papers of one meeting are of all of them."""
        for label, value in self.walk.flow.facts:
            for entry in entries:
                read_fact(entry, label, value.pieces)
            if entries:
                self.walk.outline.use(value.number)
        self.walk.flow.facts.clear()

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
        if len(further) == len(block.children) and self.walk.flow.entry is not None:
            self.walk.flow.blocks.append(block)
            return
        # Where most names meet a section, the others are papers too, whatever they look like.
        is_index = len(further) * 2 <= len(block.children)
        for item in further:
            if is_index or self.walk.judge.is_paper(item, block):
                self.walk.note(item, "paper")
                self.walk.add(self._read_item(item), section)

    def _names_section(self, title: str) -> bool:
        """Whether a paper's heading says the same, or nearly."""
        if self.walk.titles.has_key_of(title):
            return True
        self.looks += 1
        return self.looks <= MOST_LOOKS and bool(self.walk.titles.near(title, limit=1))
