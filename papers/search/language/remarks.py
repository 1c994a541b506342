"""What a search does not understand, as a sentence that the web translates. Pure: no Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def gettext_noop(text: str) -> str:
    """Marks a text for the catalogs, which are asked where it is shown."""
    return text


@dataclass(frozen=True)
class Sentence:
    """A sentence with named places, `%(name)s`, and what goes there."""

    pattern: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.pattern % self.values


@dataclass(frozen=True)
class Remark:
    """What was not understood, in a sentence, and the whole query as it may have been meant."""

    sentence: Sentence
    suggestion: str = ""

    @property
    def text(self) -> str:
        """The sentence in English."""
        return str(self.sentence)
