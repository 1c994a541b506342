"""Reads of meetings with their agendas, as the meetings' pages, desks and emails show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from papers import access
from papers.models import AgendaItem, Lab, Meeting
from papers.models.meeting import MeetingQuerySet
from papers.people import People, Person
from papers.text import addresses
from papers.text.formulas import to_letters
from papers.text.slots import Slot

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
    gathered: tuple[ItemLine, ...] = ()
    """The papers under a question."""


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting with its agenda, as lists, desks and the digest show it."""

    id: int
    slot: Slot
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
        return addresses.meeting(*self.slot)

    @property
    def day(self) -> date:
        """In the lab's time zone."""
        return self.slot.day

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
            "pk", "day", "number", "title", "starts_at", "minutes", "place", "link",
            "held_at", "opened_at", "cancelled_at", "lead", "lead__name", "lead__handle",
            "lead__state", "agenda",
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
        "discussed_at": F("discussed_at"), "question": F("question"),
    }  # fmt: skip
    return rows.order_by("position", "pk").values(row=JSONObject(**columns))


def _make_line(row: dict[str, Any], people: People) -> MeetingLine:
    lead = row["lead"]
    return MeetingLine(
        id=row["pk"],
        slot=Slot(row["day"], row["number"]),
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
        items=tuple(_make_items(row["agenda"], people)),
    )


def _make_items(rows: Sequence[dict[str, Any]], people: People) -> Iterable[ItemLine]:
    gathered = group_by_question(rows)
    for row in gathered.get(None, ()):
        papers = (_make_item(one, people) for one in gathered.get(row["id"], ()))
        yield _make_item(row, people, tuple(papers))


def group_by_question(rows: Iterable[dict[str, Any]]) -> dict[int | None, list[dict[str, Any]]]:
    """Items of an agenda, and under the key of each question the papers that it gathers."""
    groups: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["question"]].append(row)
    return groups


def _make_item(
    row: dict[str, Any], people: People, gathered: tuple[ItemLine, ...] = ()
) -> ItemLine:
    title, url = name_subject(row)
    who = row["presenter"]
    return ItemLine(
        id=row["id"],
        title=title,
        url=url,
        minutes=row["minutes"],
        presenter=people.get(who, row["name"], row["handle"], row["state"]) if who else None,
        is_discussed=row["discussed_at"] is not None,
        gathered=gathered,
    )


def name_subject(row: dict[str, Any]) -> tuple[str, str]:
    """Title and address of an item's subject; a closed experiment keeps its name to itself."""
    if row["paper"]:
        return to_letters(row["paper_title"]), addresses.paper(row["paper"], row["slug"])
    if row["experiment"]:
        if not row["is_open"]:
            return _("An experiment"), ""
        return to_letters(row["experiment_title"]), addresses.experiment(row["experiment"])
    return to_letters(row["title"]), ""
