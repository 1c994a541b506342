"""Writes of listings: which papers stand under a topic, in which order, with which note."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from papers.access import UNDO_FOR
from papers.events import record
from papers.models import Event, Listing, Member, Paper, RemovedListing, Topic
from papers.search.index.actions import refresh
from papers.text import markdown


def list_paper(*, paper: Paper, topic: Topic, by: Member, at: datetime, note: str = "") -> Listing:
    """Put a paper under a topic, at its end. A paper that is there already stays as it is."""
    with transaction.atomic():
        listing, is_new = put_under(topic, paper, by=by, at=at, note=note)
        if is_new:
            record(Event.Kind.PAPER_LISTED, listing, by=by, at=at)
            refresh([paper.pk])
    return listing


def unlist_paper(*, listing: Listing, by: Member, at: datetime) -> None:
    """Take a paper out of a topic; the paper stays. Twice is once."""
    with transaction.atomic():
        found = Listing.objects.select_for_update().filter(pk=listing.pk).first()
        if found is None:
            return
        data = {"change": "unlisted"}
        event = record(Event.Kind.TOPIC_CHANGED, found, by=by, at=at, data=data)
        RemovedListing.objects.create(
            event=event,
            **{name: getattr(found, name) for name in ("position", "note", "added_by", "added_at")},
        )
        found.delete()
        refresh([found.paper_id])


def relist_paper(*, removed: RemovedListing, by: Member, at: datetime) -> None:
    """Undo the removal: the paper stands where it stood, with its note. Twice is once."""
    event = removed.event
    with transaction.atomic():
        if not RemovedListing.objects.select_for_update().filter(pk=removed.pk).first():
            return
        new = Listing(position=removed.position)
        _write_note(new, removed.note)
        names = ("position", "note", "note_html", "renderer")
        fields = {name: getattr(new, name) for name in names}
        fields |= {"added_by": removed.added_by, "added_at": removed.added_at}
        listing, is_new = Listing.objects.get_or_create(
            topic=event.topic, paper=event.paper, defaults=fields
        )
        if is_new:
            record(Event.Kind.PAPER_LISTED, listing, by=by, at=at)
            refresh([listing.paper_id])
        removed.delete()


def forget_removed_listings(*, at: datetime) -> int:
    """Delete what can be undone no more; how many."""
    return RemovedListing.objects.filter(event__at__lt=at - UNDO_FOR).delete()[0]


def change_listing(*, listing: Listing, note: str, by: Member, at: datetime) -> Listing:
    """Write what a curator says of the paper under this topic."""
    with transaction.atomic():
        listing = Listing.objects.select_for_update().get(pk=listing.pk)
        if listing.note != note:
            _write_note(listing, note)
            listing.save(update_fields=["note", "note_html", "renderer"])
            record(Event.Kind.TOPIC_CHANGED, listing, by=by, at=at, data={"change": "note"})
    return listing


def order_listings(*, topic: Topic, listings: Sequence[int], by: Member, at: datetime) -> None:
    """Put these listings (keys) first, in this order; the others follow in the order they had."""
    with transaction.atomic():
        rows = list(Listing.objects.select_for_update().filter(topic=topic))
        place = {pk: n for n, pk in enumerate(listings)}
        ordered = sorted(rows, key=lambda row: place.get(row.pk, len(place)))
        moved = [row for n, row in enumerate(ordered) if row.position != n]
        for n, row in enumerate(ordered):
            row.position = n
        if ordered != rows:
            Listing.objects.bulk_update(moved, ["position"])
            record(Event.Kind.TOPIC_CHANGED, topic, by=by, at=at, data={"change": "order"})


def put_under(
    topic: Topic, paper: Paper, *, by: Member, at: datetime, note: str = ""
) -> tuple[Listing, bool]:
    """The listing, and whether it is new; part of the caller's transaction, without an event."""
    last = Listing.objects.filter(topic=topic).aggregate(last=Max("position"))["last"]
    new = Listing(position=0 if last is None else last + 1)
    _write_note(new, note)
    fields: dict[str, Any] = {
        "position": new.position,
        "note": new.note,
        "note_html": new.note_html,
        "renderer": new.renderer,
        "added_by": by,
        "added_at": at,
    }
    return Listing.objects.get_or_create(topic=topic, paper=paper, defaults=fields)


def _write_note(listing: Listing, note: str) -> None:
    listing.note = note
    listing.note_html = markdown.render(note)
    listing.renderer = markdown.RENDERER_VERSION
