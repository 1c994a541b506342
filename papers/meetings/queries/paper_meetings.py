"""What meetings said of a paper, and its standing among the nominated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf

from papers import access
from papers.caching.prepared import prepared
from papers.meetings.tally import Cast, Tally, tally
from papers.models import AgendaItem, Lab, Paper, VerdictVote, Vote
from papers.text import addresses


@dataclass(frozen=True, slots=True)
class PaperMeeting:
    """What a meeting said of a paper."""

    day: date
    url: str
    presenter: str
    record_html: str
    tally: Tally
    is_discussed: bool


@dataclass(frozen=True, slots=True)
class PaperMeetings:
    """A paper's meetings, and its standing among the nominated."""

    paper: int
    meetings: Sequence[PaperMeeting]
    votes: int = 0
    voted: bool = False
    may_vote: bool = False

    def __bool__(self) -> bool:
        return bool(self.meetings)


def list_paper_meetings(paper: Paper, viewer: access.Viewer, lab: Lab) -> PaperMeetings:
    """What meetings said of a paper, the latest first, and its votes; one query.

    For members alone: strangers get nothing, and it costs no query.
    """
    me = access.get_member(viewer)
    if me is None:
        return PaperMeetings(paper.pk, ())
    found: list[Any] = _read_paper_meetings(viewer, lab, paper.pk)
    if not found:
        return PaperMeetings(paper.pk, ())
    row = found[0]
    meetings = [_make_paper_meeting(one) for one in row["told"]]
    return PaperMeetings(
        paper.pk, meetings, row["number"], row["voted"], may_vote=access.can_vote(viewer)
    )


@prepared
def _read_paper_meetings(viewer: access.Viewer, lab: Lab, paper: int) -> QuerySet[Any, Any]:
    here = OuterRef("pk")
    votes = Vote.objects.filter(nomination__paper=here, nomination__closed_at__isnull=True)
    return (
        access.papers_visible_to(viewer, lab)
        .filter(pk=paper)
        .order_by()
        .values(
            told=ArraySubquery(_paper_rows(viewer).filter(paper=here)),
            number=_count_votes(votes),
            voted=Exists(votes.filter(member=access.get_member(viewer))),
        )
    )


def _count_votes(votes: Any) -> Coalesce:
    counted = votes.order_by().values("nomination").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), Value(0))


def _paper_rows(viewer: access.Viewer) -> Any:
    casts = access.verdicts_visible_to(viewer).filter(item=OuterRef("pk"))
    shown = casts.filter(
        Q(phase=VerdictVote.Phase.BEFORE, item__before_shown_at__isnull=False)
        | Q(phase=VerdictVote.Phase.AFTER, item__after_shown_at__isnull=False)
    )
    cast = JSONObject(member=F("member"), phase=F("phase"), verdict=F("verdict"))
    columns = {
        "day": F("meeting__day"), "number": F("meeting__number"),
        "presenter": Coalesce(F("presenter__name"), F("question__presenter__name")),
        "record_html": Coalesce(NullIf(F("record_html"), Value("")), F("question__record_html")),
        "discussed_at": F("discussed_at"), "casts": F("casts"),
    }  # fmt: skip
    return (
        AgendaItem.objects.filter(
            Q(discussed_at__isnull=False) | ~Q(record=""), meeting__cancelled_at__isnull=True
        )
        .annotate(casts=ArraySubquery(shown.values(row=cast)))
        .order_by("-meeting__starts_at")
        .values(row=JSONObject(**columns))
    )


def _make_paper_meeting(row: dict[str, Any]) -> PaperMeeting:
    day = date.fromisoformat(row["day"])
    return PaperMeeting(
        day=day,
        url=addresses.meeting(day, row["number"]),
        presenter=row["presenter"] or "",
        record_html=row["record_html"] or "",
        tally=tally_rows(row["casts"]),
        is_discussed=row["discussed_at"] is not None,
    )


def tally_rows(rows: Iterable[dict[str, Any]]) -> Tally:
    """Verdicts as the database gave them, counted."""
    return tally(Cast(row["member"], row["phase"], row["verdict"]) for row in rows)
