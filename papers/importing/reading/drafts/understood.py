"""What a parser hands over: drafts of papers, topics and reviews, problems, and all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from papers.importing.reading.drafts.review_text import ReviewDraft

TopicPath = tuple[str, ...]
"""Names of topics from the outermost in."""


PLACE, APART = "place:", "apart"
"""How a choice names the place of an entry, and that it is a paper of its own."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A sentence that says what is wrong, where, and how to mend it; line 0 is the whole file."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class LinkDraft:
    """Something to open beside the paper; `url` exactly as written."""

    kind: str
    url: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class ListingDraft:
    """The paper under one topic; an empty path means that it stood under none."""

    topic: TopicPath
    line: int
    position: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """A member named beside the paper, with the place on that member's reading list."""

    member: str
    line: int
    position: int = 0
    topic: TopicPath = ()


@dataclass(frozen=True, slots=True)
class SaidDraft:
    """Something that somebody said of a paper, other than in a list.

    `kind` is "review" (whose the review is and since when; its text is the draft's), "comment"
    (a word in the discussion), or "note" (of whoever imports the document: a draft of theirs).
    `member` is empty for whoever imports it, `at` a time as ISO 8601 writes it, or empty.
    """

    kind: str
    text: str = ""
    member: str = ""
    at: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """One place where a document names a paper, with what it says there.

    `basis` says why it was put to the first place: "identifier", "title and authors", or "title"
    alone, which the preview asks about. Splitting a paper gives each place back as it stands here.
    """

    line: int
    last_line: int
    title: str
    written: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    venues: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    basis: str = "first"
    meeting: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """One paper as a document names it, with every place where it does.

    `key` is the same whenever the same document is read again: what the intake knows it by. `line`
    and `last_line` span the first place; `source` is its text as written. `meetings` are days as
    written on which it was discussed, `cited` what a citation holds besides (volume, pages,
    publisher). `is_apart` says that no title joins it to another paper of its document.
    """

    key: str
    line: int
    last_line: int
    title: str
    title_as_written: str
    urls: tuple[str, ...] = ()
    arxiv_id: str = ""
    doi: str = ""
    openreview: str = ""
    authors: tuple[str, ...] = ()
    group: str = ""
    year: int | None = None
    published_on: date | None = None
    venue_tags: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    links: tuple[LinkDraft, ...] = ()
    listings: tuple[ListingDraft, ...] = ()
    claims: tuple[ClaimDraft, ...] = ()
    review: ReviewDraft | None = None
    note: str = ""
    abstract: str = ""
    source: str = ""
    isbn: str = ""
    meetings: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    places: tuple[PlaceDraft, ...] = ()
    said: tuple[SaidDraft, ...] = ()
    is_apart: bool = False

    @property
    def each_place(self) -> tuple[PlaceDraft, ...]:
        """Every place; one alone says what the paper does."""
        return self.places or (
            PlaceDraft(
                self.line,
                self.last_line,
                self.title,
                self.title_as_written,
                self.authors,
                self.year,
                self.venue_tags,
                self.urls,
                "first",
                next(iter(self.meetings), ""),
                self.members,
            ),
        )

    @property
    def members(self) -> tuple[str, ...]:
        """The members named beside it, each once."""
        return tuple(dict.fromkeys(claim.member for claim in self.claims))


@dataclass(frozen=True, slots=True)
class TopicDraft:
    """A heading that names a subject, with the text under it."""

    path: TopicPath
    line: int
    description: str = ""


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """A person of the lab named in the document; `evidence` says where the name was met."""

    name: str
    line: int
    evidence: str = ""


Draft = PaperDraft | TopicDraft | MemberDraft


@dataclass(frozen=True, slots=True)
class PatternDraft:
    """A kind of line: what it looks like, how often, which role it has, and which it could have.

    `scores` are mean scores by role. A choice of another role is given to the reader as `{id:
    role}`.
    """

    id: str
    kind: str
    example: str
    line: int
    count: int
    role: str
    roles: tuple[str, ...]
    scores: Mapping[str, float] = field(default_factory=dict)
    is_chosen: bool = False
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that no field holds, with the reason (a key of `reasons.REASONS`); columns from 1, the
    end excluded.
    """

    line: int
    column: int
    end_column: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class LineFate:
    """What became of neighboring lines: paper, note, review, topic, member, meeting, title, heading
    (that says that papers follow), text (a description) or left out.

    `paper` is the position of the draft that they belong to, -1 for none; `ref` the topic or
    member.
    """

    line: int
    last_line: int
    role: str
    paper: int = -1
    ref: str = ""


@dataclass(frozen=True, slots=True)
class FactSpan:
    """Where one fact of a paper stands; columns from 1, the end excluded.

    Made by `account.fact_spans` when a page is shown: the drafts and the text say it all.
    """

    paper: int
    field: str
    line: int
    column: int
    end_column: int


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """A day as written on which papers were or will be discussed, with their keys and
    presenters, and what it was about where its heading says so.
    """

    said: str
    on: date | None
    line: int
    papers: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """Everything one document says: what the preview shows and the intake takes in."""

    name: str
    shape: str = ""
    title: str = ""
    description: str = ""
    papers: tuple[PaperDraft, ...] = ()
    topics: tuple[TopicDraft, ...] = ()
    members: tuple[MemberDraft, ...] = ()
    repairs: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    unclaimed: tuple[tuple[int, str], ...] = field(default=())
    patterns: tuple[PatternDraft, ...] = ()
    meetings: tuple[MeetingDraft, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    fates: tuple[LineFate, ...] = ()
    form: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's text, and everything that was understood of it."""

    text: str
    understood: Understood
