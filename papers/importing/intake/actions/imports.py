"""Writes of imports: showing what a document holds, correcting it, taking it in, taking it back."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from threading import Lock

from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

from papers.events import record
from papers.importing.intake import sandboxed
from papers.importing.intake.actions.intake import Document, Intake, Outcome
from papers.importing.intake.actions.meetings import add_meetings
from papers.importing.intake.actions.storing import get_bytes, store_reading
from papers.importing.intake.actions.undo import Undoing
from papers.importing.intake.queries.earlier import read_like_earlier
from papers.importing.intake.queries.sameness import choice_of
from papers.importing.intake.signing.actions import sign_reviews, write_drafts
from papers.importing.reading.drafts.packing import (
    move_unit,
    pack_paper,
    unit_key,
    unpack_members,
    unpack_paper,
    unpack_topics,
)
from papers.importing.reading.drafts.review_text import SECTIONS, Section
from papers.importing.reading.drafts.understood import PaperDraft, Problem, Reading
from papers.importing.reading.opening.at_sight import refuse_at_sight
from papers.models import (
    Event,
    Identifier,
    ImportItem,
    ImportJob,
    Listing,
    Member,
    Paper,
    Review,
    Topic,
)
from papers.search.index.actions import refresh

MANY = 300
"""Papers from which on the planner's figures are made anew before the index is written."""

LONGEST_NAME = 300
_one_document = Lock()
"""What is understood of a document takes many times its size: a process holds one at a time."""

_one_store = Lock()
"""On its way to the database a document is there five times over: a process stores one at once."""

_IMPORT_LOCK = 7_340_033  # any number that no other lock of the installation uses
_DOCUMENTS_LOCK = 7_340_034  # with a member's key


