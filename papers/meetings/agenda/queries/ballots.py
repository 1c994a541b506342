"""Reads of what members want to discuss, and of the turns that they ask each other to take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from papers import access
from papers.models import AgendaItem, Lab, Nomination, PresenterSwap, Vote
from papers.people import join_names
from papers.text import addresses
from papers.text.formulas import to_letters
from papers.text.slots import Slot
from papers.text.writing import join_imprint

NOMINATIONS = 60
"""Nominated papers on the list at most."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """A nominated paper and how many would like to discuss it."""

    paper: int
    title: str
    url: str
    authors: str
    imprint: str
    nominated_by: str
    votes: int
    voted: bool
    reviews: int
    on: Slot | None


def list_ballots(viewer: access.Viewer, lab: Lab) -> list[Ballot]:
    """Nominated papers, the most wanted first; one query."""
    here = OuterRef("pk")
    ahead = AgendaItem.objects.filter(
        paper=OuterRef("paper"), meeting__held_at__isnull=True, meeting__cancelled_at__isnull=True
    )
    slot = JSONObject(day=F("meeting__day"), number=F("meeting__number"))
    reviews = access.reviews_known_to(viewer, lab).filter(paper=OuterRef("paper"))
    rows: Any = (
        Nomination.objects.open()
        .filter(paper__in=access.papers_visible_to(viewer, lab))
        .annotate(
            number=Count("votes"),
            voted=Exists(Vote.objects.filter(nomination=here, member=access.get_member(viewer))),
            reviews=_count(reviews),
            on=Subquery(ahead.order_by("meeting__starts_at").values(row=slot)[:1]),
        )
        .order_by("-number", "at", "pk")
        .values(
            "paper", "paper__title", "paper__slug", "paper__authors", "paper__venue",
            "paper__year", "by__name", "number", "voted", "reviews", "on",
        )[:NOMINATIONS]
    )  # fmt: skip
    return [_make_ballot(row) for row in rows]


def _count(rows: Any) -> Coalesce:
    counted = rows.order_by().values("paper").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), Value(0))


def _make_ballot(row: dict[str, Any]) -> Ballot:
    return Ballot(
        paper=row["paper"],
        title=to_letters(row["paper__title"]),
        url=addresses.paper(row["paper"], row["paper__slug"]),
        authors=join_names(row["paper__authors"]),
        imprint=join_imprint(row["paper__venue"], row["paper__year"]),
        nominated_by=row["by__name"] or "",
        votes=row["number"],
        voted=row["voted"],
        reviews=row["reviews"],
        on=_read_slot(row["on"]) if row["on"] else None,
    )


def _read_slot(row: dict[str, Any]) -> Slot:
    return Slot(date.fromisoformat(row["day"]), row["number"])


def list_swap_requests(viewer: access.Viewer) -> list[PresenterSwap]:
    """Turns that the viewer was asked to take, in meetings ahead; one query."""
    rows = access.swaps_answerable_by(viewer).filter(
        item__meeting__held_at__isnull=True, item__meeting__cancelled_at__isnull=True
    )
    return list(rows.select_related("item__meeting", "item__paper", "given__meeting", "asked_by"))
