"""Big documents are for the worker: asking it for the work, and doing it there.

A request that reads or takes in ten thousand papers would hold a web process for ten seconds.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from papers.importing.intake.applying.actions.apply_imports import apply_import
from papers.importing.intake.applying.actions.locking import ImportsBusy, NotInPreview
from papers.importing.intake.previewing.actions.choices import add_choice, choose_role
from papers.importing.intake.previewing.actions.corrections import choose_meetings
from papers.importing.intake.previewing.actions.documents import (
    keep_as_before,
    preview_import,
    read_stored,
    store_unread,
)
from papers.importing.intake.sandboxed import ReadersBusy, is_held_off
from papers.importing.intake.undoing.actions.undo_imports import NotApplied, undo_import
from papers.models import ImportItem, ImportJob, Member
from papers.sandbox.requester import working_for

TASK = "papers.carry_out_import"
"""The job's name; papers.tasks binds it."""

BIG_TEXT = 250_000
"""Bytes from which on a document is read by the worker; a smaller one takes half a second."""

WAIT_IN_WEB = 0.3
"""Seconds that a request waits for a free reader, or for another import to end, before it leaves
the work to the worker."""

SECONDS_IN_WEB = 10.0
"""Seconds by the clock that a request spends on reading a document at most."""

MOST_BEHIND = 100
"""Places by which a member's imports fall behind those of others at most."""

PATIENCE = 20.0
"""Seconds that tangled texts of one import may take in the worker; more of them stay as typed."""

BIG_IMPORT = 500
"""Papers from which on an import is taken in and taken back by the worker."""


def receive_document(*, data: bytes, name: str, by: Member, at: datetime) -> ImportJob:
    """Understand a document, or have it understood where that takes long or others are at it, or
    where this member's last one was hard.

    Raises NotUnderstood.
    """
    if len(data) < BIG_TEXT and not is_held_off():
        with suppress(ReadersBusy):
            return preview_import(
                data=data, name=name, by=by, at=at, wait=WAIT_IN_WEB, seconds=SECONDS_IN_WEB
            )
    with transaction.atomic():
        job = store_unread(data=data, name=name, by=by, at=at)
        if job.work == ImportJob.Work.READ:
            _queue(job, by)
    return job


def request_choice(*, job: ImportJob, name: str, role: str, by: Member, at: datetime) -> ImportJob:
    """Give a pattern or a line another role, and read the document again, here or by the worker.

    An empty role takes a choice back, an empty name all of them. Raises UnknownChoice,
    NotInPreview, NotReadAgain.
    """
    if len(job.source) < BIG_TEXT:
        with suppress(ReadersBusy):
            return choose_role(
                job=job, name=name, role=role, wait=WAIT_IN_WEB, seconds=SECONDS_IN_WEB
            )
    with transaction.atomic():
        job = _lock(job)
        if job.state != ImportJob.State.PREVIEW or job.work:
            raise NotInPreview
        choices = add_choice(job, name, role)
        if choices != job.choices:
            job.plan |= {"choices_before": job.choices, "size": len(job.source)}
            job.choices = choices
            job.save(update_fields=["choices"])
            _ask(job, ImportJob.Work.READ, by, at)
    return job


def request_apply(
    *, job: ImportJob, by: Member, at: datetime, with_meetings: bool = False
) -> ImportJob:
    """Take in what the preview shows, or have it taken in, with the meetings of a schedule where
    they are wanted. Raises NotInPreview.
    """
    job = choose_meetings(job=job, is_wanted=with_meetings)
    if not _is_big(job):
        with suppress(ImportsBusy):
            return apply_import(job=job, by=by, at=at, wait=WAIT_IN_WEB)
    with transaction.atomic():
        job = _lock(job)
        if job.state == ImportJob.State.PREVIEW and not job.work:
            _ask(job, ImportJob.Work.APPLY, by, at)
        elif job.work == ImportJob.Work.APPLY:
            _queue(job, by)  # in case that the queue was lost; it holds the same work only once
        elif job.state != ImportJob.State.APPLIED:
            raise NotInPreview
    return job


def request_undo(*, job: ImportJob, by: Member, at: datetime) -> ImportJob:
    """Take an import back, or have it taken back. Raises NotApplied."""
    if not _is_big(job):
        with suppress(ImportsBusy):
            return undo_import(job=job, by=by, at=at, wait=WAIT_IN_WEB)
    with transaction.atomic():
        job = _lock(job)
        if job.state == ImportJob.State.APPLIED and not job.work:
            _ask(job, ImportJob.Work.UNDO, by, at)
        elif job.work == ImportJob.Work.UNDO:
            _queue(job, by)
        elif job.state != ImportJob.State.UNDONE:
            raise NotApplied
    return job


def run_requested(*, pk: int, by: int, at: datetime) -> None:
    """Do what was asked of this import, once. If it fails nothing changes, and its page says so."""
    job = ImportJob.objects.filter(pk=pk).first()
    member = Member.objects.filter(pk=by).first()
    if job is None or member is None or not job.work:
        return
    try:
        with working_for(lambda: by, PATIENCE):
            _run(job, member, at)
    except Exception:
        _give_up(pk)
        raise


def _run(job: ImportJob, by: Member, at: datetime) -> None:
    match job.work:
        case ImportJob.Work.READ:
            read_stored(job=job)
        case ImportJob.Work.APPLY:
            apply_import(job=job, by=by, at=at)
        case _:
            undo_import(job=job, by=by, at=at)


def _is_big(job: ImportJob) -> bool:
    return job.items.filter(kind=ImportItem.Kind.PAPER)[BIG_IMPORT:].exists()


def _lock(job: ImportJob) -> ImportJob:
    return ImportJob.objects.select_for_update(no_key=True).get(pk=job.pk)


def _ask(job: ImportJob, work: ImportJob.Work, by: Member, at: datetime) -> None:
    job.work, job.asked_at = work, at
    job.plan.pop("failed", None)
    job.save(update_fields=["work", "asked_at", "plan"])
    _queue(job, by)


def _queue(job: ImportJob, by: Member) -> None:
    """Queue the work; the more of a member's imports wait, the later comes the next one's turn."""
    waiting = ImportJob.objects.filter(by=by).exclude(work="").exclude(pk=job.pk).count()
    task = app.configure_task(
        TASK, queueing_lock=f"import-{job.pk}", priority=-min(waiting, MOST_BEHIND)
    )
    try:
        with transaction.atomic():
            task.defer(pk=job.pk, by=by.pk)
    except AlreadyEnqueued:
        return


def _give_up(pk: int) -> None:
    with transaction.atomic():
        job = ImportJob.objects.select_for_update(no_key=True).get(pk=pk)
        if job.work == ImportJob.Work.READ and job.plan.get("is_unread"):
            job.state = ImportJob.State.REFUSED
            job.plan |= {"reasons": [_("Couldn't read the file. Please try again.")]}
        job.work = ""
        keep_as_before(job)
        job.save(update_fields=["state", "work", "plan", "choices"])
