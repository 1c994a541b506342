"""The text under a paper's heading or entry: facts, links, and review text unit by unit."""

import re
from dataclasses import dataclass, field

from papers.importing.reading.drafts.review_text import Section, Unit
from papers.importing.reading.items.line_labels import read_label
from papers.importing.reading.labels.cues import asks, section_of
from papers.importing.reading.labels.meanings import (
    Fact,
    Meaning,
    is_fact,
    meaning_of,
    section_meant,
)
from papers.importing.reading.outline.document import Block, Line, Outline, lines_below
from papers.importing.reading.outline.document import Section as Heading
from papers.importing.reading.outline.pieces import Piece, only_addresses, only_links, plain
from papers.text.wording import is_sentence, is_unready, words

_DASHES = re.compile(r"^(?:(?:-{2,3}|[•●○▪–—]|->|=>)\s*|[*+]\s+)(?=\S)")
FEW_WORDS = 4
"""Words of short notes that say something together."""
PARAGRAPH_CUES = 2
"""Cues that a paragraph needs to leave the summary; a bullet needs one."""


@dataclass(slots=True)
class Body:
    """What stands under a paper."""

    links: list[Piece] = field(default_factory=list)
    facts: list[tuple[Fact, Line]] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)

    @property
    def says_something(self) -> bool:
        """At least one sentence, not only labels, lone words and promises of text to come."""
        said = [_bare(unit.text) for unit in self.units]
        return any(map(is_sentence, said)) or sum(len(words(text)) for text in said) >= FEW_WORDS


@dataclass(slots=True)
class _Label:
    """The label in force: its wording and its section, None if only the wording of text decides."""

    text: str = ""
    section: Section | None = None


def read_body(blocks: list[Block], outline: Outline, subs: list[Heading] | None = None) -> Body:
    """Read blocks, then the sub-headings with theirs, as one paper's body."""
    reader = _Reader(outline)
    reader.blocks(blocks, _Label())
    for heading in subs or []:
        for section in heading.walk():
            outline.use(section.number)
            title = plain(section.pieces).strip(" :：")
            meaning = meaning_of(title)
            if is_fact(meaning):
                reader.facts(section.blocks, meaning)
            else:
                reader.blocks(section.blocks, _label(title, meaning))
    return reader.body


def _label(text: str, meaning: Meaning | None) -> _Label:
    section = section_meant(meaning)
    wording = text.strip(" :：*_")
    # "Review" or "Summary" over a summary says nothing that the section's own name does not.
    if wording.casefold().replace("-", "_") in (
        section, "review", "reviews", "notes",
    ) or section == "takeaway":  # fmt: skip
        wording = ""
    return _Label(wording, section)


def lines_of(block: Block) -> list[Block]:
    """The blocks below a block, in order, without recursion."""
    found, waiting = [], list(reversed(block.children))
    while waiting:
        child = waiting.pop()
        found.append(child)
        waiting.extend(reversed(child.children))
    return found


