"""Undoing an import whole, and opening one that was undone as a preview again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from papers.events import record
from papers.importing.intake.applying.actions.locking import NotInPreview, lock_imports
from papers.importing.intake.undoing.actions.removal import Undoing
from papers.models import Event, ImportJob, Member, Paper
from papers.search.index.actions import refresh


class NotApplied(Exception):
    """Only what stands can be taken back."""


def undo_import(
    *, job: ImportJob, by: Member, at: datetime, wait: float | None = None
) -> ImportJob:
    """Take an import back whole; what others have worked on since stays, named in `plan["kept"]`.

    Twice is once. `wait` as for `apply_import`. Raises NotApplied, ImportsBusy.
    """
    with transaction.atomic():
        lock_imports(wait)
        job = ImportJob.objects.select_for_update(no_key=True).get(pk=job.pk)
        if job.state == ImportJob.State.UNDONE:
            return job
        if job.state != ImportJob.State.APPLIED:
            raise NotApplied
        undoing = Undoing(job)
        undoing.run()
        job.plan |= {"kept": undoing.kept, "uses": {}}
        job.made, job.state, job.undone_at, job.work = [], ImportJob.State.UNDONE, at, ""
        job.save(update_fields=["plan", "made", "state", "undone_at", "work"])
        record(Event.Kind.IMPORT_UNDONE, job, by=by, at=at)
        left = Paper.objects.filter(pk__in=undoing.touched)
        refresh(list(left.values_list("pk", flat=True)))
    return job


def reopen_import(*, job: ImportJob) -> ImportJob:
    """Show an import that was undone as a preview again, with its choices. Raises NotInPreview."""
    with transaction.atomic():
        job = ImportJob.objects.select_for_update(no_key=True).get(pk=job.pk)
        if job.state == ImportJob.State.PREVIEW:
            return job
        if job.state != ImportJob.State.UNDONE or job.work:
            raise NotInPreview
        job.state, job.applied_at, job.undone_at = ImportJob.State.PREVIEW, None, None
        job.plan.pop("kept", None)
        job.save(update_fields=["plan", "state", "applied_at", "undone_at"])
    return job
