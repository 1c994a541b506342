"""Grows a document's tree from above to below: headings open sections, blocks hang in the last
one.
"""

from collections.abc import Sequence

from papers.importing.reading.outline.document import Block, Kind, Line, Outline, Row, Section


class Grower:
    """Where the next block goes. A heading closes whatever is open."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.section = outline.root
        self.open: list[Block] = []
        self.shared: list[tuple[str, Line]] = []
        self.whole: object = None
        """The value of a data file that holds all others: what it is called is no topic."""

    def heading(
        self, level: int, number: int, text: str, *, tags: Sequence[str] = (), is_bold: bool = False
    ) -> Section:
        """Open a section under the last one of a lower level."""
        self.leave_all()
        parent = self.section
        while parent.level >= level and parent.parent is not None:
            parent = parent.parent
        section = Section(level, number, text.strip(), parent, tags=tuple(tags), is_bold=is_bold)
        parent.subs.append(section)
        self.section = section
        return section

    def enter(self, kind: Kind, start: int, end: int = 0, *, ordered: bool = False) -> Block:
        """Open a list, an item or a quotation."""
        block = Block(kind, start, max(end, start), ordered=ordered)
        self.add(block)
        self.open.append(block)
        return block

    def leave(self, end: int = 0) -> None:
        """Close what was opened last."""
        if self.open:
            block = self.open.pop()
            inner = block.children[-1].end if block.children else 0
            block.end = max(block.end, end, inner)

    def leave_all(self) -> None:
        """Close everything that is open."""
        while self.open:
            self.leave()

    def add(self, block: Block) -> None:
        """Hang a block where the tree grows."""
        (self.open[-1].children if self.open else self.section.blocks).append(block)

    def paragraph(self, lines: Sequence[Line], *, kind: Kind = "paragraph") -> None:
        """Lines that belong together."""
        if lines:
            self.add(Block(kind, lines[0].number, lines[-1].number, list(lines)))

    def table(self, rows: Sequence[Row]) -> None:
        """Rows, the first of which names the columns."""
        if rows:
            self.add(Block("table", rows[0].number, rows[-1].number, rows=list(rows)))


def new_outline(text: str, form: str) -> Outline:
    """An empty tree over the lines of a text."""
    lines = text.split("\n")
    return Outline(lines, Section(0, 0, ""), used=bytearray(len(lines) + 2), form=form)
