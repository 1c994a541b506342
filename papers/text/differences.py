"""What changed between two texts, word by word. Pure.

Call it through `papers.text.sandboxed`: texts of many lines may take very long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import takewhile

from papers.text.text_results import Kind, Piece

# A word, a run of blanks, one CJK character (those scripts write no blanks), or one other sign.
TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|\s+|."
)
LONGEST_TOKENS = 4000
"""Above this many tokens in a changed stretch its lines are compared whole: the matcher is
quadratic there."""


def compare(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in reading order.

    Without the added pieces they join to `old`, without the removed ones to `new`.
    """
    pieces: list[Piece] = []
    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    head = _count_shared(zip(old_lines, new_lines, strict=False))
    shorter = min(len(old_lines), len(new_lines)) - head
    tails = zip(reversed(old_lines), reversed(new_lines), strict=False)
    tail = min(shorter, _count_shared(tails))
    before = old_lines[head : len(old_lines) - tail]
    after = new_lines[head : len(new_lines) - tail]
    pieces.append(Piece("same", "".join(old_lines[:head])))
    # autojunk keeps long texts of few different lines from taking quadratic time
    for operation, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        was, is_now = "".join(before[a:b]), "".join(after[c:d])
        if operation == "equal":
            pieces.append(Piece("same", was))
        else:
            pieces.extend(_compare_words(was, is_now))
    pieces.append(Piece("same", "".join(old_lines[len(old_lines) - tail :])))
    return [piece for piece in _join(pieces) if piece.text]


def _count_shared(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def join(one: str, two: str) -> str:
    """Both texts in one: lines they share stand once, others one after the other.

    A line of one text that stands whole inside the other's is not repeated.
    """
    before, after = one.rstrip("\n").split("\n"), two.rstrip("\n").split("\n")
    kept: list[str] = []
    for operation, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        if operation == "equal":
            kept += before[a:b]
            continue
        old, new = before[a:b], after[c:d]
        kept += [line for line in old if not any(line in other for other in new)]
        kept += [line for line in new if not any(line != o and line in o for o in old)]
    return "\n".join(kept)


def _compare_words(old: str, new: str) -> Iterator[Piece]:
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    if not before or not after or len(before) + len(after) > LONGEST_TOKENS:
        yield from (Piece(kind, text) for kind, text in _both(old, new))
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            yield Piece("same", "".join(before[a:b]))
        else:
            pair = _both("".join(before[a:b]), "".join(after[c:d]))
            yield from (Piece(kind, text) for kind, text in pair)


def _both(old: str, new: str) -> list[tuple[Kind, str]]:
    pair: list[tuple[Kind, str]] = [("removed", old), ("added", new)]
    return [(kind, text) for kind, text in pair if text]


def _join(pieces: list[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind become one piece."""
    held: Piece | None = None
    for piece in pieces:
        if held and held.kind == piece.kind:
            held = Piece(held.kind, held.text + piece.text)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held
