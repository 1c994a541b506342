"""References that stand one to a line, without bullets or blank lines between them: a list.

Law and the humanities cite so: names, a title in italics or quotation marks, the source, a year.
Below a bullet such lines belong to no item, though Markdown takes them for its text.
"""

import re
from collections.abc import Sequence

from papers.importing.reading.entries.entry_titles import slanted_title
from papers.importing.reading.outline.document import Block, Line, Outline, head_lines, list_of
from papers.importing.reading.outline.pieces import plain
from papers.text.citations import read_citation
from papers.text.sources import YEARS
from papers.text.wording import words

LEAST, SHARE = 2, 0.6
"""Lines of references below each other that show a list, and their share of its lines."""


def list_references(outline: Outline) -> None:
    """Make a list of the lines of a paragraph, or below an item, that are references each."""
    for section in outline.root.walk():
        section.blocks = [found for block in section.blocks for found in _parted(block)]


def _parted(block: Block) -> list[Block]:
    if block.kind == "paragraph":
        return [list_of(block.lines)] if _are_references(block.lines) else [block]
    last = block.children[-1] if block.kind == "list" and block.children else None
    lines = head_lines(last) if last is not None else []
    below = lines[1:]
    if last is None or not _are_references(below) or _is_reference(lines[0]):
        return [block]
    last.children[0].lines = lines[:1]
    last.children[0].end = last.end = block.end = lines[0].number
    return [block, list_of(below)]


def _are_references(lines: Sequence[Line]) -> bool:
    """Most are such, and the others tell a year too."""
    found = sum(map(_is_reference, lines))
    return found >= max(LEAST, SHARE * len(lines)) and all(
        YEARS.search(_said(one)) for one in lines
    )


def _said(line: Line) -> str:
    return plain(piece for piece in line.pieces if not piece.bare)


_BEHIND = re.compile(r"(?<=[\d)\]])\.\s+[A-Z].*$", re.DOTALL)
"""What a reference is followed by: ". Read pages 3-10"."""


def _is_reference(line: Line) -> bool:
    """Names, a title and a year: a work that a line cites from its beginning to its end."""
    text = _said(line)
    if not YEARS.search(text) or len(words(text)) < 6:
        return False
    slanted = slanted_title(line.pieces)
    if slanted and slanted[0]:
        return True
    cited = read_citation(_BEHIND.sub("", text))
    return cited is not None and bool(cited.authors) and bool(cited.year)
