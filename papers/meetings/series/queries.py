"""Reads of the rota: who presented when, who is away, who is next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from papers import access
from papers.meetings.series.rotation import YEAR, Turn, Turns, rank
from papers.models import Absence, AgendaItem, Lab, Meeting, Member
from papers.people import People, Person


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which a member cannot present."""

    id: int
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class RotaLine:
    """A member's place in the rota."""

    person: Person
    turn: Turn
    absences: tuple[Away, ...] = ()
    next_on: date | None = None

    @property
    def last_on(self) -> date | None:
        """The latest turn, planned ones too."""
        return self.turn.last_on


@dataclass(frozen=True, slots=True)
class Rota:
    """Who presents, in the order of their turns on one day."""

    day: date
    lines: tuple[RotaLine, ...] = ()
    turns: tuple[Turns, ...] = field(default=(), repr=False)

    @property
    def due(self) -> dict[int, str]:
        """Names of those who are next: present, and with the smallest load."""
        present = [line for line in self.lines if not line.turn.is_away]
        least = min((line.turn.load for line in present), default=0)
        return {line.person.id: line.person.name for line in present if line.turn.load == least}

    def find(self, member: int) -> RotaLine | None:
        """The line of a member."""
        return next((line for line in self.lines if line.person.id == member), None)


def read_rota(viewer: access.Viewer, lab: Lab, day: date) -> Rota:
    """The rota as it stands on a day; one query."""
    rows = list(_list_people(day - YEAR))
    people = People(viewer)
    turns = tuple(_make_turns(row, lab) for row in rows)
    known = {row["pk"]: row for row in rows}
    lines = tuple(_make_line(known[turn.member], turn, people, day) for turn in rank(turns, day))
    return Rota(day, lines, turns)


def read_lead_turns(lab: Lab, day: date) -> list[Turns]:
    """Who led which meetings, as turns; one query."""
    led = Meeting.objects.scheduled().filter(lead=OuterRef("pk"), day__gt=day - YEAR)
    rows: Any = (
        _list_presenters()
        .annotate(days=ArraySubquery(led.order_by("day").values("day")), away=_absences(day))
        .values("pk", "joined_at", "days", "away")
    )
    return [_make_turns(row, lab) for row in rows]


def _list_presenters() -> QuerySet[Member]:
    """Who may be asked to present: active members and curators; readers only listen."""
    people: QuerySet[Member] = Member.objects.active()
    return people.filter(Q(is_superuser=True) | ~Q(role=Member.Role.READER)).order_by("pk")


def _list_people(since: date) -> Any:
    took = AgendaItem.objects.filter(
        Q(meeting__held_at__isnull=True) | Q(discussed_at__isnull=False),
        presenter=OuterRef("pk"), meeting__cancelled_at__isnull=True, meeting__day__gt=since,
    )  # fmt: skip
    return (
        _list_presenters()
        .annotate(
            days=ArraySubquery(took.order_by("meeting__day").values("meeting__day")),
            away=_absences(since),
        )
        .values("pk", "name", "handle", "state", "joined_at", "days", "away")
    )


def _absences(since: date) -> ArraySubquery:
    rows = Absence.objects.filter(member=OuterRef("pk"), last_on__gte=since - timedelta(days=1))
    columns = {"id": F("pk"), "first_on": F("first_on"), "last_on": F("last_on")}
    return ArraySubquery(rows.order_by("first_on").values(row=JSONObject(**columns)))


def _read_away(row: dict[str, Any]) -> list[Away]:
    return [
        Away(one["id"], date.fromisoformat(one["first_on"]), date.fromisoformat(one["last_on"]))
        for one in row["away"]
    ]


def _make_turns(row: dict[str, Any], lab: Lab) -> Turns:
    return Turns(
        member=row["pk"],
        joined_on=row["joined_at"].astimezone(lab.zone).date(),
        days=tuple(row["days"]),
        absences=tuple((one.first_on, one.last_on) for one in _read_away(row)),
    )


def _make_line(row: dict[str, Any], turn: Turn, people: People, day: date) -> RotaLine:
    person = people.get(row["pk"], row["name"], row["handle"], row["state"])
    ahead = [one for one in row["days"] if one >= day]
    away = tuple(one for one in _read_away(row) if one.last_on >= day)
    return RotaLine(person, turn, away, min(ahead, default=None))
