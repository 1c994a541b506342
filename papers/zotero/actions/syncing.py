"""One run of a library: read what changed there, settle each fact, send what changed here.

A run may end anywhere: what it read stands in the rows with its version, and the library's own
version moves on only when everything up to it was read.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import batched

from django.db import transaction
from django.utils.translation import gettext_noop
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from papers.models import ZoteroItem, ZoteroLibrary
from papers.zotero.actions.collections import forget_collections, put_collections
from papers.zotero.actions.linking import link_new_items
from papers.zotero.actions.notes import send_notes
from papers.zotero.actions.sending import send_changes
from papers.zotero.actions.settling import settle_items
from papers.zotero.service.zotero_client import (
    BATCH,
    MOST_REQUESTS,
    NOT_FOUND,
    Client,
    Interrupted,
    Refused,
)

SYNCING = "papers.sync_zotero"
"""The job's name; papers.tasks binds it."""

EVERY, AFTER_REFUSAL = timedelta(minutes=10), timedelta(hours=1)
SOON = 60.0
"""Seconds; a run that ends with a shorter pause goes on by itself."""

REFUSED = gettext_noop("Zotero refused the key, or it can't read this group.")
UNKNOWN = gettext_noop("Zotero has no group with this number.")
REFUSED_SOME = gettext_noop("Zotero refused some of the changes that were sent.")
READ_ONLY = gettext_noop("The key can't change this group: nothing is sent to Zotero.")


def queue_sync(*, pk: int, seconds: int = 0) -> None:
    """A job for this library; one that waits already is enough."""
    task = app.configure_task(
        SYNCING,
        queueing_lock=f"zotero-{pk}",
        lock=f"zotero-{pk}",
        schedule_in={"seconds": seconds} if seconds else None,
    )
    try:
        with transaction.atomic():
            task.defer(pk=pk)
    except AlreadyEnqueued:
        return


def queue_due_syncs(*, at: datetime) -> None:
    """Jobs for the libraries whose time has come."""
    for pk in ZoteroLibrary.objects.filter(next_at__lte=at).values_list("pk", flat=True):
        queue_sync(pk=pk)


def sync_library(*, pk: int, at: datetime) -> None:
    """One run. Nothing is locked while Zotero is asked."""
    library = ZoteroLibrary.objects.select_related("connected_by", "topic").filter(pk=pk).first()
    if library is None:
        return
    client = Client(library, left=MOST_REQUESTS)
    try:
        problem = _run(client, at)
    except Interrupted as stop:
        _note(library, at + timedelta(seconds=max(stop.seconds, 1)), problem=stop.problem)
        if stop.seconds <= SOON:
            queue_sync(pk=pk, seconds=int(stop.seconds) + 1)
    except Refused as refusal:
        _note(library, at + AFTER_REFUSAL, UNKNOWN if refusal.status == NOT_FOUND else REFUSED)
    else:
        _note(library, at + EVERY, problem, synced_at=at)


def _run(client: Client, at: datetime) -> str:
    """What curators should know although everything was done."""
    library = client.library
    can_read, can_write = client.read_rights()
    if not can_read:
        raise Refused(NOT_FOUND - 1)
    version = _pull(client, at)
    ZoteroLibrary.objects.filter(pk=library.pk).update(version=version)
    library.version = version
    link_new_items(library=library, at=at)
    settle_items(library=library, at=at)
    if not (library.sends_changes or library.sends_reviews):
        return ""
    if not can_write:
        return READ_ONLY
    refused = send_changes(client=client, at=at) if library.sends_changes else 0
    send_notes(client=client, at=at)
    return REFUSED_SOME if refused else ""


def _pull(client: Client, at: datetime) -> int:
    """Read what changed since the last whole run; the version up to which that is everything."""
    library = client.library
    versions, version = client.list_versions(library.version)
    found, binned = client.list_collections(library.version)
    put_collections(library=library, found=found, at=at)
    forget_collections(library=library, keys=binned)
    if library.version:
        gone = client.list_gone(library.version)
        library.items.filter(key__in=gone.gone_items).update(is_gone=True)
        forget_collections(library=library, keys=gone.gone_collections)
    known = dict(library.items.filter(key__in=versions).values_list("key", "version"))
    wanted = [key for key, number in versions.items() if known.get(key) != number]
    for keys in batched(wanted, BATCH):
        with transaction.atomic():
            for item in client.list_items(keys):
                ZoteroItem.objects.update_or_create(
                    library=library,
                    key=item.key,
                    defaults={
                        "version": versions.get(item.key, item.version),
                        "remote": item.as_json(),
                        "is_gone": item.is_trashed,
                    },
                )
    return max(version, library.version)


def _note(
    library: ZoteroLibrary, next_at: datetime, problem: str, synced_at: datetime | None = None
) -> None:
    values = {"next_at": next_at, "problem": problem[:300]}
    if synced_at:
        values["synced_at"] = synced_at
    ZoteroLibrary.objects.filter(pk=library.pk).update(**values)
