"""Reads for the editor, the reviews of a paper, the side-by-side page and the versions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from papers import access
from papers.caching.prepared import prepared
from papers.models import (
    Comment,
    CritiquePoint,
    CritiqueQuestion,
    Depth,
    Experiment,
    Lab,
    Member,
    Paper,
    Review,
    ReviewDraft,
    ReviewRevision,
    Verdict,
)
from papers.people import Person, make_person
from papers.reviews.author_state import get_guidance, get_stamp
from papers.reviews.content import ReviewContent, Stamp
from papers.text import addresses
from papers.text.pieces import Piece
from papers.text.sandboxed import compare, join
from papers.text.sections import PARTS, TEXTS, Section

LABELS = {one.key: one.label for one in TEXTS}

VERDICT_RANK = {Verdict.SKIP: 0, Verdict.WATCH: 1, Verdict.TRY: 2, Verdict.ADOPT: 3}
"""The verdicts from no to yes; two or more steps apart is a disagreement."""


@dataclass(frozen=True, slots=True)
class ReviewPart:
    """One part of a published review with its HTML, which is safe."""

    section: Section
    html: str


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """A published review as a page shows it; `components/review.html` reads it."""

    id: int
    author: Person
    published_at: datetime
    changed_at: datetime
    number: int
    verdict: str
    depth: int
    depth_word: str
    takeaway: str
    parts: tuple[ReviewPart, ...]
    versions_url: str
    edit_url: str
    paper_id: int
    settled: list[dict[str, str]] = field(default_factory=list)
    is_asked: bool = False
    experiments: list[dict[str, str]] = field(default_factory=list)
    comments: int = 0
    discussion_url: str = ""
    helpers: str = ""

    @property
    def critique_url(self) -> str:
        """Where the author marks her points."""
        has_critique = any(one.html for one in self.parts if one.section.key == "critique")
        return addresses.review_critique(self.id) if self.edit_url and has_critique else ""

    @property
    def url(self) -> str:
        """The review on its paper's page."""
        return addresses.review(self.paper_id, self.id)


@dataclass(frozen=True, slots=True)
class PaperReviews:
    """The reviews of one paper: those this viewer may read, and how many are closed to her.

    `may_open` says that publishing a review of her own opens them; a stranger waits for others.
    """

    cards: list[ReviewCard]
    hidden: int
    may_open: bool = True

    @property
    def disagreement(self) -> str:
        """A sentence when the verdicts are two or more steps apart, else nothing."""
        ranked = sorted((card for card in self.cards if card.verdict), key=rank_verdict)
        if not ranked or rank_verdict(ranked[-1]) - rank_verdict(ranked[0]) < 2:
            return ""
        low, high = ranked[0], ranked[-1]
        return _("The reviewers disagree: %(one)s says %(high)s, %(other)s says %(low)s.") % {
            "one": high.author.name,
            "high": Verdict(high.verdict).label.lower(),
            "other": low.author.name,
            "low": Verdict(low.verdict).label.lower(),
        }


