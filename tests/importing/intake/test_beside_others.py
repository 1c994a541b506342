"""While one import is being taken in, nobody else waits: neither a member nor a thread."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event as Signal

import pytest
from django.db import connection, transaction

from papers.importing.intake.actions import jobs
from papers.importing.intake.applying.actions.locking import lock_imports
from papers.models import ImportJob, Paper
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "# Reading\n\n- [A Study of Wide Basins](https://arxiv.org/abs/2101.{:05})\n"


@contextmanager
def running_import() -> Iterator[None]:
    """Somebody's import is being taken in meanwhile."""
    is_held, may_end = Signal(), Signal()

    def hold() -> None:
        with transaction.atomic():
            lock_imports()
            is_held.set()
            may_end.wait(60)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(hold)
        assert is_held.wait(60)
        try:
            yield
        finally:
            may_end.set()
            held.result()


def test_documents_are_received_and_stored():
    ada = make.member("ada")
    padding = "\n".join(f"Line {number} of a note." for number in range(15_000))
    long = (LIST.format(2) + padding).encode()
    with running_import():
        small = jobs.receive_document(data=LIST.format(1).encode(), name="a.md", by=ada, at=NOW)
        big = jobs.receive_document(data=long, name="b.md", by=ada, at=NOW)
    assert small.items.count() == 1
    assert big.work == ImportJob.Work.READ


def test_a_small_import_is_left_to_the_worker_and_done_there():
    ada = make.member("ada")
    job = jobs.receive_document(data=LIST.format(1).encode(), name="a.md", by=ada, at=NOW)
    with running_import():
        assert jobs.request_apply(job=job, by=ada, at=NOW).work == ImportJob.Work.APPLY
        assert not Paper.objects.exists()
    jobs.run_requested(pk=job.pk, by=ada.pk, at=NOW)
    assert Paper.objects.count() == 1


def test_a_small_import_is_taken_back_by_the_worker():
    ada = make.member("ada")
    job = jobs.receive_document(data=LIST.format(1).encode(), name="a.md", by=ada, at=NOW)
    job = jobs.request_apply(job=job, by=ada, at=NOW)
    assert job.work == ""
    with running_import():
        assert jobs.request_undo(job=job, by=ada, at=NOW).work == ImportJob.Work.UNDO
        assert Paper.objects.count() == 1
    jobs.run_requested(pk=job.pk, by=ada.pk, at=NOW)
    assert not Paper.objects.exists()
