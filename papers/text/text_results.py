"""What the readers of texts in the sandbox give back, for both of its sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["same", "added", "removed"]
MOST_POINTS = 100
"""Points of one critique."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stands in both versions, only in the new, or only in the old."""

    kind: Kind
    text: str
