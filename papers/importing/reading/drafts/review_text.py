"""Review text as drafts: bullets and paragraphs, each in a section of a review."""

from dataclasses import dataclass

from papers.text.sections import TEXT_KEYS

type Section = str
"""The key of a text of a review (`text.sections`)."""


SECTIONS: tuple[Section, ...] = TEXT_KEYS
"""The fields of a review in reading order."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One bullet or paragraph of a review: what a member moves from section to section.

    `depth` is 0 for a paragraph and 1, 2 ... for a bullet at that level of nesting.
    """

    line: int
    text: str
    section: Section
    depth: int = 0
    label: str = ""
    marker: str = "-"


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """Review text found with a paper, unit by unit.

    `is_note` marks what an awesome-list says under an entry: it is kept as the listing's note,
    not taken in as somebody's review.
    """

    units: tuple[Unit, ...]
    is_note: bool = False

    def text(self, section: Section) -> str:
        """The Markdown of one section: its units in source order."""
        return join_units([unit for unit in self.units if unit.section == section])

    def texts(self) -> dict[str, str]:
        """All sections, empty ones too."""
        return {section: self.text(section) for section in SECTIONS}


def join_units(units: list[Unit]) -> str:
    """Markdown of units: bullets stay bullets, paragraphs paragraphs, labels stand before both."""
    parts: list[str] = []
    label, was_bullet = "", False
    base = min((unit.depth for unit in units if unit.depth), default=1)
    for unit in units:
        if unit.label and unit.label != label:
            parts.append(("\n" if parts else "") + f"**{unit.label}:**\n")
            was_bullet = False
        label = unit.label
        text = _bullet(unit, base) if unit.depth else unit.text
        needs_gap = parts and not parts[-1].endswith("\n") and not (was_bullet and unit.depth)
        parts.append(("\n" if needs_gap else "") + text)
        was_bullet = bool(unit.depth)
    return "\n".join(parts).strip()


def _bullet(unit: Unit, base: int) -> str:
    indent = "    " * (unit.depth - base)
    first, *rest = unit.text.split("\n")
    return "\n".join([f"{indent}{unit.marker} {first}", *(f"{indent}    {line}" for line in rest)])
