"""Documents of a preview: understood at once, or stored to be understood by the worker."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from threading import Lock

from django.db import connection, transaction

from papers.importing.intake import sandboxed
from papers.importing.intake.previewing.actions.storing import get_bytes, store_reading
from papers.importing.intake.previewing.queries.earlier import read_like_earlier
from papers.importing.reading.drafts.understood import Problem, Reading
from papers.importing.reading.opening.at_sight import refuse_at_sight
from papers.models import ImportJob, Member

LONGEST_NAME = 300


_one_document = Lock()
"""What is understood of a document takes many times its size: a process holds one at a time."""

_one_store = Lock()
"""On its way to the database a document is there five times over: a process stores one at once."""

_DOCUMENTS_LOCK = 7_340_034  # with a member's key; any number that no other lock uses


class NotUnderstood(Exception):
    """The document holds no paper, or is no text; `problems` say why, and nothing was kept."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].message)
        self.problems = problems


def preview_import(
    *, data: bytes, name: str, by: Member, at: datetime, wait: float = 60.0, seconds: float = 240.0
) -> ImportJob:
    """Understand a document and keep what was understood, to be looked at; nothing is taken in.

    The same document brought twice by the same member is one import: the answer is then the one
    that stands, taken in or not. `wait` and `seconds` by the clock, for a free reader and for all
    of the reading. Raises NotUnderstood, ReadersBusy.
    """
    if job := _find_same(data, by):
        return job
    if not _one_document.acquire(timeout=wait):
        raise sandboxed.ReadersBusy
    try:
        # Outside the lock: reading a long list takes seconds, in which others import theirs.
        job = _make_job(data, "", name, by, at)
        reading, choices = read_like_earlier(data, name, by, wait=wait, seconds=seconds)
        if not reading.understood.papers:
            raise NotUnderstood(reading.understood.problems)
        with transaction.atomic():
            _lock_documents_of(by)
            if same := _find_same(data, by):
                return same
            job.save()
            store_reading(job, data, reading, choices, is_carried=bool(choices))
    finally:
        _one_document.release()
    return job


def store_unread(*, data: bytes, name: str, by: Member, at: datetime) -> ImportJob:
    """Keep a document that `read_stored` will read later, byte for byte.

    Raises NotUnderstood for what is no text at first sight.
    """
    if problem := refuse_at_sight(data):
        raise NotUnderstood([problem])
    with _one_store, transaction.atomic():
        job = _make_job(data, b64encode(data).decode(), name, by, at)
        job.plan = {"is_unread": True, "size": len(data)}
        job.work, job.asked_at = ImportJob.Work.READ, at
        _lock_documents_of(by)
        if same := _find_same(data, by):
            return same
        job.save()
    return job


def read_stored(*, job: ImportJob) -> ImportJob:
    """Understand a document that was kept, or read again one whose choices were changed.

    A new one without a paper is refused with its reasons. Raises ReadersBusy.
    """
    data, choices, is_new = get_bytes(job), job.choices, bool(job.plan.get("is_unread"))
    if is_new and job.by is not None:
        reading, choices = read_like_earlier(data, job.name, job.by)
    else:
        reading = sandboxed.read(data, job.name, choices)
    with transaction.atomic():
        job = ImportJob.objects.select_for_update(no_key=True).get(pk=job.pk)
        if job.work != ImportJob.Work.READ:
            return job
        job.work = ""
        if is_new and not reading.understood.papers:
            _refuse(job, reading)
        elif reading.text:
            store_reading(job, data, reading, choices, is_carried=is_new and bool(choices))
        else:
            keep_as_before(job)
        job.save(update_fields=["state", "work", "plan", "source", "choices"])
    return job


def _refuse(job: ImportJob, reading: Reading) -> None:
    job.state, job.source = ImportJob.State.REFUSED, reading.text
    reasons = [problem.message for problem in reading.understood.problems]
    job.plan = {"size": job.plan.get("size", 0), "reasons": reasons}


def keep_as_before(job: ImportJob) -> None:
    """What was understood stays, with the choices that it was read with; the page says so."""
    job.choices = job.plan.pop("choices_before", job.choices)
    job.plan |= {"failed": True}


def _find_same(data: bytes, by: Member) -> ImportJob | None:
    same = ImportJob.objects.filter(digest=sha256(data).hexdigest(), by=by)
    gone = (ImportJob.State.UNDONE, ImportJob.State.REFUSED)
    return same.exclude(state__in=gone).order_by("-applied_at").first()


def _make_job(data: bytes, text: str, name: str, by: Member, at: datetime) -> ImportJob:
    return ImportJob(
        name=name[:LONGEST_NAME],
        digest=sha256(data).hexdigest(),
        source=text,
        by=by,
        created_at=at,
    )


def _lock_documents_of(member: Member) -> None:
    """One document of a member at a time: the same one sent twice is one import."""
    with connection.cursor() as cursor:
        key = member.pk % (1 << 31)
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_DOCUMENTS_LOCK, key])
