"""What requests bring and answers hold: the source of the OpenAPI document."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import ConfigDict

LARGEST = 2**63 - 1
Key = Annotated[int, Field(ge=0, le=LARGEST)]
"""The number of a row."""

type VerdictValue = Literal["", "adopt", "try", "watch", "skip"]

MOST_TEXT = 200_000
"""Characters of one text, as in the editor; forms of the site refuse shorter ones where they do."""


class Body(Schema):
    """What a request sends. Unknown fields are refused, so that no misspelled one is lost."""

    model_config = ConfigDict(extra="forbid")


class Problem(Schema):
    """What went wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: dict[str, list[str]] = {}


class Identifier(Schema):
    """A name of the work elsewhere."""

    kind: str
    value: str


class Link(Schema):
    """An address of the work: PDF, code, page."""

    kind: str
    url: str


class Paper(Schema):
    """A paper with what stands around it; people by handle, topics by path."""

    id: int
    url: str
    title: str
    authors: list[str]
    abstract: str
    venue: str
    year: int | None
    note: str
    added_at: datetime
    identifiers: list[Identifier]
    links: list[Link]
    topics: list[str]
    reviewers: list[str]
    claimants: list[str]


class PaperPage(Schema):
    """Papers that answer a search. `next` is the path of the next page, null at the end."""

    items: list[Paper]
    count: int
    is_counted_whole: bool
    next: str | None


class NewPaper(Body):
    """A paper to add. `names` are IDs and links in any form: `2106.12345`, a DOI, an address."""

    title: str = Field(min_length=1, max_length=2000)
    authors: list[str] = Field(default=[], max_length=500)
    abstract: str = Field(default="", max_length=MOST_TEXT)
    venue: str = Field(default="", max_length=300)
    year: int | None = None
    names: list[str] = Field(default=[], max_length=50)
    note: str = Field(default="", max_length=1000)
    although_alike: bool = False


class Texts(Schema):
    """The texts of a review, in Markdown with math."""

    takeaway: str = Field(default="", max_length=MOST_TEXT)
    summary: str = Field(default="", max_length=MOST_TEXT)
    critique: str = Field(default="", max_length=MOST_TEXT)
    follow_up: str = Field(default="", max_length=MOST_TEXT)
    questions: str = Field(default="", max_length=MOST_TEXT)
    verdict: VerdictValue = ""
    depth: str = Field(default="", max_length=14)


def _drop_defaults(schema: dict[str, Any]) -> None:
    for about in schema["properties"].values():
        about.pop("default", None)


class DraftToSave(Texts, Body):
    """Texts to change: fields left out keep what they hold, empty texts are emptied.

    `stamp` names the version that was read: `0.0` before the first draft, and the review's
    `version` with `.0` after publishing.
    """

    model_config = ConfigDict(json_schema_extra=_drop_defaults)

    stamp: str = Field(default="0.0", pattern=r"^\d{1,9}\.\d{1,9}$")


class Draft(Texts):
    """One's own draft, which nobody else sees."""

    paper: int
    stamp: str
    saved_at: datetime


class Review(Texts):
    """A published review."""

    id: int
    paper: int
    member: str
    version: int
    published_at: datetime
    changed_at: datetime


class Topic(Schema):
    """A topic of the tree."""

    id: int
    name: str
    path: str
    parent: str
    description: str
    url: str


class Member(Schema):
    """A member, or a name from a list that has not joined (`state`)."""

    id: int
    handle: str
    name: str
    role: str
    state: str
    url: str


class Me(Member):
    """Whose token this is, and what it is good for."""

    scopes: list[str]
    expires_at: datetime


class Claim(Schema):
    """Who reads which paper; without `due_on` it is on her reading list only."""

    id: int
    paper: int
    member: str
    claimed_at: datetime
    due_on: date | None


class NewComment(Body):
    """A remark, or a reply when `parent` is given."""

    body: str = Field(min_length=1, max_length=20_000)
    parent: int | None = None


class Comment(Schema):
    """A remark in a discussion."""

    id: int
    parent: int | None
    author: str
    body: str
    created_at: datetime
    edited_at: datetime | None


class Idea(Schema):
    """What an experiment is meant to find out, and how."""

    title: str = Field(min_length=1, max_length=300)
    hypothesis: str = Field(default="", max_length=10_000)
    plan: str = Field(default="", max_length=MOST_TEXT)
    cost: str = Field(default="", max_length=200)
    risk: str = Field(default="", max_length=500)


class NewExperiment(Idea, Body):
    """An idea for the board."""


class Experiment(Idea):
    """A follow-up experiment."""

    id: int
    paper: int | None
    state: str
    owner: str
    outcome: str
    created_at: datetime


class AgendaItem(Schema):
    """A paper, an experiment or a question on an agenda; `question` is the item that gathers it."""

    id: int
    paper: int | None
    experiment: int | None
    title: str
    question: int | None
    presenter: str
    minutes: int


class Meeting(Schema):
    """A meeting with its agenda; `number` is which of its day's meetings it is."""

    id: int
    day: date
    number: int
    starts_at: datetime
    minutes: int
    title: str
    place: str
    held_at: datetime | None
    cancelled_at: datetime | None
    record: str
    items: list[AgendaItem]


class Page[Row](Schema):
    """Rows by key. `next` is the path of the next page, null at the end."""

    items: list[Row]
    next: str | None
