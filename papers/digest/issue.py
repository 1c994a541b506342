"""What an issue of the digest says, as plain values; the reads are in queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from papers.rows.spine_svg import render_spine
from papers.rows.verdict_svg import Move, render_moves
from papers.text import addresses
from papers.text.sections import SECTIONS
from papers.text.weeks import Week


@dataclass(frozen=True, slots=True)
class Part[Item]:
    """A section: what is shown of it, and how many there are; more than that when capped."""

    items: Sequence[Item] = ()
    total: int = 0
    is_capped: bool = False

    @property
    def more(self) -> int:
        """How many are not shown; an item may stand for several."""
        return self.total - sum(getattr(item, "number", 1) for item in self.items)

    @property
    def count(self) -> str:
        """How many there are, in figures: `12`, `200+`."""
        return f"{self.total}+" if self.is_capped else str(self.total)

    def __bool__(self) -> bool:
        return self.total > 0


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper that came in, or one that waits; the first of `number` that an import brought."""

    title: str
    url: str
    authors: str
    imprint: str
    note: str
    added_by: str
    added_at: datetime
    number: int = 1


@dataclass(frozen=True, slots=True)
class NewReview:
    """A published review; without words when it is closed to the reader just now.

    `critique` is the beginning of its critique as plain text, and `words` its group in the spine.
    """

    url: str
    title: str
    paper_url: str
    reviewer: str
    takeaway: str
    verdict: str
    is_readable: bool
    id: int = 0
    critique: str = ""
    words: Sequence[int] = ()

    @property
    def parts(self) -> list[str]:
        """The keys of the sections that are written (`text.sections`)."""
        return [one.key for one, number in zip(SECTIONS, self.words, strict=False) if number]

    @property
    def spine_html(self) -> SafeString:
        """How long its sections are; nothing for one that is closed to the reader."""
        return render_spine((tuple(self.words),) if self.words else ())


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
    """One item of a meeting; `minds` says how many changed theirs, and `moves` how."""

    title: str
    url: str
    presenter: str
    minutes: int
    presenter_id: int | None = None
    experiment_id: int | None = None
    minds: str = ""
    moves: Sequence[Move] = ()
    is_gathered: bool = False
    """A paper under the question above it, without minutes of its own."""

    @property
    def moves_html(self) -> SafeString:
        """Arrows from the verdicts before to those after."""
        return render_moves(self.moves)


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
    number: int = 1

    @property
    def url(self) -> str:
        """The meeting's page."""
        return addresses.meeting(self.day, self.number)


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
    def lead_review(self) -> NewReview | None:
        """The story of the week: the review of the paper that was most discussed, or about which
        reviewers differ most, or the longest; None where nothing can be read."""
        readable = [one for one in self.reviews.items if one.is_readable and one.takeaway]
        return max(readable, key=self._weigh, default=None)

    @property
    def other_reviews(self) -> list[NewReview]:
        """The reviews beside the story."""
        lead = self.lead_review
        return [one for one in self.reviews.items if one is not lead]

    def _weigh(self, review: NewReview) -> tuple[int, int, int]:
        """Comments of the week, differing verdicts on the paper, words."""
        talks = (one for one in self.talks.items if one.title == review.title)
        same = {one.verdict for one in self.reviews.items if one.title == review.title}
        return sum(one.comments for one in talks), len(same - {""}), sum(review.words)

    @property
    def figures(self) -> list[tuple[int, str]]:
        """The week in numbers, those that are not 0, each with its words."""
        return list_figures(self)

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
    """`12 new papers, 3 reviews, 1 experiment finished.`"""
    said = [f"{number:,} {words}" for number, words in list_figures(digest)]
    return f"{', '.join(said)}." if said else ""


def list_figures(digest: Digest) -> list[tuple[int, str]]:
    """What happened, as numbers with their words."""
    papers, reviews = digest.papers.total, digest.reviews.total
    finished, started = digest.finished.total, digest.started.total
    figures = (
        (papers, ngettext("new paper", "new papers", papers)),
        (reviews, ngettext("review", "reviews", reviews)),
        (finished, ngettext("experiment finished", "experiments finished", finished)),
        (started, ngettext("new or running experiment", "new or running experiments", started)),
    )
    return [figure for figure in figures if figure[0]]
