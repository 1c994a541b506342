"""Reads for a member's desk: what she holds, what she could take next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, JSONArray
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from papers import access
from papers.caching.prepared import prepared
from papers.models import Claim, Lab, Listing, Member, Paper, Review, Skip, Vote
from papers.models.review import CountWords
from papers.models.search import NEVER, SearchDoc
from papers.people import join_names
from papers.rows.spine_svg import render_spine
from papers.text.formulas import to_letters
from papers.text.sections import SECTIONS
from papers.text.writing import join_imprint

CANDIDATES = 100
"""From each source: my topics, votes, the newest papers."""

RECENT = 50
"""Claims and reviews, each, whose topics are mine."""

NEXT = 5
"""Papers offered at a time."""

ASK_WITHIN = 3
"""Days before the due day from which more time is offered."""


@dataclass(frozen=True, slots=True)
class OpenClaim:
    """A paper that I hold. A standing claim ("reads this") has no due day."""

    id: int
    paper_id: int
    title: str
    url: str
    due_on: date
    days_left: int
    may_extend: bool
    draft: MyDraft | None = None

    @property
    def has_draft(self) -> bool:
        """Something is written about it."""
        return self.draft is not None

    @property
    def urgency(self) -> str:
        """`overdue`, `soon` or nothing: the colour of the chip."""
        if self.days_left < 0:
            return "overdue"
        return "soon" if self.days_left <= ASK_WITHIN else ""


@dataclass(frozen=True, slots=True)
class MyDraft:
    """A text that I have begun."""

    paper_id: int
    title: str
    takeaway: str
    saved_at: datetime
    words: tuple[int, ...] = ()

    @property
    def spine_html(self) -> SafeString:
        """How much of each section is written."""
        return render_spine((self.words,))

    @property
    def total(self) -> int:
        """The words of all sections."""
        return sum(self.words)


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper to take next, and why it is offered."""

    paper_id: int
    title: str
    url: str
    authors: str
    imprint: str
    reviews: int
    is_on_my_list: bool
    is_my_topic: bool
    added_at: datetime
    votes: int = 0

    @property
    def why(self) -> str:
        """The reason in a few words."""
        reasons = [_("on your reading list")] if self.is_on_my_list else []
        if self.is_my_topic and not self.is_on_my_list:
            reasons.append(_("in one of your topics"))
        reasons.append(_say_reviews(self.reviews))
        if self.votes:
            reasons.append(ngettext("%(n)s vote", "%(n)s votes", self.votes) % {"n": self.votes})
        return ", ".join(reasons)


def _say_reviews(number: int) -> str:
    if not number:
        return _("no reviews yet")
    return ngettext("%(n)s review so far", "%(n)s reviews so far", number) % {"n": number}


def list_open_claims(
    member: Member, lab: Lab, drafts: Sequence[MyDraft], today: date
) -> list[OpenClaim]:
    """My open leases, the most urgent first; one query."""
    drafted = {draft.paper_id: draft for draft in drafts}
    return [_make_open_claim(claim, drafted, today) for claim in _find_open_claims(member, lab)]


@prepared
def _find_open_claims(viewer: access.Viewer, lab: Lab) -> QuerySet[Claim]:
    mine = Claim.objects.open().leased().filter(member=access.get_member(viewer))
    return mine.select_related("paper").order_by("due_on", "pk")


def _make_open_claim(claim: Claim, drafted: dict[int, MyDraft], today: date) -> OpenClaim:
    due_on = claim.due_on or today
    left = (due_on - today).days
    return OpenClaim(
        id=claim.pk,
        paper_id=claim.paper_id,
        title=to_letters(claim.paper.title),
        url=claim.paper.get_absolute_url(),
        due_on=due_on,
        days_left=left,
        may_extend=claim.extended_at is None and left <= ASK_WITHIN,
        draft=drafted.get(claim.paper_id),
    )


def list_drafts(member: Member, lab: Lab) -> list[MyDraft]:
    """Texts that I have begun, the freshest first; one query."""
    rows = _find_drafts(member, lab)
    return [
        MyDraft(pk, to_letters(title), said, at, tuple(words))
        for pk, title, said, at, words in rows
    ]


@prepared
def _find_drafts(viewer: access.Viewer, lab: Lab) -> QuerySet[Any, tuple[Any, ...]]:
    rows = access.drafts_of(viewer).filter(discarded_at__isnull=True)
    words = JSONArray(*(CountWords(one.key) for one in SECTIONS))
    return rows.order_by("-saved_at", "-pk").values_list(
        "paper_id", "paper__title", "takeaway", "saved_at", words
    )


