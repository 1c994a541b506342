"""Facts and places that changed here go to Zotero, fifty items a request."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import transaction

from papers.models import ZoteroItem
from papers.zotero.actions.settling import note_change, read_listed, read_ours, read_topics
from papers.zotero.service.zotero_client import BATCH, CONFLICT, Client
from papers.zotero.service.zotero_values import Item, make_creators, make_patch, reconcile

type Sent = tuple[ZoteroItem, Item, dict[str, Any], tuple[str, ...], list[str] | None]


def send_changes(*, client: Client, at: datetime) -> int:
    """Send what only this side changed; how many items Zotero refused for good.

    What it refuses because it changed there too is read by the next run, and settled then.
    """
    refused = 0
    for batch in batched(_list_changes(client), BATCH):
        bodies = [_write(*one) for one in batch]
        read = client.write_items(bodies)
        with transaction.atomic():
            for place, version in read.written.items():
                if place < len(batch):
                    _store(batch[place], version, at)
        refused += sum(status != CONFLICT for status in read.failed.values())
    return refused


def _list_changes(client: Client) -> list[Sent]:
    library, found = client.library, list[Sent]()
    topics, listed = read_topics(library), read_listed(library)
    rows = library.items.filter(paper__isnull=False, is_gone=False).select_related("paper")
    for row in rows.iterator(chunk_size=500):
        if row.paper is None:
            continue
        item, ours = Item.from_json(row.remote), read_ours(row.paper)
        names = reconcile(row.base, ours, item.facts).send
        if not item.venue_field:  # a kind of item that has none
            names = tuple(name for name in names if name != "venue")
        here = {key for key, topic in topics.items() if topic in listed.get(row.paper.pk, set())}
        places = _place(row, item, here, set(topics))
        if names or places is not None:
            found.append((row, item, ours, names, places))
    return found


def _place(row: ZoteroItem, item: Item, here: set[str], known: set[str]) -> list[str] | None:
    """The collections that the item is to be in; None when they are right.

    Collections without a topic stay. What was taken out there is not put back by itself.
    """
    base, theirs = set(row.base_collections) & known, set(item.collections)
    wanted = (theirs | (here - base)) - (base - here)
    return sorted(wanted) if wanted != theirs else None


def _write(
    row: ZoteroItem, item: Item, ours: dict[str, Any], names: tuple[str, ...],
    places: list[str] | None,
) -> dict[str, Any]:  # fmt: skip
    body = {"key": row.key, "version": row.version, **make_patch(item, ours, names)}
    return body if places is None else {**body, "collections": places}


def _store(sent: Sent, version: int, at: datetime) -> None:
    row, item, ours, names, places = sent
    new: dict[str, Any] = {name: ours[name] for name in names if name != "authors"}
    if "authors" in names:
        new["creators"] = tuple(make_creators(item, ours["authors"]))
    if places is not None:
        new["collections"] = tuple(places)
        row.base_collections = places
    for name in names:
        note_change(row, name, item.facts[name], ours[name], at, is_from_zotero=False)
    row.remote = replace(item, version=version, **new).as_json()
    row.base |= {name: ours[name] for name in names}
    row.version = version
    row.save(update_fields=["remote", "base", "base_collections", "version"])
