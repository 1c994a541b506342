"""Writes on many papers at once: under a topic, out of it, places, venue; and back again.

An act on a selection is one event. Its `data` says which papers it changed and how they were, as
numbers or names, so that the act can be taken back; what somebody changed since is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from papers.events import record
from papers.models import Event, Listing, Member, Paper, Topic
from papers.search.index.actions import refresh_soon

BATCH = 1_000
_START = datetime(1970, 1, 1, tzinfo=UTC)


class AlreadyUndone(Exception):
    """The act was taken back before."""

    def __init__(self) -> None:
        super().__init__(_("This was already undone."))


def list_papers(*, papers: Collection[int], topic: Topic, by: Member, at: datetime) -> Event | None:
    """Put papers under a topic, at its end, in this order; those that are there stay as they are.

    Papers that are gone are left out. None when nothing was to be done.
    """
    with transaction.atomic():
        topic = Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)
        there = Listing.objects.filter(topic=topic).values_list("paper", flat=True)
        left = lock_papers(papers) - set(there)
        new = [pk for pk in dict.fromkeys(papers) if pk in left]
        if not new:
            return None
        last = Listing.objects.filter(topic=topic).aggregate(last=Max("position"))["last"]
        first = 0 if last is None else last + 1
        Listing.objects.bulk_create(
            (
                Listing(paper_id=pk, topic=topic, position=n, added_by=by, added_at=at)
                for n, pk in enumerate(new, first)
            ),
            ignore_conflicts=True,
            batch_size=BATCH,
        )
        refresh_soon(new)
        return record_act("listed", {"papers": new}, topic=topic, by=by, at=at)


def unlist_papers(
    *, papers: Collection[int], topic: Topic, by: Member, at: datetime
) -> Event | None:
    """Take papers out of a topic (not out of those below). None when nothing was to be done.

    A paper with which a curator's note stands there stays: no text is lost by the heap.
    """
    with transaction.atomic():
        topic = Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)
        rows = Listing.objects.filter(topic=topic, note="", paper__in=list(papers))
        gone = list(rows.select_for_update().order_by("paper_id"))
        if not gone:
            return None
        Listing.objects.filter(pk__in=[row.pk for row in gone]).delete()
        refresh_soon(row.paper_id for row in gone)
        data = {
            "papers": [row.paper_id for row in gone],
            "positions": [row.position for row in gone],
            "added_by": [row.added_by_id for row in gone],
            "added_at": [(row.added_at - _START) // timedelta(microseconds=1) for row in gone],
        }
        return record_act("unlisted", data, topic=topic, by=by, at=at)


def set_slots(
    *, papers: Collection[int], slots: int | None, by: Member, at: datetime
) -> Event | None:
    """Say how many may review each paper at a time; None: as many as the lab says. Claims that
    are open stay. None when nothing was to be done."""
    return _set_column("slots", slots, papers=papers, by=by, at=at)


def set_venue(*, papers: Collection[int], venue: str, by: Member, at: datetime) -> Event | None:
    """Give papers the same venue, however their lists spelled it. None when all have it."""
    return _set_column("venue", venue, papers=papers, by=by, at=at)


def _set_column(
    column: str, value: Any, *, papers: Collection[int], by: Member, at: datetime
) -> Event | None:
    with transaction.atomic():
        rows = Paper.objects.filter(pk__in=list(papers)).order_by("pk")
        locked = rows.select_for_update(no_key=True).values_list("pk", column)
        before = {pk: old for pk, old in locked if old != value}
        if not before:
            return None
        Paper.objects.filter(pk__in=list(before)).update(**{column: value})
        _refresh_column(column, list(before))
        data = {column: value, "papers": list(before), "before": list(before.values())}
        return record_act(column, data, by=by, at=at)


def _refresh_column(column: str, papers: Sequence[int]) -> None:
    if column == "venue":  # the search knows venues
        refresh_soon(papers)


def undo_selection(*, event: Event, by: Member, at: datetime) -> Event:
    """Take one of these acts back, as far as nobody changed its papers since.

    Raises AlreadyUndone.
    """
    return take_back(event=event, undo=_UNDO[event.data["act"]], by=by, at=at)


def take_back(
    *, event: Event, undo: Callable[[Event], Collection[int]], by: Member, at: datetime
) -> Event:
    """Do `undo` once for this event, however often it is asked for; `undo` says which papers it
    changed. Raises AlreadyUndone."""
    with transaction.atomic():
        event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
        if find_undoing(event):
            raise AlreadyUndone
        papers = sorted(undo(event))
        if event.topic_id:
            refresh_soon(papers)
        data = {"papers": papers, "undoes": event.pk, "undone": event.data["act"]}
        return record_act("undone", data, topic=event.topic, by=by, at=at)


def find_undoing(event: Event) -> Event | None:
    """The event that took this one back."""
    return Event.objects.filter(kind=event.kind, data__undoes=event.pk).first()


def record_act(
    act: str, data: dict[str, Any], *, by: Member, at: datetime, topic: Topic | None = None
) -> Event:
    """The event of an act on a selection; `data` names its papers."""
    data = {"act": act, "number": len(data["papers"]), **data}
    return record(Event.Kind.PAPERS_SORTED, topic, by=by, at=at, data=data)


def lock_papers(papers: Collection[int]) -> set[int]:
    """Those of these papers that are there, and that stay until the transaction ends; others may
    change them meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM papers_paper WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE",
            [list(papers)],
        )
        return {row[0] for row in cursor.fetchall()}


def _unlist_again(event: Event) -> Sequence[int]:
    made = Listing.objects.filter(topic=event.topic, added_by=event.by, added_at=event.at, note="")
    rows = made.filter(paper__in=event.data["papers"])
    papers = list(rows.values_list("paper", flat=True))
    rows.delete()
    return papers


def _list_again(event: Event) -> Sequence[int]:
    data = event.data
    left = lock_papers(data["papers"])
    left -= set(Listing.objects.filter(topic=event.topic).values_list("paper", flat=True))
    people = set(Member.objects.values_list("pk", flat=True))
    rows = zip(data["papers"], data["positions"], data["added_by"], data["added_at"], strict=True)
    Listing.objects.bulk_create(
        (
            Listing(
                paper_id=pk,
                topic=event.topic,
                position=position,
                added_by_id=who if who in people else None,
                added_at=_START + timedelta(microseconds=micros),
            )
            for pk, position, who, micros in rows
            if pk in left
        ),
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    return list(left)


def _set_again(event: Event) -> Sequence[int]:
    data, column = event.data, event.data["act"]
    before = dict(zip(data["papers"], data["before"], strict=True))
    rows = Paper.objects.filter(pk__in=data["papers"]).order_by("pk")
    locked = rows.select_for_update(no_key=True).values_list("pk", column)
    left = [pk for pk, value in locked if value == data[column]]
    groups: dict[Any, list[int]] = {}
    for pk in left:
        groups.setdefault(before[pk], []).append(pk)
    for value, keys in groups.items():
        Paper.objects.filter(pk__in=keys).update(**{column: value})
    _refresh_column(column, left)
    return left


_UNDO = {
    "listed": _unlist_again,
    "unlisted": _list_again,
    "slots": _set_again,
    "venue": _set_again,
}
