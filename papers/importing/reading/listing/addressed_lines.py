"""A short line over lines that begin with an address each: a label and its list.

"Gibbs states:" over "https://arxiv.org/abs/1406.2973: Approximating Gibbs states" in one paragraph.
"""

from papers.importing.reading.outline.document import Block, Line, Outline
from papers.importing.reading.outline.pieces import said
from papers.text.wording import is_sentence, words

LONGEST = 6
"""Words of such a label at most."""


def list_addressed_lines(outline: Outline) -> None:
    """Part such paragraphs into a line and a list."""
    for section in outline.root.walk():
        section.blocks = [one for block in section.blocks for one in _parted(block)]


def _parted(block: Block) -> list[Block]:
    if block.kind != "paragraph" or len(block.lines) < 2:
        return [block]
    head, *rest = block.lines
    if not (_is_label(head) and all(map(_begins_with_address, rest))):
        return [block]
    label = Block("paragraph", head.number, head.number, [head])
    items = [
        Block(
            "item",
            line.number,
            line.number,
            children=[Block("paragraph", line.number, line.number, [line])],
        )
        for line in rest
    ]
    return [label, Block("list", rest[0].number, rest[-1].number, children=items)]


def _is_label(line: Line) -> bool:
    is_short = 0 < len(words(line.text)) <= LONGEST and not is_sentence(line.text)
    return is_short and not any(piece.is_link for piece in line.pieces)


def _begins_with_address(line: Line) -> bool:
    """An address, and a title behind it."""
    first = next((piece for piece in line.pieces if piece.text.strip()), None)
    return first is not None and first.bare and bool(words(said(line.text)))
