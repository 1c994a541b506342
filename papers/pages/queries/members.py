"""Reads for the members' pages: who reads what, in the order in which the lab's list had it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce
from django.utils.safestring import SafeString

from papers import access
from papers.models import Claim, Experiment, Lab, Listing, Member, Review
from papers.people import with_claim_counts
from papers.rows.queries import list_rows
from papers.rows.row_html import PaperRow
from papers.rows.spine_svg import Spine
from papers.rows.verdict_svg import render_agreement
from papers.text import addresses
from papers.text.formulas import to_letters
from papers.text.sections import PARTS

MOST_REVIEWS = 20
MOST_EXPERIMENTS = 20
MOST_TOPICS = 8
LONG_LIST = 40
"""Reading lists with more papers than this show one topic open, the others folded."""


@dataclass(frozen=True, slots=True)
class ListedMember:
    """One line of the members' list."""

    id: int
    name: str
    handle: str
    initials: str
    role: str
    is_reviewer: bool
    state: str
    bio: str
    load: int
    limit: int
    reading: int
    reviews: int
    is_me: bool

    @property
    def is_alumni(self) -> bool:
        """Has left; the work stays."""
        return self.state == Member.State.ALUMNI


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper on a reading list, with the claim that put it there."""

    row: PaperRow
    due_on: date | None
    is_open: bool


@dataclass(slots=True)
class Shelf:
    """Entries under one heading of the list; the first may have none."""

    name: str
    url: str
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WrittenReview:
    """A review by the member; without words when it is closed to the reader."""

    title: str
    url: str
    takeaway: str
    verdict: str
    spine: Spine
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Portrait:
    """A reader at a glance: the verdicts given, and how far each topic of the list is read."""

    verdicts_html: SafeString
    topics: list[tuple[str, str, int, int]]
    """Name, address, papers that are read, all papers; the largest first."""


def draw_portrait(shelves: Sequence[Shelf], verdicts: Iterable[str]) -> Portrait:
    """From what the page shows anyway. Pure."""
    topics = [
        (one.name, one.url, sum(not entry.is_open for entry in one.entries), len(one.entries))
        for one in shelves
        if one.name
    ]
    largest = sorted(topics, key=lambda topic: -topic[-1])[:MOST_TOPICS]
    return Portrait(render_agreement(verdicts), largest)


def list_members(viewer: access.Viewer, lab: Lab) -> list[ListedMember]:
    """Everybody by name with load and work; one query."""
    here = OuterRef("pk")
    me = access.get_member(viewer)
    reviews = access.reviews_known_to(viewer, lab).filter(member=here)
    rows: Any = with_claim_counts(access.members_visible_to(viewer)).annotate(
        written=_count(reviews)
    )
    return [
        ListedMember(
            id=one.pk,
            name=str(one),
            handle=one.handle,
            initials=one.initials,
            role=one.get_role_display(),
            is_reviewer=one.is_reviewer,
            state=one.state,
            bio=one.bio,
            load=one.claimed_count,
            limit=one.claim_limit or lab.claim_limit,
            reading=one.listed_count,
            reviews=one.written,
            is_me=me is not None and me.pk == one.pk,
        )
        for one in rows
    ]


def _count(rows: Any) -> Coalesce:
    counted = rows.order_by().values("member").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), Value(0), output_field=IntegerField())


def list_shelves(member: Member, viewer: access.Viewer, lab: Lab) -> list[Shelf]:
    """The reading list as the lab's list had it: by topic, in its order; two queries.

    Topics stand in the order of their first entry. Entries without a topic stand under no
    heading; a paper claimed here stands under the paper's own topic. What was given back or
    ran out is no longer on the list.
    """
    first = Listing.objects.filter(paper=OuterRef("pk")).order_by("pk")
    is_claimed_here = Q(claims__topic=None, claims__due_on__isnull=False)
    stands = Q(claims__ended_at__isnull=True) | Q(claims__ending=Claim.Ending.REVIEWED)
    papers = (
        access.papers_visible_to(viewer, lab)
        .filter(stands, claims__member=member)
        .annotate(
            shelf=_choose(is_claimed_here, first.values("topic__name"), "claims__topic__name"),
            shelf_path=_choose(is_claimed_here, first.values("topic__path"), "claims__topic__path"),
        )
        .order_by("claims__position", "claims__pk")
    )
    columns = ("shelf", "shelf_path", "claims__due_on", "claims__ended_at")
    return shelve(list_rows(papers, viewer, lab, columns=columns))


def _choose(condition: Q, rows: Any, column: str) -> Case:
    """The first of these rows where the condition holds, else the column."""
    return Case(When(condition, then=Subquery(rows[:1])), default=F(column))


def shelve(rows: Iterable[PaperRow]) -> list[Shelf]:
    """Rows under their topics; each paper once, where it comes first. Pure."""
    shelves: dict[str, Shelf] = {}
    seen: set[int] = set()
    for row in rows:
        if row.id in seen:
            continue
        seen.add(row.id)
        name, path, due_on, ended_at = row.extra
        shelf = shelves.setdefault(
            path or "", Shelf(name or "", addresses.topic(path) if path else "")
        )
        shelf.entries.append(Entry(row, due_on if ended_at is None else None, ended_at is None))
    return list(shelves.values())


def list_verdicts(member: Member, viewer: access.Viewer, lab: Lab) -> list[str]:
    """One for each published review of the member, empty where none was given; one query."""
    readable = access.reviews_visible_to(viewer, lab).filter(member=member)
    return list(readable.order_by().values_list("verdict", flat=True))


def list_written(member: Member, viewer: access.Viewer, lab: Lab) -> list[WrittenReview]:
    """The member's newest published reviews; one query."""
    readable = access.reviews_visible_to(viewer, lab).filter(member=member)
    rows = readable.select_related("paper").defer(
        "paper__abstract", "paper__abstract_html", *(f"{one.key}_html" for one in PARTS)
    )
    return [_make_written(row) for row in rows.order_by("-published_at", "-pk")[:MOST_REVIEWS]]


def _make_written(review: Review) -> WrittenReview:
    return WrittenReview(
        title=to_letters(review.paper.title),
        url=f"{review.paper.get_absolute_url()}#review-{review.pk}",
        takeaway=review.takeaway,
        verdict=review.verdict,
        spine=(review.words,),
        published_at=review.published_at,
    )


def list_owned(member: Member, viewer: access.Viewer, lab: Lab) -> tuple[list[Experiment], int]:
    """Experiments that the member runs, or proposed and nobody took; going ones first.

    The first of them, and how many there are; one query.
    """
    rows: Any = access.experiments_visible_to(viewer, lab).filter(
        Q(owner=member) | Q(owner__isnull=True, proposed_by=member)
    )
    first = list(
        rows.annotate(total=Window(Count("*")))
        .select_related("paper")
        .defer("paper__abstract", "paper__abstract_html", "plan", "plan_html")
        .order_by(F("closed_at").desc(nulls_first=True), "-moved_at", "-pk")[:MOST_EXPERIMENTS]
    )
    return first, first[0].total if first else 0
