"""Titles that end with a full stop over indented lines about them, paragraph by paragraph."""

from papers.importing.reading.evidence.features import ENOUGH
from papers.importing.reading.evidence.scoring import evidence
from papers.importing.reading.outline.document import Block, Outline, Section

LEAST, SHARE = 2, 0.8
"""Sure titles of a section that show such a habit, and the share of its paragraphs that have it."""


def hang_notes(outline: Outline) -> None:
    """Make a list of such paragraphs, with the indented lines as text below each title."""
    for section in outline.root.walk():
        paragraphs = [block for block in section.blocks if block.kind == "paragraph"]
        hanging = [block for block in paragraphs if _hangs(block, outline)]
        sure = sum(evidence(block.lines[:1]) >= ENOUGH for block in hanging)
        if len(hanging) >= SHARE * len(paragraphs) and sure >= max(LEAST, len(hanging) / 2):
            _list(section, hanging)


def _hangs(block: Block, outline: Outline) -> bool:
    if len(block.lines) < 2 or any(line.given is not None for line in block.lines):
        return False
    first, second = (outline.lines[line.number - 1] for line in block.lines[:2])
    is_indented = second[:1].isspace() and not first[:1].isspace()
    return is_indented and first.rstrip().endswith((".", "?"))


def _list(section: Section, hanging: list[Block]) -> None:
    items = [_item(block) for block in hanging]
    listed = Block("list", hanging[0].start, hanging[-1].end, children=items)
    others = {id(block) for block in hanging[1:]}
    section.blocks = [
        listed if block is hanging[0] else block
        for block in section.blocks
        if id(block) not in others
    ]


def _item(block: Block) -> Block:
    title, *below = block.lines
    head = Block("paragraph", title.number, title.number, [title])
    text = Block("paragraph", below[0].number, block.end, below)
    return Block("item", block.start, block.end, children=[head, text])
