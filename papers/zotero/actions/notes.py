"""Reviews go to Zotero as notes of their items, and follow what becomes of the review."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import batched
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from papers import access
from papers.models import Review, ZoteroItem, ZoteroLibrary, ZoteroNote
from papers.text.sections import PARTS
from papers.zotero.service.zotero_client import BATCH, CONFLICT, Client

LETTERS = "23456789ABCDEFGHIJKLMNPQRSTUVWXYZ"
"""Of which Zotero makes its keys."""

TAG = "reviewapp"
LANGUAGE = "en"
"""Whose readers' language is not known."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A note whose text Zotero does not have yet."""

    note: ZoteroNote
    body: dict[str, Any]
    digest: str


def send_notes(*, client: Client, at: datetime) -> None:
    """Make, change and delete notes until they are what the lab's reviews say.

    Where it is switched off, nothing new is sent, and notes that were sent before are deleted as
    their reviews are.
    """
    library = client.library
    reviews = {one.pk: one for one in _list_reviews(library)}
    _delete_notes(client, reviews.keys())
    if not library.sends_reviews:
        return
    for batch in batched(_list_outgoing(library, reviews), BATCH):
        read = client.write_items([one.body for one in batch])
        for place, one in enumerate(batch):
            if place in read.written:
                one.note.version, one.note.digest = read.written[place], one.digest
                one.note.save(update_fields=["version", "digest"])
            elif read.failed.get(place) == CONFLICT:
                _look_again(client, one.note)


def _look_again(client: Client, note: ZoteroNote) -> None:
    """Somebody edited it there, and it is left alone; or it arrived although its answer did not,
    and the next run changes it."""
    if note.version:
        note.is_edited_there = True
    else:
        note.version = client.read_version(note.key)
    note.save(update_fields=["version", "is_edited_there"])


def make_key() -> str:
    """A key for a new item."""
    return "".join(secrets.choice(LETTERS) for _ in range(8))


def _list_reviews(library: ZoteroLibrary) -> Iterable[Review]:
    rows = access.reviews_for_libraries(access.get_lab()).select_related("member", "paper")
    return rows.filter(paper__zotero_items__library=library).distinct()


def _list_outgoing(library: ZoteroLibrary, reviews: dict[int, Review]) -> list[Outgoing]:
    items = {row.paper_id: row for row in library.items.filter(is_gone=False, paper__isnull=False)}
    notes = {
        one.review_id: one
        for one in ZoteroNote.objects.filter(item__library=library).select_related("item")
    }
    found = []
    for review in reviews.values():
        item, note = items.get(review.paper_id), notes.get(review.pk)
        if item is None or (note and note.is_edited_there):
            continue
        text = write_note(review)
        digest = sha256(text.encode()).hexdigest()
        if note is None or note.digest != digest:
            note = note or _make_note(item, review)
            found.append(Outgoing(note, _write_body(note, item, text), digest))
    return found


def _make_note(item: ZoteroItem, review: Review) -> ZoteroNote:
    """Stored before it is sent: a run that is killed in between sends it under the same key."""
    return ZoteroNote.objects.get_or_create(item=item, review=review, defaults={"key": make_key()})[
        0
    ]


def _write_body(note: ZoteroNote, item: ZoteroItem, text: str) -> dict[str, Any]:
    fresh = {"itemType": "note", "parentItem": item.key, "tags": [{"tag": TAG}]}
    kind = {} if note.version else fresh
    return {"key": note.key, "version": note.version, "note": text, **kind}


def write_note(review: Review) -> str:
    """The review as the HTML of a note."""
    parts = [(one.label, getattr(review, f"{one.key}_html")) for one in PARTS]
    with translation.override(LANGUAGE):
        context = {"review": review, "parts": [(label, html) for label, html in parts if html]}
        return render_to_string("zotero/note.html", context)


def _delete_notes(client: Client, kept: Iterable[int]) -> None:
    notes = ZoteroNote.objects.filter(item__library=client.library).exclude(review__in=list(kept))
    for note in notes:
        if note.version and not note.is_edited_there:
            is_gone = client.delete_item(note.key, note.version)
            if not is_gone:
                note.is_edited_there = True
                note.save(update_fields=["is_edited_there"])
                continue
        if not note.is_edited_there:
            note.delete()
