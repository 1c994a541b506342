"""What an editor sends: the fields of a review, and the version on which they were typed. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from papers.text.sections import TEXT_KEYS

CHOICE_FIELDS = ("verdict", "depth")
ITEM_FIELDS = ("title", "hypothesis", "plan", "cost", "risk")
MOST_ITEMS = 30
"""Follow-ups that one review can put on the board at a time."""


@dataclass(frozen=True, slots=True)
class ReviewContent:
    """Every field of the editor. Line ends are `\\n`, whatever the browser sent."""

    takeaway: str = ""
    summary: str = ""
    critique: str = ""
    follow_up: str = ""
    questions: str = ""
    verdict: str = ""
    depth: str = ""
    items: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in TEXT_KEYS:
            text = getattr(self, name).replace("\r\n", "\n").replace("\r", "\n")
            object.__setattr__(self, name, text.replace("\x00", ""))

    @classmethod
    def read(cls, row: object) -> Self:
        """The content of a draft, a review or a revision."""
        names = [f.name for f in fields(cls)]
        return cls(**{name: getattr(row, name) for name in names if hasattr(row, name)})

    def as_dict(self) -> dict[str, Any]:
        """Field by field, for writing onto a row."""
        return asdict(self)

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Every text with its key."""
        return [(key, getattr(self, key)) for key in TEXT_KEYS]

    def as_form(self) -> dict[str, str]:
        """As the editor's form sends it; `read_items` reads the follow-ups back."""
        texts = {name: getattr(self, name) for name in (*TEXT_KEYS, *CHOICE_FIELDS)}
        items = enumerate(self.items)
        return texts | {
            f"item-{n}-{name}": text for n, item in items for name, text in item.items()
        }

    def differing_texts(self, other: ReviewContent) -> list[str]:
        """Names of the prose fields that are not the same."""
        return [n for n in TEXT_KEYS if getattr(self, n).strip() != getattr(other, n).strip()]

    def is_same_as(self, other: ReviewContent) -> bool:
        """Equal but for blanks at the ends."""
        choices = all(getattr(self, n) == getattr(other, n) for n in CHOICE_FIELDS)
        return choices and self.items == other.items and not self.differing_texts(other)


def read_items(data: Mapping[str, str]) -> list[dict[str, str]]:
    """The follow-ups of a form: `item-0-title`, `item-0-plan`, ...; empty ones are left out."""
    items = [
        {name: data.get(f"item-{n}-{name}", "").replace("\r\n", "\n") for name in ITEM_FIELDS}
        for n in range(MOST_ITEMS)
    ]
    return [item for item in items if any(text.strip() for text in item.values())]


def get_item_title(item: Mapping[str, str]) -> str:
    """The title of a follow-up; without one, the beginning of what was written."""
    texts = (item.get(name, "").strip() for name in ("title", "hypothesis", "plan", "risk", "cost"))
    return next((text for text in texts if text), "").split("\n")[0][:300]


@dataclass(frozen=True, slots=True)
class Stamp:
    """The version of a text: the published number it continues, and the draft's version.

    `0.0` is a text that is neither published nor saved. It travels in the form, so that a save
    from a stale tab or device is noticed.
    """

    number: int = 0
    version: int = 0

    @classmethod
    def parse(cls, text: Mapping[str, str] | str) -> Stamp | None:
        """Read `3.7`; None for anything else."""
        found = re.fullmatch(r"(\d{1,9})\.(\d{1,9})", str(text))
        return cls(int(found[1]), int(found[2])) if found else None

    def __str__(self) -> str:
        return f"{self.number}.{self.version}"