def list_next(member: Member, lab: Lab) -> tuple[list[Offer], int]:
    """What to take next, and how many papers were skipped and are left out; three queries.

    My topics (of what I took or reviewed) first, then the least reviewed, then what most members
    vote for, then the newest.
    """
    topics, skipped = _find_bearings(member, lab)[0]
    candidates = [row[0] for row in _find_candidates(member, lab, topics)]
    offers = _find_offers(member, lab, candidates, topics)
    return [_make_offer(row) for row in offers], skipped


@prepared
def _find_offers(viewer: access.Viewer, lab: Lab, candidate: int, topic: int) -> QuerySet[Any, Any]:
    here, member = OuterRef("pk"), access.get_member(viewer)
    leases = Claim.objects.open().leased().filter(paper=here)
    votes = Vote.objects.filter(nomination__paper=here, nomination__closed_at__isnull=True)
    return (
        access.papers_visible_to(viewer, lab)
        .unarchived()
        .filter(pk__in=[candidate])
        .exclude(search_doc__reviewers__contains=[member.pk if member else 0])
        .exclude(Exists(leases.filter(member=member)))
        .exclude(Exists(Skip.objects.filter(paper=here, member=member)))
        .annotate(
            taken=_count(leases),
            reviewed=Coalesce(F("search_doc__reviewers__len"), 0),
            votes=_count(votes, "nomination__paper"),
            is_on_my_list=Exists(Claim.objects.open().filter(paper=here, member=member)),
            is_my_topic=ExpressionWrapper(Q(search_doc__topics__overlap=[topic]), BooleanField()),
        )
        .filter(taken__lt=Coalesce(F("slots"), Value(lab.paper_slots)))
        .order_by("-is_on_my_list", "-is_my_topic", "reviewed", "-votes", "-added_at", "-pk")
        .values(
            "pk", "title", "slug", "authors", "venue", "year", "reviewed",
            "is_on_my_list", "is_my_topic", "added_at", "votes",
        )[:NEXT]
    )  # fmt: skip


@prepared
def _find_bearings(viewer: access.Viewer, lab: Lab) -> QuerySet[Any, tuple[list[int], int]]:
    member = access.get_member(viewer)
    # The latest by a sum, so that hers are sorted and not everybody's walked in search of hers.
    latest = (F("pk") + 0).desc()
    claimed = Claim.objects.filter(member=member).order_by(latest).values("paper")[:RECENT]
    reviewed = Review.objects.filter(member=member).order_by(latest).values("paper")[:RECENT]
    listed = Listing.objects.filter(paper__in=claimed.union(reviewed).order_by()).order_by()
    topics = ArraySubquery(listed.values("topic").distinct())
    me = access.members_visible_to(viewer).filter(pk=member.pk if member else 0).order_by()
    return me.values_list(topics, _count(Skip.objects.filter(member=OuterRef("pk")), "member"))


@prepared
def _find_candidates(viewer: access.Viewer, lab: Lab, topic: int) -> QuerySet[Any, Any]:
    """The papers that are weighed against each other: enough to choose from at any size."""
    mine = Claim.objects.open().filter(member=access.get_member(viewer))
    listed = SearchDoc.objects.filter(topics__overlap=[topic]).order_by("-paper_id")
    unread = listed.filter(reviewed_at=NEVER)
    voted = Vote.objects.filter(nomination__closed_at__isnull=True).order_by()
    newest = Paper.objects.order_by("-pk").values_list("pk")[:CANDIDATES]
    found = (
        mine.order_by()
        .values_list("paper")
        .union(
            unread.values_list("paper_id")[:CANDIDATES],
            listed.values_list("paper_id")[:CANDIDATES],
            voted.values_list("nomination__paper")[:CANDIDATES],
            newest,
        )
    )
    return found.order_by()


def _count(rows: Any, paper: str = "paper") -> Coalesce:
    """How many of these rows belong to each paper."""
    counted = rows.order_by().values(paper).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), Value(0))


def _make_offer(row: dict[str, Any]) -> Offer:
    paper = Paper(pk=row["pk"], slug=row["slug"])
    return Offer(
        paper_id=row["pk"],
        title=to_letters(row["title"]),
        url=paper.get_absolute_url(),
        authors=join_names(row["authors"]),
        imprint=join_imprint(row["venue"], row["year"]),
        reviews=row["reviewed"],
        is_on_my_list=row["is_on_my_list"],
        is_my_topic=row["is_my_topic"],
        added_at=row["added_at"],
        votes=row["votes"],
    )
