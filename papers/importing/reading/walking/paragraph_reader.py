"""Paragraphs: titles with links, one a line, labels and days between them, and other text."""

from papers.importing.reading.entries.entry_lines import read_entry
from papers.importing.reading.evidence.features import ENOUGH, SURE
from papers.importing.reading.evidence.scoring import evidence, label_of
from papers.importing.reading.headings.roles import Role
from papers.importing.reading.items.labelled import read_fact
from papers.importing.reading.items.line_labels import read_label
from papers.importing.reading.items.list_items import read_lines
from papers.importing.reading.items.wrapped import wrapped_count, wrapped_reference
from papers.importing.reading.labels.meanings import section_meant
from papers.importing.reading.links.several import part_papers
from papers.importing.reading.outline.document import Block, Line, Section
from papers.importing.reading.outline.pieces import plain
from papers.importing.reading.walking.flow import (
    day_line,
    entry_end,
    labels_aside,
    leads_below,
)
from papers.importing.reading.walking.state import WalkState
from papers.text.dates import names_a_time
from papers.text.identifiers import is_paper_url
from papers.text.wording import is_aside, names_other_works


class ParagraphReader:
    """Reads the paragraphs of a document for a walk over it."""

    def __init__(self, walk: WalkState) -> None:
        self.walk = walk

    def read_paragraph(self, block: Block, section: Section, role: Role) -> None:
        """Titles with links, one a line, or a title and its address below; labels; else text."""
        if labels_aside(block) and len(block.lines) == 1:
            self.walk.end_flow()
            return
        lines, position = block.lines, 0
        rest: list[Line] = []
        fresh = False
        while position < len(lines):
            line = lines[position]
            is_led = position == 0 or leads_below(lines)
            if is_led and self.walk.flow.entry is not None and leads_below(lines[position:]):
                self.walk.end_flow()
            end = self._entry_end(lines, position, section)
            if end > position:
                self._text(rest, section, role)
                self._open_entry(lines[position:end], section)
                rest, fresh, position = [], True, end
                continue
            is_last = fresh and position == len(lines) - 1
            if self._took_label(line, section) or (is_last and self._took_date(line)):
                pass
            elif day := day_line(line):
                self.walk.end_flow()
                self.walk.flow = day
                self.walk.outline.tell(line.number, "meeting")
            elif fresh and self.walk.flow.entry is not None and not self.walk.flow.labelled:
                # What stands right below an entry, without a blank line, is about it.
                self._right_below(line)
            else:
                rest.append(line)
            position += 1
        self._text(rest, section, role)

    def _took_date(self, line: Line) -> bool:
        """The last line below a title, its authors and its address may say when it came out."""
        entry = self.walk.flow.entry
        if entry is None or entry.year or not names_a_time(plain(line.pieces)):
            return False
        entry.date_it(plain(line.pieces))
        entry.last_line = max(entry.last_line, line.number)
        self.walk.outline.use(line.number)
        return True

    def _right_below(self, line: Line) -> None:
        self.walk.outline.use(line.number)
        self.walk.flow.blocks.append(Block("paragraph", line.number, line.number, [line]))

    def _open_entry(self, lines: list[Line], section: Section) -> None:
        pending = self.walk.flow.facts if self.walk.flow.entry is None else []
        self.walk.end_flow()
        label, value = label_of(lines)
        if label in ("title", "paper") and value is not None:
            lines = [value, *lines[1:]]
        elif (whole := wrapped_reference(lines)) and wrapped_count(lines) == len(lines):
            for line in lines:
                self.walk.outline.use(line.number)
            lines = [whole]
        *before, last = part_papers(lines[0].pieces)
        for pieces in before:
            self.walk.add(read_entry(pieces, lines[0].number, lines[0].number), section)
        if before:
            lines = [Line(lines[0].number, lines[0].text, given=last), *lines[1:]]
        entry = read_lines(lines, self.walk.outline)
        entry.has_own_title = True
        self.walk.note(lines[0], "paper")
        self.walk.add(entry, section)
        self.walk.flow.entry = entry
        self.walk.flow.labelled = label is not None
        self.walk.flow.kind = self.walk.judge.kinds.get(id(lines[0]), "")
        for fact, line in pending:
            read_fact(entry, fact, line.pieces)
            self.walk.outline.use(line.number)
        self.walk.flow.facts = []

    def _took_label(self, line: Line, section: Section) -> bool:
        """A labelled fact is of the entry above it, or waits for the one below."""
        label, value = label_of([line])
        if label is None or value is None:
            found = read_label(line)
            if found and section_meant(found[0]) and self.walk.flow.entry is not None:
                self.walk.flow.labelled = True
                self.walk.flow.blocks.append(Block("paragraph", line.number, line.number, [line]))
                return True
            return False
        entry = self.walk.flow.entry
        if entry is None:
            if label in ("aside", "meeting"):
                return False
            self.walk.flow.facts.append((label, value))
            return True
        read_fact(entry, label, value.pieces)
        entry.last_line = max(entry.last_line, line.number)
        self.walk.outline.use(line.number)
        return True

    def _text(self, lines: list[Line], section: Section, role: Role) -> None:
        """Text below an entry is about it; else it describes the topic or the document."""
        if not lines:
            return
        block = Block("paragraph", lines[0].number, lines[-1].number, lines)
        if self.walk.flow.entry is not None:
            self.walk.flow.blocks.append(block)
        else:
            self.walk.describe(block, section, role)

    def _entry_end(self, lines: list[Line], start: int, section: Section) -> int:
        """Where the entry that begins at this line ends, `start` if none does."""
        line = lines[start]
        above = lines[start - 1].text if start else ""
        if above.rfind("(") > above.rfind(")"):
            return start  # "(For an interesting / follow-up see https://...)".
        leads = any(is_paper_url(piece.url or "") for piece in line.pieces)
        if is_aside(plain(section.pieces)) and not leads:
            return start
        chosen = self.walk.judge.role(line, line.number)
        kind = self.walk.judge.kinds.get(id(line), "")
        pattern = self.walk.patterns.all.get(kind)
        # A line of a kind that occurs several times and mostly shows papers.
        is_usual = pattern is not None and pattern.count >= 2 and pattern.mean("paper") >= ENOUGH
        is_usual = is_usual and not names_other_works(plain(section.pieces))
        # Labels end where another paragraph begins like the one that opened their entry.
        is_next = start == 0 and kind == self.walk.flow.kind and evidence([line]) >= SURE
        is_labelled = self.walk.flow.labelled and not is_next
        return entry_end(lines, start, chosen, is_usual=is_usual, is_labelled=is_labelled)
