"""What a list shows of a paper: its state, its people, the parts reviewed, and what I may do.

A row is made for every line of the catalogue, of topics, desks, member pages and the digest, so
it is read as plain values: two queries, whatever the number of rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.expressions import Combinable
from django.utils.safestring import SafeString

from papers import access
from papers.models import AgendaItem, Lab, Member, Paper

AUTHORS_IN_A_ROW = 4
"""Longer lists of authors end in "and 9 more"."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone in a circle: initials, and the name behind them."""

    id: int
    name: str
    handle: str
    initials: str
    is_me: bool = False
    is_alumni: bool = False

    @property
    def url(self) -> str:
        """The member's page."""
        return f"/members/{self.handle}/"


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts of a review exist: the three-part mark."""

    summary: bool = False
    critique: bool = False
    followup: bool = False

    def __or__(self, other: Parts) -> Parts:
        """What two reviews have between them."""
        return Parts(
            self.summary or other.summary,
            self.critique or other.critique,
            self.followup or other.followup,
        )


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One line of a list. Everything is as this viewer may see it.

    `state` is one of open, claimed, draft (the viewer's own), reviewed, discussed. `parts` tells
    of the reviews that the viewer may read; `reviewers` names all that she may know of. A free
    slot is one that no open lease holds. `note`, `note_html` (safe) and `matched` are for the
    list to fill; `extra` holds the further columns that it asked for.
    """

    id: int
    title: str
    slug: str
    author_names: Sequence[str]
    venue: str
    year: int | None
    state: str
    parts: Parts = field(default_factory=Parts)
    reviewers: Sequence[Person] = ()
    claimants: Sequence[Person] = ()
    my_claim: int | None = None
    free_slots: int = 0
    may_claim: bool = False
    extra: Sequence[Any] = ()
    note: str = ""
    note_html: str = ""
    matched: SafeString | str = ""

    @property
    def url(self) -> str:
        """The paper's page."""
        return f"/papers/{self.id}/{self.slug}/" if self.slug else f"/papers/{self.id}/"

    @property
    def authors(self) -> str:
        """The authors on one line."""
        return join_names(self.author_names)

    @property
    def people(self) -> list[Person]:
        """Reviewers, then claimants who have not reviewed yet."""
        known = {person.id for person in self.reviewers}
        return [*self.reviewers, *(one for one in self.claimants if one.id not in known)]

    @property
    def state_word(self) -> str:
        """What the mark of the state says; "yours" when the only claim is the viewer's."""
        if self.state == "claimed" and self.claimants and self.claimants[0].is_me:
            return "yours"
        return "in draft" if self.state == "draft" else self.state

    @property
    def claim_url(self) -> str:
        """Where a click claims the paper; empty when the viewer may not."""
        return f"/papers/{self.id}/claim/" if self.may_claim else ""

    @property
    def release_url(self) -> str:
        """Where a click gives the paper back; empty without a claim of the viewer."""
        return f"/papers/{self.id}/release/" if self.my_claim else ""


type _Claimed = tuple[int, bool, Person]  # claim, whether it holds a slot, who
type _Reviewed = tuple[Person, Parts]


def join_names(names: Sequence[str], most: int = AUTHORS_IN_A_ROW) -> str:
    """`Ada, Ben and 9 more`; never "and 1 more", which would be longer than the name."""
    if len(names) <= most + 1:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


def list_rows(
    papers: QuerySet[Paper] | Iterable[Paper | int],
    viewer: access.Viewer,
    lab: Lab,
    *,
    columns: Sequence[str] = (),
) -> list[PaperRow]:
    """The rows of these papers, in their order; two queries.

    Give a queryset (ordered and sliced) where there is one; papers or keys cost the same.
    `columns` are further names to read along into `extra`.
    """
    facts = _read_papers(papers, viewer, lab, columns)
    if not facts:
        return []
    keys = [row[0] for row in facts]
    claims, reviews = _read_people(keys, viewer, lab)
    may = access.can_review(viewer)
    return [_make_row(row, claims[row[0]], reviews[row[0]], may, lab) for row in facts]


def is_discussed() -> Exists:
    """The paper was discussed in a meeting; a condition on papers."""
    return Exists(AgendaItem.objects.filter(paper=OuterRef("pk"), discussed_at__isnull=False))


def _read_papers(
    papers: QuerySet[Paper] | Iterable[Paper | int],
    viewer: access.Viewer,
    lab: Lab,
    columns: Sequence[str],
) -> list[tuple[Any, ...]]:
    if isinstance(papers, QuerySet):
        return list(_as_values(papers, viewer, columns))
    keys = [one if isinstance(one, int) else one.pk for one in papers]
    visible = access.papers_visible_to(viewer, lab).filter(pk__in=keys)
    found = _as_values(visible, viewer, columns)
    by_key = {row[0]: row for row in found.order_by()} if keys else {}
    return [by_key[key] for key in keys if key in by_key]


