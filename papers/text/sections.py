"""The parts of a review, said once: columns, forms, headings, colors, search and imports follow.

To add one: a line here, its two columns in `models/review.py`, its color tokens in `tokens.css`,
and the words by which an import knows it. `docs/architecture.md` names the places.
"""

from __future__ import annotations

from dataclasses import dataclass


def gettext_noop(text: str) -> str:
    """Mark a text for translation where it is shown: this module knows no Django."""
    return text


@dataclass(frozen=True, slots=True)
class Section:
    """One text of a review.

    `key` is its column and form field, `word` its name in `in:` of the search language and in
    class names and color tokens. `label` heads it, `short` stands on buttons and in the mark, and
    `plural` explains `in:`; all three are messages to translate. `lexeme` starts its words in the
    search index ("" for texts that `in:` does not name). `has_items` says that experiments can be
    proposed in it.
    """

    key: str
    word: str
    label: str
    short: str
    plural: str = ""
    lexeme: str = ""
    has_items: bool = False


TAKEAWAY = Section(
    "takeaway", "takeaway", gettext_noop("Takeaway"), gettext_noop("Takeaway"), lexeme="s/"
)
QUESTIONS = Section(
    "questions", "questions", gettext_noop("Open questions"), gettext_noop("Questions")
)
SECTIONS = (
    Section(
        "summary",
        "summary",
        gettext_noop("Summary"),
        gettext_noop("Summary"),
        gettext_noop("the summaries"),
        "s/",
    ),
    Section(
        "critique",
        "critique",
        gettext_noop("Critique"),
        gettext_noop("Critique"),
        gettext_noop("the critiques"),
        "c/",
    ),
    Section(
        "follow_up",
        "followup",
        gettext_noop("Follow-up experiments"),
        gettext_noop("Follow-up"),
        gettext_noop("the follow-up experiments"),
        "f/",
        has_items=True,
    ),
)
"""The parts that have a color, a place in the mark and a word in search, in reading order."""

PARTS = (*SECTIONS, QUESTIONS)
"""The texts with a heading of their own, rendered as Markdown."""

TEXTS = (TAKEAWAY, *PARTS)
"""Every text of a review."""

TEXT_KEYS = tuple(one.key for one in TEXTS)
"""The columns of all texts, in reading order."""
