"""Tables of contents whose items name papers that no heading of the document names: a list."""

from papers.importing.reading.evidence.no_titles import is_contents
from papers.importing.reading.outline.document import Block, Line, Outline, head_lines
from papers.importing.reading.outline.pieces import Piece, plain
from papers.text.titles import title_key

LEAST = 3
"""Items of such a list, at least, that lead nowhere."""


def free_loose_contents(outline: Outline) -> None:
    """Take the links off items that lead to headings which aren't there, where most do; headings
    that are there are titles too.
    """
    names = {title_key(plain(section.pieces)): section for section in outline.root.walk()}
    waiting: list[Block] = [block for section in outline.root.walk() for block in section.blocks]
    while waiting:
        block = waiting.pop()
        waiting += block.children
        heads = [lines[0] for item in block.children if (lines := head_lines(item))]
        inner = [line for line in heads if is_contents(line.pieces)]
        loose = [line for line in inner if title_key(plain(line.pieces)) not in names]
        if block.kind == "list" and len(loose) >= max(LEAST, len(inner) / 2):
            for line in inner:
                if (section := names.get(title_key(plain(line.pieces)))) is not None:
                    section.is_listed = True
                else:
                    _free(line)


def _free(line: Line) -> None:
    line.given = tuple(Piece(piece.text, strong=piece.strong) for piece in line.pieces)