@dataclass(frozen=True, slots=True)
class EditorState:
    """What the editor opens with."""

    content: ReviewContent
    stamp: Stamp
    guidance: dict[str, list[str]]
    draft: ReviewDraft | None
    review: Review | None
    discarded: ReviewDraft | None
    experiments: list[Experiment]


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field of two versions, word by word."""

    name: str
    word: str
    pieces: list[Piece]
    mine: str = ""
    theirs: str = ""

    @property
    def joined(self) -> str:
        """Both texts in one, for the member to cut."""
        return join(self.theirs, self.mine)


@dataclass(frozen=True, slots=True)
class VersionPair:
    """Two versions of a review beside each other."""

    old: ReviewRevision
    new: ReviewRevision
    fields: list[FieldDifference] = field(default_factory=list)


def rank_verdict(card: ReviewCard) -> int:
    """From 0, skip, to 3, adopt."""
    return VERDICT_RANK[Verdict(card.verdict)]


def list_reviews(paper: Paper, viewer: access.Viewer, lab: Lab) -> PaperReviews:
    """The reviews of a paper, oldest first; two queries at most."""
    cards = [make_card(row, viewer) for row in _read_reviews(viewer, lab, paper.pk)]
    hidden = 0
    if lab.independent_reviews:
        hidden = access.reviews_known_to(viewer, lab).filter(paper=paper).count() - len(cards)
    return PaperReviews(cards, hidden, may_open=access.get_member(viewer) is not None)


@prepared
def _read_reviews(viewer: access.Viewer, lab: Lab, paper: int) -> QuerySet[Review]:
    readable = access.reviews_visible_to(viewer, lab).filter(paper=paper)
    rows = readable.select_related("member").annotate(
        settled=_SETTLED,
        is_asked=Exists(_ASKED),
        board=_list_experiments(viewer, lab),
        talk=_TALK,
        helpers=_HELPERS,
    )
    return rows.order_by("published_at", "pk")


def make_card(row: Review, viewer: access.Viewer) -> ReviewCard:
    """A review with its member loaded."""
    is_mine = getattr(viewer, "pk", None) == row.member_id
    depths = list(Depth)
    return ReviewCard(
        id=row.pk,
        author=make_person(row.member, viewer),
        published_at=row.published_at,
        changed_at=row.changed_at,
        number=row.number,
        verdict=row.verdict,
        depth=depths.index(Depth(row.depth)) + 1 if row.depth else 0,
        depth_word=row.depth,
        takeaway=row.takeaway,
        parts=tuple(ReviewPart(one, getattr(row, f"{one.key}_html")) for one in PARTS),
        versions_url=addresses.review_versions(row.pk) if row.number > 1 else "",
        edit_url=addresses.paper_editor(row.paper_id) if is_mine else "",
        paper_id=row.paper_id,
        settled=getattr(row, "settled", []),
        is_asked=is_mine and getattr(row, "is_asked", False),
        experiments=getattr(row, "board", []),
        comments=getattr(row, "talk", 0),
        discussion_url=addresses.review_comments(row.pk) if access.can_comment(viewer) else "",
        helpers=get_text_list(getattr(row, "helpers", []), _("and")),
    )


# Points of a critique that do not stand any more, read along with the review.
_SETTLED = ArraySubquery(
    CritiquePoint.objects.filter(review=OuterRef("pk"))
    .exclude(state=CritiquePoint.State.STANDING)
    .values(json=JSONObject(text="text", state="state"))
)
_HELPERS = ArraySubquery(
    Member.objects.filter(reviews_helped=OuterRef("pk")).order_by("name").values("name")
)
_TALK = Coalesce(
    Subquery(
        Comment.objects.current()
        .filter(review=OuterRef("pk"))
        .order_by()
        .values("review")
        .annotate(number=Count("pk"))
        .values("number")
    ),
    0,
)


_ASKED = CritiqueQuestion.objects.filter(review=OuterRef("pk"), answered_at__isnull=True)


def _list_experiments(viewer: access.Viewer, lab: Lab) -> ArraySubquery:
    """The experiments that grew out of a review, as far as this viewer may see them."""
    rows = access.experiments_visible_to(viewer, lab).filter(review=OuterRef("pk"))
    return ArraySubquery(
        rows.order_by("created_at", "pk").values(
            json=JSONObject(id="pk", title="title", state="state", outcome="outcome")
        )
    )


def list_questions(member: Member) -> list[CritiqueQuestion]:
    """Open questions to this member: does your critique still stand?"""
    mine = Review.objects.current().filter(member=member)
    rows = CritiqueQuestion.objects.filter(review__in=mine, answered_at__isnull=True)
    return list(rows.select_related("review__paper", "experiment"))


def get_editor_state(paper: Paper, member: Member) -> EditorState:
    """The newest text of this member on this paper: draft, else published review, else nothing."""
    draft = access.drafts_of(member).filter(paper=paper, discarded_at__isnull=True).first()
    discarded = access.drafts_of(member).filter(paper=paper, discarded_at__isnull=False).first()
    mine = access.reviews_editable_by(member).filter(paper=paper).first()
    review = mine if mine and mine.deleted_at is None else None
    row = draft or review
    return EditorState(
        content=ReviewContent.read(row) if row else ReviewContent(),
        stamp=get_stamp(draft, review),
        guidance=(draft.guidance if draft else {}) or get_guidance(),
        draft=draft,
        review=mine,
        discarded=discarded,
        experiments=list(mine.experiments.all()) if mine else [],
    )


def find_review_saying(content: ReviewContent, paper: Paper, member: Member) -> Review | None:
    """This member's published review, if it says just this."""
    review = access.reviews_editable_by(member).current().filter(paper=paper).first()
    return review if review and content.is_same_as(ReviewContent.read(review)) else None


def compare_contents(theirs: ReviewContent, mine: ReviewContent) -> list[FieldDifference]:
    """The prose fields that differ, with what was removed and added on the way to `mine`."""
    return [
        FieldDifference(
            name,
            _(LABELS[name]),
            compare(getattr(theirs, name), getattr(mine, name)),
            getattr(mine, name),
            getattr(theirs, name),
        )
        for name in theirs.differing_texts(mine)
    ]


def join_items(theirs: ReviewContent, mine: ReviewContent) -> list[dict[str, str]]:
    """The follow-ups of both texts, each once."""
    return [*theirs.items, *(item for item in mine.items if item not in theirs.items)]


def get_version_pair(
    review: Review, viewer: access.Viewer, lab: Lab, old: int, new: int
) -> VersionPair | None:
    """Two published versions and what changed; None when one of them does not exist."""
    rows = access.revisions_visible_to(viewer, lab).filter(review=review, number__in=[old, new])
    found = {row.number: row for row in rows.select_related("published_by")}
    if old not in found or new not in found:
        return None
    before, after = ReviewContent.read(found[old]), ReviewContent.read(found[new])
    return VersionPair(found[old], found[new], compare_contents(before, after))
