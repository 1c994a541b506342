"""Two people write in one text at the same time: both keep what they wrote. Pure.

Call it through `papers.text.sandboxed`: texts of many lines may take very long.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import NamedTuple


class Edit(NamedTuple):
    """Lines `start` to `stop` of the common text became these."""

    start: int
    stop: int
    lines: tuple[str, ...]


def merge(base: str, theirs: str, mine: str) -> str | None:
    """Both changes of `base` in one text; None when they changed the same lines differently.

    Lines that both added at the same place stand one after the other, theirs first.
    """
    lines = _split(base)
    edits = sorted(
        [*_list_edits(lines, theirs), *_list_edits(lines, mine)], key=lambda edit: edit[:2]
    )
    merged: list[str] = []
    at, before = 0, None
    for edit in edits:
        if edit == before:
            continue
        if edit.start < at:
            return None
        merged += [*lines[at : edit.start], *edit.lines]
        at, before = edit.stop, edit
    return "\n".join([*merged, *lines[at:]])


def _split(text: str) -> list[str]:
    return text.split("\n") if text else []


def _list_edits(lines: list[str], text: str) -> list[Edit]:
    changed = _split(text)
    matcher = SequenceMatcher(None, lines, changed, autojunk=False)
    return [
        Edit(start, stop, tuple(changed[c:d]))
        for kind, start, stop, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]
