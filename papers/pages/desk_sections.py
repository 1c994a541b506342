"""Reads for a member's desk: what she holds, what she could take next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from papers import access
from papers.catalogue.rows import join_names
from papers.models import Claim, Lab, Listing, Member, Paper, Review, Skip, Vote
from papers.models.search import NEVER, SearchDoc

CANDIDATES = 200
"""From each source: my topics, votes, the newest papers."""

NEXT = 5
"""Papers offered at a time."""

ASK_WITHIN = 3
"""Days before the due day from which more time is offered."""


@dataclass(frozen=True, slots=True)
class HeldClaim:
    """A paper that I hold. A standing claim ("reads this") has no due day."""

    id: int
    paper_id: int
    title: str
    url: str
    due_on: date
    days_left: int
    may_extend: bool
    has_draft: bool

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
        if self.is_on_my_list:
            place = "on your reading list"
        else:
            place = "in one of your topics" if self.is_my_topic else ""
        count = {0: "nobody has reviewed it", 1: "one review so far"}
        said = count.get(self.reviews, f"{self.reviews} reviews so far")
        votes = f"{self.votes} vote{'' if self.votes == 1 else 's'}" if self.votes else ""
        return ", ".join(part for part in (place, said, votes) if part)


def list_held(member: Member, drafts: Sequence[MyDraft], today: date) -> list[HeldClaim]:
    """My open leases, the most urgent first; one query."""
    drafted = {draft.paper_id for draft in drafts}
    rows = (
        Claim.objects.open()
        .leased()
        .filter(member=member)
        .select_related("paper")
        .order_by("due_on", "pk")
    )
    return [_make_held(claim, drafted, today) for claim in rows]


def _make_held(claim: Claim, drafted: set[int], today: date) -> HeldClaim:
    due_on = claim.due_on or today
    left = (due_on - today).days
    return HeldClaim(
        id=claim.pk,
        paper_id=claim.paper_id,
        title=claim.paper.title,
        url=claim.paper.get_absolute_url(),
        due_on=due_on,
        days_left=left,
        may_extend=claim.extended_at is None and left <= ASK_WITHIN,
        has_draft=claim.paper_id in drafted,
    )


def list_drafts(member: Member) -> list[MyDraft]:
    """Texts that I have begun, the freshest first; one query."""
    rows = access.drafts_of(member).filter(discarded_at__isnull=True).select_related("paper")
    return [
        MyDraft(row.paper_id, row.paper.title, row.takeaway, row.saved_at)
        for row in rows.order_by("-saved_at", "-pk")
    ]


def list_next(member: Member, lab: Lab) -> list[Offer]:
    """What to take next, less what I skipped; three queries.

    My topics first, then the least reviewed, then what most members vote for, then the newest.
    """
    here = OuterRef("pk")
    my_topics = _list_topics_of(member)
    leases = Claim.objects.open().leased().filter(paper=here)
    votes = Vote.objects.filter(nomination__paper=here, nomination__closed_at__isnull=True)
    rows: Any = (
        access.papers_visible_to(member, lab)
        .filter(pk__in=_list_candidates(member, my_topics))
        .exclude(Exists(leases.filter(member=member)))
        .exclude(Exists(Review.objects.filter(paper=here, member=member).current()))
        .exclude(Exists(Skip.objects.filter(paper=here, member=member)))
        .annotate(
            taken=_count(leases),
            reviewed=_count(Review.objects.current().filter(paper=here)),
            votes=_count(votes, "nomination__paper"),
            is_on_my_list=Exists(Claim.objects.open().filter(paper=here, member=member)),
            is_my_topic=Exists(Listing.objects.filter(paper=here, topic__in=my_topics)),
        )
        .filter(taken__lt=Coalesce(F("slots"), Value(lab.paper_slots)))
        .order_by("-is_on_my_list", "-is_my_topic", "reviewed", "-votes", "-added_at", "-pk")
        .values(
            "pk", "title", "slug", "authors", "venue", "year", "reviewed", "is_on_my_list",
            "is_my_topic", "added_at", "votes",
        )[:NEXT]
    )  # fmt: skip
    return [_make_offer(row) for row in rows]


def _list_topics_of(member: Member) -> list[int]:
    """The topics of what the member took or reviewed."""
    claimed = Claim.objects.filter(member=member).order_by().values("paper")
    reviewed = Review.objects.filter(member=member).order_by().values("paper")
    listed = Listing.objects.filter(paper__in=claimed.union(reviewed).order_by()).order_by()
    return list(listed.values_list("topic", flat=True).distinct())


def _list_candidates(member: Member, topics: list[int]) -> set[int]:
    """The papers that are weighed against each other: enough to choose from at any size."""
    on_my_list = Claim.objects.open().filter(member=member).order_by().values_list("paper")
    listed = SearchDoc.objects.filter(topics__overlap=topics).order_by("-paper_id")
    unread = listed.filter(reviewed_at=NEVER)
    voted = Vote.objects.filter(nomination__closed_at__isnull=True).order_by()
    newest = Paper.objects.order_by("-pk").values_list("pk")[:CANDIDATES]
    found = on_my_list.union(
        unread.values_list("paper_id")[:CANDIDATES],
        listed.values_list("paper_id")[:CANDIDATES],
        voted.values_list("nomination__paper")[:CANDIDATES],
        newest,
    )
    return {row[0] for row in found.order_by()}


def _count(rows: Any, paper: str = "paper") -> Coalesce:
    """How many of these rows belong to each paper."""
    counted = rows.order_by().values(paper).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), Value(0))


def _make_offer(row: dict[str, Any]) -> Offer:
    paper = Paper(pk=row["pk"], slug=row["slug"])
    return Offer(
        paper_id=row["pk"],
        title=row["title"],
        url=paper.get_absolute_url(),
        authors=join_names(row["authors"]),
        imprint=" ".join(str(word) for word in (row["venue"], row["year"]) if word),
        reviews=row["reviewed"],
        is_on_my_list=row["is_on_my_list"],
        is_my_topic=row["is_my_topic"],
        added_at=row["added_at"],
        votes=row["votes"],
    )
