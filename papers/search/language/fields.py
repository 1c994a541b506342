"""The one table of search fields: the parser, the help page and the completions are made of it.

Pure: no Django.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


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
    "best": "best match first",
    "new": "newest in the lab first",
    "old": "oldest in the lab first",
    "year": "newest publication first",
    "reviewed": "latest review first",
    "votes": "most wanted for the next meeting first",
    "disagreement": "reviewers who disagree most first",
}

_TABLE = (
    Field("title", "Words of the title", 'title:"denoising diffusion"', Values.WORDS),
    Field("abstract", "Words of the abstract", "abstract:benchmark", Values.WORDS),
    Field("author", "An author's name or part of it", 'author:"Tom Goldstein"', Values.WORDS),
    Field(
        "topic",
        "A topic with everything below it, by its name or its address",
        "topic:theory/training",
        Values.NAME,
        Source.TOPICS,
    ),
    Field("venue", "Where it appeared", "venue:neurips", Values.NAME, Source.VENUES),
    Field(
        "year",
        "Year of publication: one year, a span, or from and up to",
        "year:2017..2021",
        Values.YEARS,
        Source.YEARS,
    ),
    Field(
        "reviewer",
        "Reviewed by this member; `me` is you",
        "reviewer:ada",
        Values.NAME,
        Source.MEMBERS,
    ),
    Field(
        "claimed-by",
        "Claimed by this member, not reviewed yet; `me` is you",
        "claimed-by:me",
        Values.NAME,
        Source.MEMBERS,
    ),
    Field(
        "added-by",
        "Brought to the lab by this member; `me` is you",
        "added-by:ben",
        Values.NAME,
        Source.MEMBERS,
    ),
    Field(
        "in",
        "Look for the words in this section of reviews only",
        "in:critique baseline",
        Values.CHOICE,
        Source.CHOICES,
        {
            "summary": "the summaries",
            "critique": "the critiques",
            "followup": "the follow-up experiments",
        },
    ),
    Field(
        "is",
        "The state of the paper",
        "is:open",
        Values.CHOICE,
        Source.CHOICES,
        {
            "open": "no review yet, and nobody has claimed it",
            "claimed": "somebody has claimed it and not yet reviewed it",
            "reviewed": "has a review",
            "unreviewed": "has no review yet",
            "overdue": "claimed, and past the due day",
            "discussed": "was discussed in a meeting",
        },
    ),
    Field(
        "has",
        "What the paper comes with",
        "has:code",
        Values.CHOICE,
        Source.CHOICES,
        {
            "pdf": "a link to the PDF",
            "code": "a link to code",
            "experiment": "a follow-up experiment",
            "outcome": "a follow-up experiment with an outcome",
        },
    ),
    Field(
        "verdict",
        "A reviewer's verdict",
        "verdict:adopt",
        Values.CHOICE,
        Source.CHOICES,
        {
            "adopt": "use it",
            "try": "try it out",
            "watch": "keep an eye on it",
            "skip": "not for us",
        },
    ),
    Field("arxiv", "An arXiv identifier", "arxiv:1706.03762", Values.IDENTIFIER),
    Field("doi", "A DOI", "doi:10.1000/182", Values.IDENTIFIER),
    Field("sort", "The order", "sort:year", Values.CHOICE, Source.CHOICES, SORTS),
)

FIELDS: Mapping[str, Field] = {spec.name: spec for spec in _TABLE}
"""Every field by its name, in the order of the help page."""