def _as_values(
    papers: QuerySet[Paper], viewer: access.Viewer, columns: Sequence[str]
) -> QuerySet[Any, tuple[Any, ...]]:
    drafts = access.drafts_of(viewer).filter(paper=OuterRef("pk"), discarded_at__isnull=True)
    return papers.annotate(
        is_drafted=Exists(drafts),
        is_discussed=is_discussed(),
    ).values_list(
        "pk", "title", "slug", "authors", "venue", "year", "slots", "is_drafted", "is_discussed",
        *columns,
    )  # fmt: skip


def _read_people(
    keys: list[int], viewer: access.Viewer, lab: Lab
) -> tuple[dict[int, list[_Claimed]], dict[int, list[_Reviewed]]]:
    """Open claims and published reviews by paper, oldest first, in one query."""
    claims = access.claims_visible_to(viewer).open().filter(paper__in=keys)
    reviews = access.reviews_known_to(viewer, lab).filter(paper__in=keys)
    one: Any = claims.order_by().annotate(**_CLAIM_COLUMNS).values_list(*_COLUMNS)
    two: Any = (
        reviews.order_by()
        .annotate(**_REVIEW_COLUMNS, flag=_is_readable(viewer, lab))
        .values_list(*_COLUMNS)
    )
    rows = one.union(two, all=True).order_by("at", "pk")
    people = People(viewer)
    claimed: dict[int, list[_Claimed]] = defaultdict(list)
    reviewed: dict[int, list[_Reviewed]] = defaultdict(list)
    for paper, pk, _, is_claim, flag, summary, critique, followup, *who in rows:
        if is_claim:
            claimed[paper].append((pk, flag, people.get(*who)))
        else:
            parts = Parts(summary, critique, followup) if flag else Parts()
            reviewed[paper].append((people.get(*who), parts))
    return claimed, reviewed


def _holds(condition: Q) -> ExpressionWrapper[Q]:
    return ExpressionWrapper(condition, output_field=BooleanField())


_COLUMNS = (
    "paper", "pk", "at", "is_claim", "flag", "has_summary", "has_critique", "has_followup",
    "member", "member__name", "member__handle", "member__state",
)  # fmt: skip
_CLAIM_COLUMNS: dict[str, Combinable] = {
    "at": F("claimed_at"),
    "is_claim": Value(True),
    "flag": _holds(Q(paper_slot__isnull=False)),
    "has_summary": Value(False),
    "has_critique": Value(False),
    "has_followup": Value(False),
}
_REVIEW_COLUMNS: dict[str, Combinable] = {
    "at": F("published_at"),
    "is_claim": Value(False),
    "has_summary": _holds(~Q(summary="")),
    "has_critique": _holds(~Q(critique="")),
    "has_followup": _holds(~Q(follow_up="")),
}


def _is_readable(viewer: access.Viewer, lab: Lab) -> Combinable:
    if not lab.independent_reviews:
        return Value(True)
    return Exists(access.reviews_visible_to(viewer, lab).filter(pk=OuterRef("pk")))


class People:
    """Makes each person of a page once."""

    def __init__(self, viewer: access.Viewer) -> None:
        me = access.get_member(viewer)
        self.me = me.pk if me else None
        self.known: dict[int, Person] = {}

    def get(self, pk: int, name: str, handle: str, state: str) -> Person:
        """The person with these columns of a member."""
        person = self.known.get(pk)
        if person is None:
            person = self.known[pk] = Person(
                pk,
                name or handle,
                handle,
                Member(handle=handle, name=name).initials,
                pk == self.me,
                state == Member.State.ALUMNI,
            )
        return person


def _make_row(
    facts: tuple[Any, ...],
    claims: list[_Claimed],
    reviews: list[_Reviewed],
    may_review: bool,
    lab: Lab,
) -> PaperRow:
    pk, title, slug, authors, venue, year, slots, is_drafted, is_discussed, *extra = facts
    mine = next(((claim, leased) for claim, leased, who in claims if who.is_me), None)
    has_reviewed = any(who.is_me for who, _ in reviews)
    free = max((slots or lab.paper_slots) - sum(leased for _, leased, _ in claims), 0)
    parts = Parts()
    for _, more in reviews:
        parts |= more
    return PaperRow(
        id=pk,
        title=title,
        slug=slug,
        author_names=authors,
        venue=venue,
        year=year,
        state=get_state(is_drafted, is_discussed, bool(reviews), bool(claims)),
        parts=parts,
        reviewers=[who for who, _ in reviews],
        claimants=[who for _, _, who in claims],
        my_claim=mine[0] if mine else None,
        free_slots=free,
        # A standing claim ("reads this") becomes a lease by the same click.
        may_claim=may_review and free > 0 and not has_reviewed and not (mine and mine[1]),
        extra=extra,
    )


def get_state(is_drafted: bool, is_discussed: bool, is_reviewed: bool, is_claimed: bool) -> str:
    """The furthest that the paper has come, but a draft of mine comes first: it waits for me."""
    if is_drafted:
        return "draft"
    if is_discussed:
        return "discussed"
    if is_reviewed:
        return "reviewed"
    return "claimed" if is_claimed else "open"
