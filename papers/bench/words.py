"""Invented words whose frequencies fall as in real text: the n-th comes 1/n times as often."""

from __future__ import annotations

import random
from itertools import accumulate, product

SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
VOCABULARY = 20_000
COMMON = "kala"
"""Stands in nearly every abstract, whatever the size of the lab."""
RARE = "quorvex"
"""Stands in RARE_PAPERS papers, whatever the size of the lab."""
RARE_PAPERS = 20
WORDS_IN_A_SENTENCE = 15


class Zipf:
    """Draws words; the seed decides all."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (for texts, not for secrets)
        words = ["".join(parts) for parts in product(SYLLABLES, repeat=3)]
        self.random.shuffle(words)
        self.words = [COMMON, *words[: VOCABULARY - 1]]
        self.weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))

    def draw(self, count: int) -> list[str]:
        """So many words, common ones often."""
        return self.random.choices(self.words, cum_weights=self.weights, k=count)

    def write(self, count: int) -> str:
        """So many words as sentences."""
        words = self.draw(count)
        sentences = (
            " ".join(words[start : start + WORDS_IN_A_SENTENCE]).capitalize()
            for start in range(0, count, WORDS_IN_A_SENTENCE)
        )
        return ". ".join(sentences) + "."

    def name(self, count: int = 2) -> str:
        """A title or a person's name: drawn evenly, so that it is rarely met twice."""
        return " ".join(word.capitalize() for word in self.random.choices(self.words, k=count))
