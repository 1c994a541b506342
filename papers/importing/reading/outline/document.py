"""One model for every format: sections and blocks with their lines, and what became of each line.

Every reader of a format (`formats/`) makes this tree. A line knows its number in the source, from
1; text in formats other than Markdown is given as Markdown too, because that is what reviews and
notes are kept in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from papers.importing.reading.drafts.understood import Problem
from papers.importing.reading.outline.pieces import Piece, read_pieces

Kind = Literal["paragraph", "item", "list", "quote", "code", "table", "rule", "record"]
"""A record is one mapping of a data file or of front matter: keys with values."""


@dataclass(slots=True)
class Line:
    """One line of text within a block; `number` counts from 1 in the document.

    `given` are the pieces of a format whose text must not be read as Markdown again; `style` is how
    most lines of its kind cite (`papers.text.citations.style_of`); `label` and `shown` remember
    what was read of it (`items.label_of`, `items.shown`), `learned` what its unknown label means
    (`learning.learn_labels`); `last` is the last of several lines that were joined.
    """

    number: int
    text: str
    given: tuple[Piece, ...] | None = None
    style: str = ""
    _read: tuple[str, tuple[Piece, ...]] | None = None
    label: Any = None
    shown: Any = None
    learned: Any = None
    last: int = 0

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The line as inline Markdown, read once as long as its text stays the same."""
        if self.given is not None:
            return self.given
        if self._read is None or self._read[0] != self.text:
            self._read = self.text, read_pieces(self.text)
        return self._read[1]


@dataclass(slots=True)
class Row:
    """One row of a table."""

    number: int
    cells: list[str]


@dataclass(slots=True)
class Block:
    """A paragraph, list, item, quote, code, table or rule; lines count from 1, end included."""

    kind: Kind
    start: int
    end: int
    lines: list[Line] = field(default_factory=list)
    children: list["Block"] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    fields: list[tuple[str, Line]] = field(default_factory=list)
    ordered: bool = False
    is_page: bool = False
    evidence: float | None = None

    @property
    def text(self) -> str:
        """Its own lines of text joined."""
        return "\n".join(line.text for line in self.lines)


@dataclass(slots=True)
class Section:
    """A heading with the blocks under it; the root has no heading (level 0).

    `is_listed` says that a list of titles names it.
    """

    level: int
    number: int
    heading: str
    parent: "Section | None" = None
    blocks: list[Block] = field(default_factory=list)
    subs: list["Section"] = field(default_factory=list)
    tags: tuple[str, ...] = ()
    is_bold: bool = False
    is_listed: bool = False

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The heading as inline Markdown."""
        return read_pieces(self.heading)

    def walk(self) -> Iterator["Section"]:
        """The section and all below it in source order, without recursion."""
        waiting = [self]
        while waiting:
            section = waiting.pop()
            yield section
            waiting.extend(reversed(section.subs))


@dataclass(slots=True)
class Outline:
    """A whole document; `used` says of each line (from 1) whether something was made of it."""

    lines: list[str]
    root: Section
    front: str = ""
    front_start: int = 1
    front_is_toml: bool = False
    used: bytearray = field(default_factory=bytearray)
    first: int = 1
    last: int = 0
    fates: dict[int, str] = field(default_factory=dict)
    title: str = ""
    form: str = "Markdown"
    problems: list[Problem] = field(default_factory=list)

    def use(self, start: int, end: int | None = None) -> None:
        """Record that the lines from start to end are accounted for."""
        for number in range(max(start, 1), min((end or start), len(self.lines)) + 1):
            self.used[number] = 1

    def tell(self, number: int, fate: str) -> None:
        """Say what became of a line that no draft holds: contents, head, heading, setting, meeting,
        title, text.
        """
        self.used[number if number <= len(self.lines) else 0] = 1
        self.fates.setdefault(number, fate)

    def release(self, start: int, end: int) -> None:
        """Nothing was made of these lines after all: they are left out."""
        for number in range(start, min(end, len(self.lines)) + 1):
            self.used[number] = 0

    def source(self, start: int, end: int) -> str:
        """The lines as written."""
        return "\n".join(self.lines[start - 1 : end]).strip("\n")

    def unused(self) -> list[tuple[int, str]]:
        """Lines with text that nothing was made of."""
        return [
            (number, line)
            for number, line in enumerate(self.lines, 1)
            if line.strip() and not self.used[number]
        ]


def lines_of(outline: Outline) -> Iterator[Line]:
    """The first lines of items and all lines of paragraphs."""
    waiting: list[Block] = [block for section in outline.root.walk() for block in section.blocks]
    while waiting:
        block = waiting.pop()
        if block.kind in ("paragraph", "list", "item"):
            yield from block.lines
            waiting.extend(block.children)


def head_lines(item: Block) -> list[Line]:
    """The lines of an item's first paragraph, none if it begins with something else."""
    first = item.children[0] if item.children else None
    return first.lines if first is not None and first.kind == "paragraph" else []


def lines_below(item: Block) -> list[Line]:
    """The lines of bullets and paragraphs below an item's first paragraph."""
    found: list[Line] = []
    waiting = list(reversed(item.children[1:]))
    while waiting:
        block = waiting.pop()
        found.extend(block.lines)
        waiting.extend(reversed(block.children))
    return found


def list_of(lines: Sequence[Line]) -> Block:
    """A list with an item for each line."""
    items = [
        Block("item", line.number, line.number, children=[
            Block("paragraph", line.number, line.number, [line])
        ])
        for line in lines
    ]  # fmt: skip
    return Block("list", lines[0].number, lines[-1].number, children=items)
