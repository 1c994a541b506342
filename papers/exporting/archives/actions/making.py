"""Making an archive of the lab: by a command, or by a curator in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from procrastinate.contrib.django import app

from papers import access
from papers.exporting.archives.queries import (
    RowReader,
    count_rows,
    list_archived_fields,
    list_archived_models,
    list_own_models,
    read_own_lines,
)
from papers.exporting.formats.archive import ArchiveWriter
from papers.models import ArchiveJob, File, Member
from papers.models.file import FileQuerySet

TASK = "papers.make_archive"
"""The job's name; papers.tasks binds it."""

SAID_EVERY = 2_000
"""Rows between two words about the progress."""

MOST_KEPT = 5
"""Archives that stay on disk; older ones are removed when another is made."""

UNFINISHED = ".part"
PIECE = 65_536


def get_folder() -> Path:
    """Where archives lie; only this installation's user may read it."""
    folder = Path(settings.VAR_DIR) / "archives"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def write_archive(
    path: Path,
    *,
    at: datetime,
    say: Callable[[int], None] = lambda _: None,
    every: int = SAID_EVERY,
) -> int:
    """Write the whole lab as it is at one moment; returns the number of rows.

    The file appears under its name only once it is whole. `say` hears how many rows are written,
    every so many.
    """
    unfinished = path.with_name(path.name + UNFINISHED)
    written = 0
    try:
        with (
            _open_snapshot() as using,
            unfinished.open("wb") as file,
            ArchiveWriter(file, made_at=at.isoformat()) as archive,
        ):
            reader = RowReader(using)
            for model in list_archived_models():
                columns = [str(field.column) for field in list_archived_fields(model)]
                lines = _count(reader.read_lines(model), written, say, every)
                written += archive.add_table(model._meta.db_table, columns, lines)
            _add_contents(archive, access.files_archived())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return written


def read_own_archive(*, member: Member, at: datetime) -> Iterator[bytes]:
    """Everything that is a member's own, in the format of archives, piece by piece."""
    with TemporaryFile() as file:
        _write_own(file, member, at)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _write_own(file: IO[bytes], member: Member, at: datetime) -> None:
    with ArchiveWriter(file, made_at=at.isoformat()) as archive:
        fields = list_archived_fields(Member)
        columns = [str(field.column) for field in fields]
        archive.add_table("papers_member", columns, read_own_lines(Member, "id", member))
        for model, owner in list_own_models():
            columns = [str(field.column) for field in list_archived_fields(model)]
            lines = read_own_lines(model, owner, member)
            archive.add_table(model._meta.db_table, columns, lines)
        _add_contents(archive, File.objects.filter(by=member))


def _add_contents(archive: ArchiveWriter, files: FileQuerySet) -> None:
    """The content of uploaded files; one whose content is lost has its row alone."""
    for file in files.order_by("pk").iterator():
        with suppress(FileNotFoundError), file.content.open("rb") as content:
            archive.add_file(str(file.content.name), content.chunks(PIECE))


def _count(
    lines: Iterator[str], before: int, say: Callable[[int], None], every: int
) -> Iterator[str]:
    for number, line in enumerate(lines, before + 1):
        yield line
        if number % every == 0:
            say(number)


@contextmanager
def _open_snapshot() -> Iterator[BaseDatabaseWrapper]:
    """The database at one moment, on a connection of its own so that progress can be written
    beside it; within somebody's transaction it is that transaction's.
    """
    if connection.in_atomic_block:
        yield connection
        return
    using = connection.copy()
    try:
        with using.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield using
        with using.cursor() as cursor:
            cursor.execute("ROLLBACK")
    finally:
        using.close()


def request_archive(*, by: Member, at: datetime) -> ArchiveJob:
    """Have an archive made in the background; one that is being made already is given instead."""
    with transaction.atomic():
        Member.objects.select_for_update(no_key=True).get(pk=by.pk)
        waiting = ArchiveJob.objects.filter(
            state__in=[ArchiveJob.State.WAITING, ArchiveJob.State.RUNNING]
        )
        if (job := waiting.first()) is not None:
            return job
        job = ArchiveJob.objects.create(by=by, asked_at=at)
        app.configure_task(TASK).defer(pk=job.pk)
    return job


def run_archive(*, pk: int, at: datetime) -> None:
    """Make the file that was asked for; begun again from the start after a worker was killed."""
    job = ArchiveJob.objects.filter(pk=pk).exclude(state=ArchiveJob.State.DONE).first()
    if job is None:
        return
    name = f"lab-{job.asked_at:%Y-%m-%d-%H%M%S}-{job.pk}.zip"
    rows = ArchiveJob.objects.filter(pk=pk)
    rows.update(state=ArchiveJob.State.RUNNING, rows_total=count_rows(), rows_done=0)
    path = get_folder() / name
    for torn in get_folder().glob(f"*{UNFINISHED}"):
        torn.unlink(missing_ok=True)  # of a worker that was killed; one works at a time

    def say(done: int) -> None:
        rows.update(rows_done=done)

    try:
        total = write_archive(path, at=at, say=say)
    except OSError as error:
        rows.update(
            state=ArchiveJob.State.FAILED, finished_at=at, error=error.strerror or str(error)
        )
        return
    rows.update(
        state=ArchiveJob.State.DONE, finished_at=at, name=name, size=path.stat().st_size,
        rows_done=total, rows_total=total,
    )  # fmt: skip
    _remove_old()


def remove_archive(*, job: ArchiveJob) -> None:
    """Remove an archive and its file."""
    if job.name:
        (get_folder() / job.name).unlink(missing_ok=True)
    job.delete()


def _remove_old() -> None:
    done = ArchiveJob.objects.filter(state=ArchiveJob.State.DONE).order_by("-asked_at", "-pk")
    for job in done[MOST_KEPT:]:
        remove_archive(job=job)