class NotUnderstood(Exception):
    """The document holds no paper, or is no text; `problems` say why, and nothing was kept."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].message)
        self.problems = problems


class NotInPreview(Exception):
    """What is taken in, or was taken back, cannot be corrected here any more."""


class NotApplied(Exception):
    """Only what stands can be taken back."""


class ImportsBusy(Exception):
    """Another import is being taken in or back for longer than one may wait."""


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


def move_bullet(*, item: ImportItem, number: int, section: Section) -> ImportItem:
    """Put one bullet of a review into another section. Raises NotInPreview, IndexError."""
    if section not in SECTIONS:
        raise IndexError(section)
    with transaction.atomic():
        item = lock_item(item)
        draft = move_unit(unpack_paper(item.data), number, section)
        if draft.review:
            item.moved[unit_key(draft.review.units[number])] = section
        item.data = pack_paper(draft)
        item.save(update_fields=["data", "moved"])
    return item


def exclude_paper(*, item: ImportItem, is_excluded: bool) -> ImportItem:
    """Leave one paper out, or take it up again. Raises NotInPreview."""
    with transaction.atomic():
        item = lock_item(item)
        item.is_excluded = is_excluded
        item.save(update_fields=["is_excluded"])
    return item


def choose_meetings(*, job: ImportJob, is_wanted: bool) -> ImportJob:
    """Say whether the days of a schedule become meetings. Nothing is said of what isn't a preview
    any more.
    """
    with transaction.atomic():
        job = ImportJob.objects.select_for_update(no_key=True).get(pk=job.pk)
        is_open = job.state == ImportJob.State.PREVIEW and not job.work
        if is_open and is_wanted != bool(job.plan.get("with_meetings")):
            job.plan["with_meetings"] = is_wanted
            job.save(update_fields=["plan"])
    return job


def lock_item(item: ImportItem) -> ImportItem:
    """The item of a preview, its import locked. Raises NotInPreview."""
    job = ImportJob.objects.select_for_update(no_key=True).get(pk=item.job_id)
    if job.state != ImportJob.State.PREVIEW or job.work:
        raise NotInPreview
    return ImportItem.objects.get(pk=item.pk)


def apply_import(
    *, job: ImportJob, by: Member, at: datetime, wait: float | None = None
) -> ImportJob:
    """Take in what the preview shows, whole or not at all. Taking in twice is once.

    What is here already stays as it is; the numbers are in `plan["outcome"]`. `wait`, in seconds,
    is how long it may wait for other imports. Raises NotInPreview for an import that was taken
    back, ImportsBusy.
    """
    try:
        with transaction.atomic():
            return _apply(job, by, at, wait)
    except IntegrityError:
        # Somebody added one of the papers in the same moment: look again, and find it.
        with transaction.atomic():
            return _apply(job, by, at, wait)


def _apply(job: ImportJob, by: Member, at: datetime, wait: float | None) -> ImportJob:
    lock_imports(wait)
    job = ImportJob.objects.select_for_update(no_key=True).get(pk=job.pk)
    if job.state == ImportJob.State.APPLIED:
        return job
    if job.state != ImportJob.State.PREVIEW or job.work == ImportJob.Work.READ:
        raise NotInPreview
    items = job.items.filter(kind=ImportItem.Kind.PAPER, is_excluded=False)
    rows = list(items.only("key", "data", "sameness", "compared"))
    drafts = [unpack_paper(row.data) for row in rows]
    choices = {row.key: choice for row in rows if (choice := choice_of(row))}
    signed = sign_reviews(drafts, job.plan)
    intake = Intake(_document(job, signed), by=by, at=at, choices=choices)
    outcome = intake.run()
    if job.plan.get("as_drafts"):
        begun = write_drafts(drafts, intake.papers, by=by, at=at)
        outcome.made_rows("reviewdraft", [one.pk for one in begun])
        job.plan["drafted"] = len(begun)
    if job.plan.get("with_meetings"):
        outcome.meetings, made = add_meetings(
            job.plan, drafts, intake.papers, intake.members, by=by, at=at
        )
        outcome.made.extend(made)
    _point_at_papers({row.pk: row.key for row in rows}, intake)
    _finish(job, outcome, at)
    record(Event.Kind.IMPORT_APPLIED, job, by=by, at=at, data=outcome.numbers())
    if len(outcome.touched) > MANY:
        _count_anew()
    refresh(outcome.touched)
    return job


def _count_anew() -> None:
    """Tell the planner what came in: it still thinks of the tables as they were before.

    Without that the index reads whole tables for every paper: 23 s for 10,000 instead of 1 s.
    """
    tables = (Paper, Listing, Topic, Identifier, Review)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE " + ", ".join(one._meta.db_table for one in tables))


def _point_at_papers(keys: Mapping[int, str], intake: Intake) -> None:
    """Each item names its paper, whether it was there, and what that one says otherwise; one
    statement, where bulk_update writes a CASE of every row.
    """
    papers = [intake.papers[key].pk for key in keys.values()]
    joined = [key in intake.left for key in keys.values()]
    left = [json.dumps(intake.left.get(key, {})) for key in keys.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE papers_importitem i SET paper_id = v.paper, is_joined = v.joined, "
            '"left" = v.others FROM unnest(%s::bigint[], %s::bigint[], %s::boolean[], %s::jsonb[]) '
            "AS v(item, paper, joined, others) WHERE i.id = v.item",
            [list(keys), papers, joined, left],
        )


def _document(job: ImportJob, drafts: Sequence[PaperDraft]) -> Document:
    return Document(drafts, unpack_topics(job.plan), unpack_members(job.plan))


def _finish(job: ImportJob, outcome: Outcome, at: datetime) -> None:
    problems = [[problem.line, problem.message] for problem in outcome.problems]
    job.plan |= {"outcome": outcome.numbers(), "uses": outcome.uses, "clashes": problems}
    job.made = outcome.made
    job.state, job.applied_at, job.work = ImportJob.State.APPLIED, at, ""
    job.save(update_fields=["plan", "made", "state", "applied_at", "work"])


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


def _lock_documents_of(member: Member) -> None:
    """One document of a member at a time: the same one sent twice is one import."""
    with connection.cursor() as cursor:
        key = member.pk % (1 << 31)
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_DOCUMENTS_LOCK, key])
