"""Reads for the packer: what could be talked about in a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, JSONObject

from papers import access
from papers.meetings.agenda.packing import Candidate
from papers.models import AgendaItem, Experiment, Lab, Nomination, Vote
from papers.text import addresses
from papers.text.formulas import to_letters

MOST = 60
"""Papers that are weighed at most: the nominated, then the freshly reviewed."""

FRESH = timedelta(days=90)
"""An outcome older than this is no news."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that could go on the agenda, with its name."""

    candidate: Candidate
    title: str
    url: str


def list_suggestions(viewer: access.Viewer, lab: Lab, at: datetime) -> list[Suggestion]:
    """Papers and outcomes that are on no agenda and were not discussed since; two queries.

    Verdicts of reviews that are closed to the viewer are not weighed.
    """
    papers = [_make_paper(row, at) for row in _read_papers(viewer, lab)]
    return [*papers, *(_make_experiment(row) for row in _read_experiments(viewer, lab, at))]


def _ahead() -> Any:
    """Items of meetings that were neither held nor cancelled."""
    return AgendaItem.objects.filter(
        meeting__held_at__isnull=True, meeting__cancelled_at__isnull=True
    )


def _read_papers(viewer: access.Viewer, lab: Lab) -> Any:
    here = OuterRef("pk")
    fresh = _read_fresh(viewer, lab)
    wanted = Nomination.objects.open().values("paper")
    recent = fresh.order_by("-published_at").values("paper")[:MOST]
    votes = Vote.objects.filter(nomination__paper=here, nomination__closed_at__isnull=True)
    counted = votes.order_by().values("nomination").annotate(n=Count("pk")).values("n")
    told = fresh.filter(paper=here).annotate(is_open=access.is_review_readable(viewer, lab))
    claims = access.claims_visible_to(viewer).open().leased().filter(paper=here)
    columns = {"member": F("member"), "verdict": F("verdict"), "is_open": F("is_open")}
    return (
        access.papers_visible_to(viewer, lab)
        .unarchived()
        .filter(Q(pk__in=wanted) | Q(pk__in=recent))
        .exclude(Exists(_ahead().filter(paper=here)))
        .annotate(
            votes=Coalesce(Subquery(counted), Value(0)),
            nominated_at=Subquery(Nomination.objects.open().filter(paper=here).values("at")[:1]),
            told=ArraySubquery(told.order_by("published_at").values(row=JSONObject(**columns))),
            claimants=ArraySubquery(claims.order_by("claimed_at").values("member")),
        )
        .order_by("-votes", "-pk")
        .values("pk", "title", "slug", "votes", "nominated_at", "told", "claimants")[:MOST]
    )


def _read_fresh(viewer: access.Viewer, lab: Lab) -> Any:
    """Reviews that were published after their paper was last discussed."""
    discussed = AgendaItem.objects.filter(
        paper=OuterRef("paper"), discussed_at__gte=OuterRef("published_at")
    )
    return access.reviews_known_to(viewer, lab).exclude(Exists(discussed))


def _make_paper(row: dict[str, Any], at: datetime) -> Suggestion:
    since = row["nominated_at"]
    candidate = Candidate(
        kind="paper",
        key=row["pk"],
        votes=row["votes"],
        reviews=len(row["told"]),
        verdicts=tuple(one["verdict"] for one in row["told"] if one["is_open"]),
        presenters=tuple(one["member"] for one in row["told"]),
        claimants=tuple(row["claimants"]),
        waited_weeks=max((at - since).days // 7, 0) if since else 0,
    )
    return Suggestion(candidate, to_letters(row["title"]), addresses.paper(row["pk"], row["slug"]))


def _read_experiments(viewer: access.Viewer, lab: Lab, at: datetime) -> Any:
    here = OuterRef("pk")
    told = AgendaItem.objects.filter(experiment=here, discussed_at__gte=OuterRef("closed_at"))
    return (
        access.experiments_visible_to(viewer, lab)
        .filter(closed_at__gte=at - FRESH)
        .exclude(Exists(told))
        .exclude(Exists(_ahead().filter(experiment=here)))
        .order_by("-closed_at")
        .values("pk", "title", "state", "owner", "proposed_by", "closed_at")[: MOST // 3]
    )


def _make_experiment(row: dict[str, Any]) -> Suggestion:
    owner = row["owner"] or row["proposed_by"]
    candidate = Candidate(
        kind="experiment",
        key=row["pk"],
        presenters=(owner,) if owner else (),
        outcome=Experiment.State(row["state"]).value,
    )
    return Suggestion(candidate, to_letters(row["title"]), addresses.experiment(row["pk"]))
