"""What answers about votes, digests, files and exports hold."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema

from papers.api.schemas import Key

WEEK = r"^\d{4}-W\d{2}$"


class Ballot(Schema):
    """A nominated paper. `mine`: whether the caller voted for it."""

    paper: int
    title: str
    nominated_by: str
    votes: int
    mine: bool


class Issue(Schema):
    """A published issue of the weekly digest."""

    id: int
    week: str = Field(pattern=WEEK)
    url: str
    closed_at: datetime


class IssuePaper(Schema):
    """A paper that came in."""

    title: str
    url: str
    authors: str
    added_by: str
    note: str


class IssueReview(Schema):
    """A published review; its words are empty while it is closed to the caller."""

    id: int
    title: str
    url: str
    reviewer: str
    verdict: str
    takeaway: str


class IssueExperiment(Schema):
    """An experiment that began, or one with its outcome."""

    id: int
    title: str
    url: str
    state: str
    owner: str
    outcome: str


class IssueMeeting(Schema):
    """A meeting of the week, or the next one."""

    day: date
    title: str
    url: str
    starts_at: datetime


class WholeIssue(Schema):
    """A week: published, or as far as it is. Lists are as long as on the page."""

    week: str
    url: str
    closed_at: datetime | None
    note: str
    lead: str
    papers: list[IssuePaper]
    reviews: list[IssueReview]
    started: list[IssueExperiment]
    finished: list[IssueExperiment]
    met: list[IssueMeeting]
    next_meeting: IssueMeeting | None


class File(Schema):
    """A picture of a text, or a paper's PDF or slides. `text` shows a picture in a text."""

    key: str
    kind: str
    media_type: str
    name: str
    alt: str
    paper: Key | None
    by: str
    made_at: datetime
    url: str
    text: str


class ExportFormat(Schema):
    """A format of exports: `GET /exports/KEY`."""

    key: str
    label: str
    use: str
    lacks: str
    content_type: str
