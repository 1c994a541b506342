"""Connecting a library, changing what it does, and disconnecting it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from papers.events import record
from papers.models import Event, Member, Topic, ZoteroLibrary
from papers.zotero.actions.syncing import queue_sync


class LibraryKnown(Exception):
    """The group is connected already."""

    def __init__(self) -> None:
        super().__init__(_("This group is already connected."))


def connect_library(
    *,
    group: int,
    name: str,
    key: str,
    topic: Topic | None,
    sends_changes: bool,
    sends_reviews: bool,
    by: Member,
    at: datetime,
) -> ZoteroLibrary:
    """Keep this group in step from now on; a job asks Zotero first. Raises LibraryKnown."""
    with transaction.atomic():
        library, is_new = ZoteroLibrary.objects.get_or_create(
            group=group,
            defaults={
                "name": name, "key": key, "topic": topic, "sends_changes": sends_changes,
                "sends_reviews": sends_reviews, "connected_by": by, "connected_at": at,
                "next_at": at,
            },
        )  # fmt: skip
        if not is_new:
            raise LibraryKnown
        _tell(library, "added", by, at)
        queue_sync(pk=library.pk)
    return library


def change_library(
    *,
    library: ZoteroLibrary,
    name: str,
    key: str,
    sends_changes: bool,
    sends_reviews: bool,
    by: Member,
    at: datetime,
) -> None:
    """Other switches, and another key unless it is empty."""
    with transaction.atomic():
        values = {"name": name, "sends_changes": sends_changes, "sends_reviews": sends_reviews}
        if key:
            values |= {"key": key, "problem": ""}
        ZoteroLibrary.objects.filter(pk=library.pk).update(**values, next_at=at)
        _tell(library, "changed", by, at)
        queue_sync(pk=library.pk)


def disconnect_library(*, library: ZoteroLibrary, by: Member, at: datetime) -> None:
    """Forget the library and its key. Papers, topics and what is in Zotero stay. Twice is once."""
    with transaction.atomic():
        if ZoteroLibrary.objects.filter(pk=library.pk).delete()[0]:
            _tell(library, "removed", by, at)


def request_sync(*, library: ZoteroLibrary, at: datetime) -> None:
    """Look now, and not only when its time has come."""
    ZoteroLibrary.objects.filter(pk=library.pk).update(next_at=at)
    queue_sync(pk=library.pk)


def _tell(library: ZoteroLibrary, to: str, by: Member, at: datetime) -> None:
    data = {"zotero": str(library), "to": to}
    record(Event.Kind.LAB_CHANGED, by=by, at=at, data=data)
