"""Lines that break off within a link, bold text or a quotation, joined with those that end it."""

import re

from papers.importing.reading.outline.document import Block, Line, Outline

MOST = 3
"""Lines that such a piece is wrapped over at most."""

_PAIRS = (("«", "»"), ("“", "”"), ("「", "」"))


def join_broken_lines(outline: Outline) -> None:
    """Join lines of paragraphs that one link, bold text or quoted title is broken over."""
    waiting: list[Block] = [block for section in outline.root.walk() for block in section.blocks]
    while waiting:
        block = waiting.pop()
        waiting += block.children
        if block.kind == "paragraph" and len(block.lines) > 1:
            block.lines = _joined(block.lines, outline)


def _joined(lines: list[Line], outline: Outline) -> list[Line]:
    found: list[Line] = []
    position = 0
    while position < len(lines):
        first = lines[position]
        end = position + 1
        while end < min(len(lines), position + MOST) and _breaks_off(first.text, lines[end:]):
            end += 1
        parts = lines[position:end]
        if len(parts) > 1 and all(line.given is None for line in parts):
            text = " ".join(line.text for line in parts)
            first = Line(first.number, text, last=parts[-1].number)
            outline.use(first.number + 1, first.last)
        else:
            end = position + 1
        found.append(first)
        position = end
    return found


def _breaks_off(text: str, below: list[Line]) -> bool:
    """Whether "[A title" or "**A title" goes on in the lines below: "that ends](..)"."""
    rest = " ".join(line.text for line in below[: MOST - 1])
    if text.count("**") % 2 == 1 and "**" in rest:
        return True
    if re.search(r"\[[^\[\]]*$", text) and re.match(r"[^\[\]]*\]\(", rest):
        return True
    return any(text.count(one) > text.count(other) and other in rest for one, other in _PAIRS)
