"""The one table of search fields: the parser, the help page and the completions are made of it.

Pure: no Django.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from papers.search.language.remarks import gettext_noop
from papers.text.sections import SECTIONS


class Values(Enum):
    """What may stand after the colon."""

    WORDS = "words"
    NAME = "a name"
    YEARS = "a year or years"
    CHOICE = "one of a list"
    IDENTIFIER = "an identifier"


class Source(Enum):
    """Where the completions of a field's value come from."""

    NOTHING = "nothing"
    CHOICES = "the field's own list"
    TOPICS = "topics"
    MEMBERS = "members"
    VENUES = "venues"
    YEARS = "years"


@dataclass(frozen=True)
class Field:
    """One field of the language, as parsed, explained and completed."""

    name: str
    description: str
    example: str
    values: Values
    source: Source = Source.NOTHING
    choices: Mapping[str, str] = field(default_factory=dict)


SORTS: Mapping[str, str] = {
    "best": gettext_noop("best match first"),
    "new": gettext_noop("newest first"),
    "old": gettext_noop("oldest first"),
    "year": gettext_noop("newest publication first"),
    "reviewed": gettext_noop("last reviewed first"),
    "votes": gettext_noop("most votes first"),
    "disagreement": gettext_noop("most divided first"),
}

WITHOUT_TOPIC = "none"
"""What stands for a topic where papers without one are asked for."""

_TABLE = (
    Field("title", gettext_noop("Words of the title"), 'title:"denoising diffusion"', Values.WORDS),
    Field("abstract", gettext_noop("Words of the abstract"), "abstract:benchmark", Values.WORDS),
    Field(
        "author",
        gettext_noop("An author's name or part of it"),
        'author:"Tom Goldstein"',
        Values.WORDS,
    ),
    Field(
        "topic",
        gettext_noop("A topic and its subtopics, by name or path"),
        "topic:theory/training",
        Values.NAME,
        Source.TOPICS,
        {WITHOUT_TOPIC: gettext_noop("not in any topic")},
    ),
    Field(
        "venue", gettext_noop("Where it was published"), "venue:neurips", Values.NAME, Source.VENUES
    ),
    Field(
        "year",
        gettext_noop("Publication year: one year, a range, or an open range"),
        "year:2017..2021",
        Values.YEARS,
        Source.YEARS,
    ),
    Field(
        "reviewer",
        gettext_noop("Reviewed by this member; `me` is you"),
        "reviewer:ada",
        Values.NAME,
        Source.MEMBERS,
    ),
    Field(
        "claimed-by",
        gettext_noop("Claimed by this member but not reviewed yet; `me` is you"),
        "claimed-by:me",
        Values.NAME,
        Source.MEMBERS,
    ),
    Field(
        "added-by",
        gettext_noop("Added by this member; `me` is you"),
        "added-by:ben",
        Values.NAME,
        Source.MEMBERS,
    ),
    Field(
        "in",
        gettext_noop("Search only this section of reviews"),
        "in:critique baseline",
        Values.CHOICE,
        Source.CHOICES,
        {one.word: one.plural for one in SECTIONS},
    ),
    Field(
        "is",
        gettext_noop("The paper's status"),
        "is:open",
        Values.CHOICE,
        Source.CHOICES,
        {
            "open": gettext_noop("not reviewed or claimed"),
            "claimed": gettext_noop("claimed but not reviewed yet"),
            "reviewed": gettext_noop("has a review"),
            "unreviewed": gettext_noop("not reviewed yet"),
            "overdue": gettext_noop("claimed and past its due date"),
            "discussed": gettext_noop("discussed in a meeting"),
        },
    ),
    Field(
        "has",
        gettext_noop("What the paper has"),
        "has:code",
        Values.CHOICE,
        Source.CHOICES,
        {
            "pdf": gettext_noop("a link to the PDF"),
            "code": gettext_noop("a link to code"),
            "experiment": gettext_noop("a follow-up experiment"),
            "outcome": gettext_noop("a follow-up experiment with an outcome"),
        },
    ),
    Field(
        "verdict",
        gettext_noop("A reviewer's verdict"),
        "verdict:adopt",
        Values.CHOICE,
        Source.CHOICES,
        {
            "adopt": gettext_noop("use it"),
            "try": gettext_noop("try it out"),
            "watch": gettext_noop("keep an eye on it"),
            "skip": gettext_noop("not for us"),
        },
    ),
    Field("arxiv", gettext_noop("An arXiv ID"), "arxiv:1706.03762", Values.IDENTIFIER),
    Field("doi", gettext_noop("A DOI"), "doi:10.1000/182", Values.IDENTIFIER),
    Field("sort", gettext_noop("Sort order"), "sort:year", Values.CHOICE, Source.CHOICES, SORTS),
)

FIELDS: Mapping[str, Field] = {spec.name: spec for spec in _TABLE}
"""Every field by its name, in the order of the help page."""
