"""Choices of a member: another role for a pattern or for one line, and the document read again."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from papers.importing.intake import sandboxed
from papers.importing.intake.applying.actions.locking import NotInPreview
from papers.importing.intake.previewing.actions.storing import get_bytes, store_reading
from papers.importing.intake.previewing.queries.earlier import list_roles
from papers.importing.intake.sandboxed import ReadersBusy
from papers.importing.reading.drafts.understood import Problem
from papers.models import ImportJob

TRIES = 3
"""Readings before a choice is left to the worker because others are made at the same time."""


class UnknownChoice(Exception):
    """The document has no such pattern or line, or it cannot have that role."""


class NotReadAgain(Exception):
    """With this choice the document cannot be read within its limits; it stays as it was."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].message)


def add_choice(job: ImportJob, name: str, role: str) -> dict[str, str]:
    """The choices of an import with one more; an empty role takes it back, an empty name all.

    Raises UnknownChoice.
    """
    if not name:
        return {}
    if role not in (*list_roles(job, name), "") or (not role and name not in job.choices):
        raise UnknownChoice(name)
    others = {key: value for key, value in job.choices.items() if key != name}
    return {**others, name: role} if role else others


def choose_role(*, job: ImportJob, name: str, role: str, wait: float, seconds: float) -> ImportJob:
    """Read a document again with one more choice. What somebody chose meanwhile is kept.

    Raises UnknownChoice, NotInPreview, NotReadAgain, and ReadersBusy when others are at it.
    """
    for _ in range(TRIES):
        job = ImportJob.objects.get(pk=job.pk)
        _check_open(job)
        choices = add_choice(job, name, role)
        if choices == job.choices:
            return job
        # Outside the lock: reading takes up to a second.
        data = get_bytes(job)
        reading = sandboxed.read(data, job.name, choices, wait=wait, seconds=seconds)
        if not reading.text:
            raise NotReadAgain(reading.understood.problems)
        with transaction.atomic():
            locked = ImportJob.objects.select_for_update(no_key=True).get(pk=job.pk)
            _check_open(locked)
            if locked.choices == job.choices:
                is_carried = bool(job.plan.get("is_carried")) and bool(choices)
                store_reading(locked, data, reading, choices, is_carried=is_carried)
                return locked
    raise ReadersBusy


def _check_open(job: ImportJob) -> None:
    if job.state != ImportJob.State.PREVIEW or job.work:
        raise NotInPreview
