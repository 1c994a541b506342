"""What a parser hands over: drafts of papers, topics and reviews, problems, and all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from papers.text.sections import TEXT_KEYS

type Section = str
"""The key of a text of a review (`text.sections`)."""

SECTIONS: tuple[Section, ...] = TEXT_KEYS
"""The fields of a review in reading order."""

TopicPath = tuple[str, ...]
"""Names of topics from the outermost in."""


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
    publisher).
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
    """What became of a line: paper, note, review, topic, member, meeting, title, heading (that says
    that papers follow), text (a description) or left out.

    `paper` is the position of the draft that it belongs to, -1 for none; `ref` the topic or
    member.
    """

    line: int
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
    presenters.
    """

    said: str
    on: date | None
    line: int
    papers: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


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

    def as_json(self) -> dict[str, Any]:
        """The object that `import_list --dry-run --json` prints."""
        return {
            "name": self.name,
            "shape": self.shape,
            "title": self.title,
            "description": self.description,
            "papers": [_paper_json(paper) for paper in self.papers],
            "topics": [
                {"path": list(t.path), "line": t.line, "description": t.description}
                for t in self.topics
            ],
            "members": [{"name": m.name, "line": m.line, "from": m.evidence} for m in self.members],
            "repairs": list(self.repairs),
            "problems": [{"line": p.line, "message": p.message} for p in self.problems],
            "unclaimed": [{"line": line, "text": text} for line, text in self.unclaimed],
            "form": self.form,
            "meetings": [
                {
                    "on": m.on.isoformat() if m.on else None,
                    "said": m.said,
                    "line": m.line,
                    "papers": list(m.papers),
                    "members": list(m.members),
                }
                for m in self.meetings
            ],
            "left_out": [
                {"line": o.line, "column": o.column, "text": o.text, "reason": o.reason}
                for o in self.left_out
            ],
            "patterns": [
                {
                    "id": p.id,
                    "kind": p.kind,
                    "example": p.example,
                    "line": p.line,
                    "count": p.count,
                    "role": p.role,
                    "roles": list(p.roles),
                    "scores": dict(p.scores),
                }
                for p in self.patterns
            ],
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's text, and everything that was understood of it."""

    text: str
    understood: Understood


def _paper_json(paper: PaperDraft) -> dict[str, Any]:
    return {
        "key": paper.key,
        "line": paper.line,
        "title": paper.title,
        "title_as_written": paper.title_as_written,
        "urls": list(paper.urls),
        "arxiv_id": paper.arxiv_id or None,
        "doi": paper.doi or None,
        "openreview": paper.openreview or None,
        "authors": list(paper.authors),
        "group": paper.group,
        "year": paper.year,
        "published_on": paper.published_on.isoformat() if paper.published_on else None,
        "venue_tags": list(paper.venue_tags),
        "tags": list(paper.tags),
        "links": [{"kind": k.kind, "url": k.url, "label": k.label} for k in paper.links],
        "listings": [
            {"topic": list(one.topic), "line": one.line, "position": one.position, "note": one.note}
            for one in paper.listings
        ],
        "members": list(paper.members),
        "review": _review_json(paper.review),
        "note": paper.note,
        "abstract": paper.abstract,
        "meetings": list(paper.meetings),
        "cited": list(paper.cited),
    }


def _review_json(review: ReviewDraft | None) -> dict[str, Any] | None:
    if review is None:
        return None
    units = [
        {"line": u.line, "text": u.text, "section": u.section, "label": u.label}
        for u in review.units
    ]
    return {**review.texts(), "is_note": review.is_note, "bullets": units}
