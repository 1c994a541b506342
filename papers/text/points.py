"""The points of a critique: each item of a list and each paragraph of its Markdown. Pure.

Call it through `papers.text.sandboxed`, which bounds its time and memory.
"""

from __future__ import annotations

from markdown_it import MarkdownIt

from papers.text.text_results import MOST_POINTS

_READER = MarkdownIt("commonmark")
_BLOCKS = {"paragraph_open", "fence", "code_block", "table_open", "blockquote_open"}


def split_points(critique: str) -> list[str]:
    """The points in order, each as its author typed it, without list marks.

    An item with sub-items is one point; headings belong to no point.
    """
    lines = critique.split("\n")
    points: list[str] = []
    covered = 0
    for token in _READER.parse(critique):
        if token.map is None or token.map[0] < covered:
            continue
        if token.type == "list_item_open" or (token.type in _BLOCKS and token.level == 0):
            first, covered = token.map
            text = "\n".join(lines[first:covered]).strip()
            points.append(_strip_mark(text, token.info + token.markup))
    return [point for point in points if point][:MOST_POINTS]


def _strip_mark(text: str, mark: str) -> str:
    return text.removeprefix(mark).strip() if mark in {"-", "*", "+"} else _strip_number(text, mark)


def _strip_number(text: str, mark: str) -> str:
    number = mark.rstrip(".)")
    is_number = number.isdigit() and text.startswith(number)
    return text[len(number) + 1 :].strip() if is_number else text