class _Reader:
    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.body = Body()

    def blocks(self, blocks: list[Block], label: _Label) -> None:
        for block in blocks:
            self.outline.use(block.start, block.end)
            match block.kind:
                case "paragraph":
                    label = self._paragraph(block, label)
                case "list":
                    self._list(block, label, depth=1, parent=None)
                case "item":
                    self._item(block, label, depth=1, parent=None, marker="-")
                case "quote" | "code" | "table":
                    self._raw(block, label)

    def facts(self, blocks: list[Block], fact: Fact) -> None:
        """What stands under a heading like "Authors" or "Link"."""
        for block in blocks:
            self.outline.use(block.start, block.end)
            lines = [*block.lines, *(line for child in lines_of(block) for line in child.lines)]
            for line in lines:
                found = read_label(line, bold_only=False)
                own = found[0] if found and is_fact(found[0]) else None
                self.body.facts.append((own, found[2]) if found and own else (fact, line))

    def _raw(self, block: Block, label: _Label, depth: int = 0) -> None:
        last = self.body.units[-1].section if self.body.units else "summary"
        text = self.outline.source(block.start, block.end)
        if block.kind == "quote":
            last = "summary"
            for line in lines_below(Block("item", block.start, block.end, children=[block, block])):
                found = read_label(line, bold_only=False)
                if found and found[0] == "link" and only_addresses(found[2].pieces):
                    self.body.facts.append(("link", found[2]))
        self._unit(Line(block.start, text), label.section or last, label, depth)

    def _paragraph(self, block: Block, label: _Label) -> _Label:
        """Cut a paragraph at its labels; returns the label that holds for what follows."""
        chunk: list[Line] = []
        for line in block.lines:
            found = read_label(line)
            if found is None:
                if not self._took_links(line):
                    chunk.append(line)
                continue
            self._chunk(chunk, label)
            chunk = []
            meaning, name, rest = found
            if is_fact(meaning):
                self.body.facts.append((meaning, rest))
                continue
            label = _label(name, meaning)
            if rest.text and not self._took_links(rest):
                chunk.append(rest)
        self._chunk(chunk, label)
        return label

    def _chunk(self, lines: list[Line], label: _Label) -> None:
        text = "\n".join(line.text for line in lines).strip()
        if not text:
            return
        section = label.section or section_of(text, at_least=PARAGRAPH_CUES)
        self._unit(Line(lines[0].number, text), section, label, 0)

    def _list(self, block: Block, label: _Label, depth: int, parent: Unit | None) -> None:
        for number, item in enumerate(block.children, 1):
            self._item(item, label, depth, parent, f"{number}." if block.ordered else "-")

    def _item(
        self, item: Block, label: _Label, depth: int, parent: Unit | None, marker: str
    ) -> None:
        own: Unit | None = parent
        for position, child in enumerate(item.children):
            if child.kind == "paragraph":
                if position == 0:
                    label, own = self._bullet(child, label, depth, parent, marker)
                else:
                    self._chunk(child.lines, label)
            elif child.kind == "list":
                self._list(child, label, depth + 1, own)
            else:
                self._raw(child, label, depth + 1)

    def _bullet(
        self, block: Block, label: _Label, depth: int, parent: Unit | None, marker: str
    ) -> tuple[_Label, Unit | None]:
        first, *rest = block.lines
        told = [read_label(line, bold_only=False) for line in block.lines]
        facts = [(one[0], one[2]) for one in told if one is not None and is_fact(one[0])]
        if rest and len(facts) == len(told):
            self.body.facts += facts
            return label, None
        if not rest and (found := read_label(first, bold_only=False)):
            meaning, name, value = found
            if is_fact(meaning):
                self.body.facts.append((meaning, value))
                return label, None
            label = _label(name, meaning)
            first = value
            if not first.text:
                return label, None
        if all(self._took_links(line) for line in block.lines):
            return label, None
        own = self._sorted(self._until_dash(first, rest), label, depth, parent, marker)
        for line in rest:
            if _DASHES.match(line.text):
                inner = Line(line.number, _DASHES.sub("", line.text))
                self._sorted(inner, label, depth + 1, own, "-")
        return label, own

    def _until_dash(self, first: Line, rest: list[Line]) -> Line:
        """The bullet's own text: lines that begin with dashes are bullets below it."""
        texts = [first.text]
        for line in rest:
            if _DASHES.match(line.text):
                break
            texts.append(line.text)
        return Line(first.number, "\n".join(texts))

    def _sorted(
        self, line: Line, label: _Label, depth: int, parent: Unit | None, marker: str
    ) -> Unit:
        """A bullet by its label, else with its parent, else by its own wording."""
        if label.section:
            moves = label.section in ("follow_up", "questions") and asks(line.text)
            section: Section = "questions" if moves else label.section
        elif parent is not None:
            steady = parent.text.rstrip().endswith((":", "："))
            section = parent.section if steady else section_of(
                line.text, default=parent.section, at_least=PARAGRAPH_CUES
            )  # fmt: skip
        else:
            section = section_of(line.text)
        return self._unit(line, section, label, depth, marker)

    def _unit(
        self, line: Line, section: Section, label: _Label, depth: int, marker: str = "-"
    ) -> Unit:
        unit = Unit(line.number, line.text, section, depth, label.text, marker)
        if "![" in line.text or not is_unready(_bare(line.text)):
            self.body.units.append(unit)
        return unit

    def _took_links(self, line: Line) -> bool:
        """A line of nothing but links belongs to the paper, not to the review."""
        if not only_links(line.pieces):
            return False
        self.body.links.extend(piece for piece in line.pieces if piece.is_link)
        return True


def _bare(text: str) -> str:
    """Text without images and marks, to judge whether it says anything."""
    return re.sub(r"!\[[^\]]*\]\([^)]*\)|[*_`>#]", "", text).strip()
