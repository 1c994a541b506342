"""Locks of imports: one is applied at a time, and only a preview can be changed."""

from __future__ import annotations

from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

from papers.models import ImportItem, ImportJob

_IMPORT_LOCK = 7_340_033  # any number that no other lock of the installation uses


class NotInPreview(Exception):
    """What is taken in, or was taken back, cannot be corrected here any more."""


class ImportsBusy(Exception):
    """Another import is being taken in or back for longer than one may wait."""


def lock_item(item: ImportItem) -> ImportItem:
    """The item of a preview, its import locked. Raises NotInPreview."""
    job = ImportJob.objects.select_for_update(no_key=True).get(pk=item.job_id)
    if job.state != ImportJob.State.PREVIEW or job.work:
        raise NotInPreview
    return ImportItem.objects.get(pk=item.pk)


def lock_imports(wait: float | None = None) -> None:
    """One import at a time: two that name the same paper must not both make it.

    Raises ImportsBusy after `wait` seconds; the transaction is lost then.
    """
    with connection.cursor() as cursor:
        if wait is not None:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{wait * 1000:.0f}"])
        try:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IMPORT_LOCK])
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable):
                raise ImportsBusy from error
            raise
        if wait is not None:
            cursor.execute("SELECT set_config('lock_timeout', '0', true)")
