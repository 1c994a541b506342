"""Numbered lines right below a line of text, whose numbers go on from a list above: a list."""

import re

from papers.importing.reading.outline.document import Block, Line, Outline, Section

_NUMBER = re.compile(r"\s*(\d{1,3})[.)]\s+(?=\S)")
LEAST = 2
"""Numbered lines of a paragraph that make a list."""


def list_numbered_lines(outline: Outline) -> None:
    """Part paragraphs such as "**Vision:**", "4. Title", "5. Title" into a line and a list."""
    for section in outline.root.walk():
        if any(block.kind == "paragraph" and len(block.lines) >= LEAST for block in section.blocks):
            _part(section)


def _part(section: Section) -> None:
    parted: list[Block] = []
    for block in section.blocks:
        numbered = [_NUMBER.match(line.text) for line in block.lines]
        start = next((i for i, found in enumerate(numbered) if found), len(numbered))
        rest = numbered[start:]
        if block.kind != "paragraph" or len(rest) < LEAST or not all(rest) or not _rise(rest):
            parted.append(block)
            continue
        if start:
            head = block.lines[:start]
            parted.append(Block("paragraph", block.start, head[-1].number, head))
        parted.append(_list_of(block.lines[start:]))
    section.blocks = parted


def _rise(found: list[re.Match[str] | None]) -> bool:
    numbers = [int(one[1]) for one in found if one]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _list_of(lines: list[Line]) -> Block:
    items = []
    for line in lines:
        text = _NUMBER.sub("", line.text, count=1)
        own = Block("paragraph", line.number, line.number, [Line(line.number, text)])
        items.append(Block("item", line.number, line.number, children=[own]))
    return Block("list", lines[0].number, lines[-1].number, children=items, ordered=True)
