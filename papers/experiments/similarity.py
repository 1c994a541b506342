""" "We tried that": experiments whose words overlap with a new title. Pure but for its input."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from papers.text.tokens import is_cjk, is_stop_word, pairs, stem, words

ENOUGH = 0.34
"""Share of common words (Jaccard on the shorter text) from which a title counts as similar."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier experiment: its key and all its words."""

    pk: int
    title: str
    text: str


def make_signature(text: str) -> frozenset[str]:
    """The stems of a text; Chinese, Japanese and Korean runs as overlapping pairs."""
    found: set[str] = set()
    for word in words(text):
        if is_cjk(word):
            found.update(pairs(word))
        elif not is_stop_word(word):
            found.add(stem(word))
    return frozenset(found)


def rank_similar(title: str, candidates: Iterable[Candidate], most: int = 5) -> list[int]:
    """Keys of the candidates nearest to a title, best first.

    A word in a title counts twice as much as one in the rest of the candidate.
    """
    wanted = make_signature(title)
    if not wanted:
        return []
    scored = []
    for candidate in candidates:
        in_title = wanted & make_signature(candidate.title)
        in_text = (wanted & make_signature(candidate.text)) - in_title
        score = (len(in_title) + len(in_text) / 2) / len(wanted)
        if score >= ENOUGH:
            scored.append((-score, -candidate.pk, candidate.pk))
    return [pk for _, _, pk in sorted(scored)[:most]]
