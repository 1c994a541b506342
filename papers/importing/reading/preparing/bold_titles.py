"""Titles in bold letters behind words that say what they are about, all over a list.

"The first protocol for droplets: **Full title**. Its second version: **Another title**." Each
title becomes an item, with the words before it as text below.
"""

import re

from papers.importing.reading.labels.meanings import meaning_of, section_meant
from papers.importing.reading.outline.document import Block, Line, Outline, head_lines
from papers.importing.reading.outline.pieces import plain
from papers.text.wording import words

_BOLD = re.compile(r"(?:\*\*|__)(?P<title>[^*_\[\]]{12,300}?)(?:\*\*|__)[.,;]?")
_LONG, _LEAD = 4, 2
"""Words of such a title at least, and of what stands before the first."""
LEAST, SHARE = 3, 0.5
"""Items that show a habit, and their share of the items of a list."""


def list_bold_titles(outline: Outline) -> None:
    """Make items of such titles."""
    for section in outline.root.walk():
        if not section_meant(meaning_of(plain(section.pieces))):
            for block in section.blocks:
                _part(block)


def _part(block: Block) -> None:
    parted = [(item, _titles(item)) for item in block.children if block.kind == "list"]
    told = [titles for _, titles in parted if titles]
    after_colon = sum(titles[0][0].rstrip().endswith((":", "：")) for titles in told)
    if len(told) >= max(LEAST, SHARE * len(parted)) and after_colon >= SHARE * len(told):
        block.children = [
            new for item, titles in parted for new in (_items(item, titles) if titles else [item])
        ]


def _titles(item: Block) -> list[tuple[str, str]]:
    """The titles of an item with the words before each."""
    lines = head_lines(item)
    if len(lines) != 1 or lines[0].given is not None or "](" in lines[0].text:
        return []
    text, found, start = lines[0].text, [], 0
    for bold in _BOLD.finditer(text):
        if _is_title(bold["title"]):
            found.append((text[start : bold.start()], bold["title"]))
            start = bold.end()
    return found if found and len(words(found[0][0])) >= _LEAD else []


def _is_title(text: str) -> bool:
    return len(words(text)) >= _LONG and not text[0].islower() and text[-1] not in ":：!"


def _items(item: Block, titles: list[tuple[str, str]]) -> list[Block]:
    """An item for each title; what stands behind the last belongs to it."""
    line = head_lines(item)[0]
    behind = line.text[line.text.rindex(titles[-1][1]) + len(titles[-1][1]) :].lstrip("*_.,; ")
    found = []
    for position, (lead, title) in enumerate(titles):
        is_last = position == len(titles) - 1
        text = " ".join(part for part in (lead.strip(), behind if is_last else "") if words(part))
        below = [_paragraph(line, text.rstrip(" :："))] if text else []
        found.append(Block("item", item.start, line.number, children=[
            _paragraph(line, f"**{title}**"), *below, *(item.children[1:] if is_last else [])
        ]))  # fmt: skip
    found[-1].end = item.end
    return found


def _paragraph(line: Line, text: str) -> Block:
    return Block("paragraph", line.number, line.number, [Line(line.number, text)])
