"""What an issue of the digest says, as plain values; the reads are in queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import ngettext

from papers.text.weeks import Week


@dataclass(frozen=True, slots=True)
class Part[Item]:
    """A section: what is shown of it, and how many there are; more than that when capped."""

    items: Sequence[Item] = ()
    total: int = 0
    is_capped: bool = False

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.items)

    @property
    def count(self) -> str:
        """How many there are, in figures: `12`, `200+`."""
        return f"{self.total}+" if self.is_capped else str(self.total)

    def __bool__(self) -> bool:
        return self.total > 0


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper that came in, or one that waits."""

    title: str
    url: str
    authors: str
    imprint: str
    note: str
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class NewReview:
    """A published review; without words when it is closed to the reader just now.

    `parts` are the keys of the sections that are written (`text.sections`).
    """

    url: str
    title: str
    paper_url: str
    reviewer: str
    takeaway: str
    verdict: str
    is_readable: bool
    id: int = 0
    parts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ExperimentNews:
    """An experiment that began, or one with its outcome."""

    title: str
    url: str
    state: str
    owner: str
    paper: str
    outcome: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Talk:
    """What was discussed, by whom."""

    title: str
    url: str
    about: str
    comments: int
    people: str
    reviewer: str = ""
    review_id: int | None = None
    experiment_id: int | None = None


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One item of a meeting."""

    title: str
    url: str
    presenter: str
    minutes: int
    presenter_id: int | None = None
    experiment_id: int | None = None


@dataclass(frozen=True, slots=True)
class MeetingNews:
    """A meeting with its agenda."""

    day: date
    title: str
    starts_at: datetime
    minutes: int
    place: str
    lead: str
    is_held: bool
    lines: Sequence[AgendaLine] = ()
    lead_id: int | None = None


@dataclass(frozen=True, slots=True)
class DueClaim:
    """A claim whose lease ends soon, or has ended."""

    title: str
    url: str
    member: str
    due_on: date
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Digest:
    """One issue: the whole week, or as much of it as a reader may see."""

    week: Week
    as_of: date
    is_current: bool
    papers: Part[NewPaper] = Part()
    reviews: Part[NewReview] = Part()
    finished: Part[ExperimentNews] = Part()
    started: Part[ExperimentNews] = Part()
    talks: Part[Talk] = Part()
    waiting: Part[NewPaper] = Part()
    claims: Part[DueClaim] = Part()
    met: Sequence[MeetingNews] = ()
    next_meeting: MeetingNews | None = None

    @property
    def is_quiet(self) -> bool:
        """Nothing happened in the week itself; what waits may still be listed."""
        happened = (self.papers, self.reviews, self.finished, self.started, self.talks, self.met)
        return not any(happened)

    @property
    def lead(self) -> str:
        """The week in one sentence; empty when nothing happened."""
        return say_lead(self)


def say_lead(digest: Digest) -> str:
    """`12 new papers, 3 reviews, 1 experiment finished, 2 started.`"""
    papers, reviews = digest.papers.total, digest.reviews.total
    finished, started = digest.finished.total, digest.started.total
    clauses = (
        (papers, ngettext("%(n)s new paper", "%(n)s new papers", papers)),
        (reviews, ngettext("%(n)s review", "%(n)s reviews", reviews)),
        (finished, ngettext("%(n)s experiment finished", "%(n)s experiments finished", finished)),
        (started, ngettext("%(n)s experiment started", "%(n)s experiments started", started)),
    )
    said = [text % {"n": f"{number:,}"} for number, text in clauses if number]
    return f"{', '.join(said)}." if said else ""
