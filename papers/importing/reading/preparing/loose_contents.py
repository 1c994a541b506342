"""Tables of contents whose items name papers that no heading of the document names: a list."""

from papers.importing.reading.evidence.no_titles import is_contents
from papers.importing.reading.outline.document import Block, Line, Outline, Section, head_lines
from papers.importing.reading.outline.pieces import Piece, plain
from papers.text.titles import title_key
from papers.text.wording import words

LEAST = 3
"""Items of such a list, at least, that lead nowhere; titles have more words."""


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
        titles = [line for line in loose if len(words(plain(line.pieces))) > LEAST]
        there = [names[key] for line in inner if (key := title_key(plain(line.pieces))) in names]
        is_loose = len(loose) >= max(LEAST, len(inner) / 2) and len(titles) * 2 >= len(loose)
        if block.kind == "list" and is_loose and not any(map(_holds_links, there)):
            for line in loose:
                _free(line)
            for section in there:
                section.is_listed = True


def _holds_links(section: Section) -> bool:
    """Whether a section has a list of links of its own, which no paper's section has."""
    lists = [block for block in section.blocks if block.kind == "list"]
    heads = [lines[0] for block in lists for item in block.children if (lines := head_lines(item))]
    return sum(any(piece.is_web for piece in line.pieces) for line in heads) >= LEAST


def _free(line: Line) -> None:
    line.given = tuple(Piece(piece.text, strong=piece.strong) for piece in line.pieces)
