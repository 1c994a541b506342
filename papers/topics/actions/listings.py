"""Writes of listings: which papers stand under a topic, in which order, with which note."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from papers.models import Event, Listing, Member, Paper, Topic
from papers.search.index.actions import refresh
from papers.text import markdown


def list_paper(*, paper: Paper, topic: Topic, by: Member, at: datetime, note: str = "") -> Listing:
    """Put a paper under a topic, at its end. A paper that is there already stays as it is."""
    with transaction.atomic():
        listing, is_new = put_under(topic, paper, by=by, at=at, note=note)
        if is_new:
            Event.objects.create(
                kind=Event.Kind.PAPER_LISTED, at=at, by=by, paper=paper, topic=topic
            )
            refresh([paper.pk])
    return listing


def unlist_paper(*, listing: Listing, by: Member, at: datetime) -> None:
    """Take a paper out of a topic; the paper stays. Twice is once."""
    with transaction.atomic():
        gone, _ = Listing.objects.filter(pk=listing.pk).delete()
        if gone:
            _record(listing, "unlisted", by=by, at=at)
            refresh([listing.paper_id])


def change_listing(*, listing: Listing, note: str, by: Member, at: datetime) -> Listing:
    """Write what a curator says of the paper under this topic."""
    with transaction.atomic():
        listing = Listing.objects.select_for_update().get(pk=listing.pk)
        if listing.note != note:
            _write_note(listing, note)
            listing.save(update_fields=["note", "note_html", "renderer"])
            _record(listing, "note", by=by, at=at)
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
            data = {"change": "order"}
            Event.objects.create(
                kind=Event.Kind.TOPIC_CHANGED, at=at, by=by, topic=topic, data=data
            )


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


def _record(listing: Listing, change: str, *, by: Member, at: datetime) -> None:
    Event.objects.create(
        kind=Event.Kind.TOPIC_CHANGED,
        at=at,
        by=by,
        topic_id=listing.topic_id,
        paper_id=listing.paper_id,
        data={"change": change},
    )
