"""Locks of imports: one is applied at a time, and only a preview can be changed."""

from __future__ import annotations

from django.db import connection

from papers.models import ImportItem, ImportJob

_IMPORT_LOCK = 7_340_033  # any number that no other lock of the installation uses


class NotInPreview(Exception):
    """What is taken in, or was taken back, cannot be corrected here any more."""


def lock_item(item: ImportItem) -> ImportItem:
    """The item of a preview, its import locked. Raises NotInPreview."""
    job = ImportJob.objects.select_for_update(no_key=True).get(pk=item.job_id)
    if job.state != ImportJob.State.PREVIEW or job.work:
        raise NotInPreview
    return ImportItem.objects.get(pk=item.pk)


def lock_imports() -> None:
    """One import at a time: two that name the same paper must not both make it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IMPORT_LOCK])
