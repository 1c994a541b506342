"""Reads of the meetings' pages, and what other pages say of meetings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext as _

from papers import access
from papers.caching.prepared import prepared
from papers.meetings.tally import Cast, Tally, tally
from papers.models import (
    AgendaItem,
    Lab,
    Meeting,
    Paper,
    VerdictVote,
    Vote,
)
from papers.models.meeting import MeetingQuerySet
from papers.people import People, Person
from papers.text import addresses
from papers.text.formulas import to_letters

SHOWN = 12
"""Coming and past meetings on the list, each."""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One line of an agenda as this viewer may see it."""

    id: int
    title: str
    url: str
    minutes: int
    presenter: Person | None
    is_discussed: bool


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting with its agenda, as lists, desks and the digest show it."""

    id: int
    day: date
    name: str
    starts_at: datetime
    minutes: int
    place: str
    link: str
    lead: Person | None
    is_held: bool
    is_going_on: bool
    is_cancelled: bool
    items: tuple[ItemLine, ...]

    @property
    def url(self) -> str:
        """The meeting's page."""
        return addresses.meeting(self.day)

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def planned(self) -> int:
        """Minutes of its items together."""
        return sum(item.minutes for item in self.items)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The next meeting, those after it, and those that were."""

    next: MeetingLine | None
    coming: Sequence[MeetingLine]
    past: Sequence[MeetingLine]


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


def list_calendar(viewer: access.Viewer, lab: Lab, at: datetime) -> Calendar:
    """Coming and past meetings with their agendas; one query."""
    seen = access.meetings_visible_to(viewer)
    ahead = seen.coming(at).order_by("starts_at")
    past = seen.filter(Q(held_at__isnull=False) | Q(starts_at__lt=at, opened_at__isnull=True))
    chosen = seen.filter(
        Q(pk__in=ahead.values("pk")[: SHOWN + 1])
        | Q(pk__in=past.order_by("-starts_at").values("pk")[:SHOWN])
    )
    lines = _read_lines(chosen, viewer, lab)
    coming = [
        x
        for x in lines
        if not (x.is_held or x.is_cancelled) and (x.starts_at >= at or x.is_going_on)
    ]
    keys = {line.id for line in coming}
    rest = [line for line in reversed(lines) if line.id not in keys]
    return Calendar(coming[0] if coming else None, coming[1:], rest)


def get_next_meeting(viewer: access.Viewer, lab: Lab, at: datetime) -> MeetingLine | None:
    """The meeting that goes on or comes next, with its agenda; one query."""
    ahead = access.meetings_visible_to(viewer).coming(at).order_by("starts_at")
    lines = _read_lines(Meeting.objects.filter(pk__in=ahead.values("pk")[:1]), viewer, lab)
    return lines[0] if lines else None


def list_agenda(meeting: Meeting, viewer: access.Viewer, lab: Lab) -> list[ItemLine]:
    """A meeting's agenda in its order; one query."""
    lines = _read_lines(access.meetings_visible_to(viewer).filter(pk=meeting.pk), viewer, lab)
    return list(lines[0].items) if lines else []


def _read_lines(meetings: MeetingQuerySet, viewer: access.Viewer, lab: Lab) -> list[MeetingLine]:
    rows: Any = (
        meetings.annotate(agenda=ArraySubquery(_item_rows(viewer, lab)))
        .order_by("starts_at", "pk")
        .values(
            "pk", "day", "title", "starts_at", "minutes", "place", "link", "held_at", "opened_at",
            "cancelled_at", "lead", "lead__name", "lead__handle", "lead__state", "agenda",
        )
    )  # fmt: skip
    people = People(viewer)
    return [_make_line(row, people) for row in rows]


def _item_rows(viewer: access.Viewer, lab: Lab) -> Any:
    seen = access.experiments_visible_to(viewer, lab).filter(pk=OuterRef("experiment"))
    rows = AgendaItem.objects.filter(meeting=OuterRef("pk")).annotate(is_open=Exists(seen))
    columns = {
        "id": F("pk"), "title": F("title"), "minutes": F("minutes"), "paper": F("paper"),
        "paper_title": F("paper__title"), "slug": F("paper__slug"), "experiment": F("experiment"),
        "experiment_title": F("experiment__title"), "is_open": F("is_open"),
        "presenter": F("presenter"), "name": F("presenter__name"),
        "handle": F("presenter__handle"), "state": F("presenter__state"),
        "discussed_at": F("discussed_at"),
    }  # fmt: skip
    return rows.order_by("position", "pk").values(row=JSONObject(**columns))


def _make_line(row: dict[str, Any], people: People) -> MeetingLine:
    lead = row["lead"]
    return MeetingLine(
        id=row["pk"],
        day=row["day"],
        name=row["title"] or _("Reading group"),
        starts_at=row["starts_at"],
        minutes=row["minutes"],
        place=row["place"],
        link=row["link"],
        lead=people.get(lead, row["lead__name"], row["lead__handle"], row["lead__state"])
        if lead
        else None,
        is_held=row["held_at"] is not None,
        is_going_on=row["opened_at"] is not None and row["held_at"] is None,
        is_cancelled=row["cancelled_at"] is not None,
        items=tuple(_make_item(item, people) for item in row["agenda"]),
    )


def _make_item(row: dict[str, Any], people: People) -> ItemLine:
    title, url = name_subject(row)
    who = row["presenter"]
    return ItemLine(
        id=row["id"],
        title=title,
        url=url,
        minutes=row["minutes"],
        presenter=people.get(who, row["name"], row["handle"], row["state"]) if who else None,
        is_discussed=row["discussed_at"] is not None,
    )


def name_subject(row: dict[str, Any]) -> tuple[str, str]:
    """Title and address of an item's subject; a closed experiment keeps its name to itself."""
    if row["paper"]:
        return to_letters(row["paper_title"]), addresses.paper(row["paper"], row["slug"])
    if row["experiment"]:
        if not row["is_open"]:
            return _("An experiment"), ""
        return row["experiment_title"], addresses.experiment(row["experiment"])
    return row["title"], ""


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
        "day": F("meeting__day"), "presenter": F("presenter__name"),
        "record_html": F("record_html"), "discussed_at": F("discussed_at"), "casts": F("casts"),
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
        url=addresses.meeting(day),
        presenter=row["presenter"] or "",
        record_html=row["record_html"],
        tally=tally_rows(row["casts"]),
        is_discussed=row["discussed_at"] is not None,
    )


def tally_rows(rows: Iterable[dict[str, Any]]) -> Tally:
    """Verdicts as the database gave them, counted."""
    return tally(Cast(row["member"], row["phase"], row["verdict"]) for row in rows)
