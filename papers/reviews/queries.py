"""Reads for the editor, the reviews of a paper, the side-by-side page and the versions."""

from __future__ import annotations

from dataclasses import dataclass, field

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
)
from papers.people import make_person
from papers.reviews.cards import PaperReviews, ReviewCard, ReviewPart
from papers.reviews.drafts.author_state import get_guidance, get_stamp
from papers.reviews.drafts.content import ReviewContent, Stamp
from papers.text import addresses
from papers.text.sandboxed import compare, join
from papers.text.sections import PARTS, TEXTS
from papers.text.text_results import Piece

LABELS = {one.key: one.label for one in TEXTS}


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
    besides: list[Review] = field(default_factory=list)  # deleted, once of another record


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
        edit_url=addresses.paper_editor(row.paper_id) if is_mine and not row.beside else "",
        paper_id=row.paper_id,
        settled=getattr(row, "settled", []),
        is_asked=is_mine and getattr(row, "is_asked", False),
        is_beside=is_mine and row.beside == Review.Beside.ASKED,
        experiments=getattr(row, "board", []),
        comments=getattr(row, "talk", 0),
        discussion_url=addresses.review_comments(row.pk) if access.can_comment(viewer) else "",
        helpers=get_text_list(getattr(row, "helpers", []), _("and")),
        words=row.words,
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
    reviews = list(access.reviews_editable_by(member).filter(paper=paper))
    mine = next((one for one in reviews if not one.beside), None)
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
        besides=[one for one in reviews if one.beside and one.deleted_at],
    )


def find_review_saying(content: ReviewContent, paper: Paper, member: Member) -> Review | None:
    """This member's published review, if it says just this."""
    review = access.reviews_editable_by(member).current().main().filter(paper=paper).first()
    return review if review and content.is_same_as(ReviewContent.read(review)) else None


def compare_contents(theirs: ReviewContent, mine: ReviewContent) -> list[FieldDifference]:
    """The prose fields that differ, with what was removed and added on the way to `mine`."""
    names = theirs.differing_texts(mine)
    texts = [(name, getattr(theirs, name), getattr(mine, name)) for name in names]
    return [FieldDifference(n, _(LABELS[n]), compare(old, new), new, old) for n, old, new in texts]


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
