"""A worker that is killed in an import: the next one goes on with it within 15 s."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from papers.importing.intake.actions import jobs
from papers.models import Identifier, ImportJob, Member, Paper
from tests import make
from tests.production import ROOT, get_database_url
from tests.waiting import wait_for

RESUMED = 15.0
"""Seconds; to them is added what the first worker took to start, which the machine decides."""

PAPERS = 6000
PATIENCE = 120.0


def start_worker(var: Path) -> subprocess.Popen[bytes]:
    known = {
        "DATABASE_URL": get_database_url(),
        "SECRET_KEY": settings.SECRET_KEY,
        "MAIL_URL": f"file:{var}",
        "VAR_DIR": str(var),
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "procrastinate", "worker"],
        cwd=ROOT, env=os.environ | known, start_new_session=True,
    )  # fmt: skip


def measure(condition: Callable[[], bool]) -> float:
    """Seconds until it is true."""
    start = time.monotonic()
    wait_for(condition, seconds=PATIENCE)
    return time.monotonic() - start


def get_status() -> str:
    """Of the import's job in the queue."""
    rows = ProcrastinateJob.objects.filter(task_name=jobs.TASK)
    return str(rows.values_list("status", flat=True).get())


def end(worker: subprocess.Popen[bytes]) -> None:
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_import_whose_worker_is_killed_goes_on_within_15_s(ada: Member, tmp_path: Path):
    lines = [f"- [Paper number {n} about nets](https://x.example/{n})." for n in range(PAPERS)]
    text = "# Papers\n\n## Nets\n\n" + "\n".join(lines)
    job = jobs.receive_document(data=text.encode(), name="list.md", by=ada, at=make.NOW)
    assert job.work == ImportJob.Work.READ, "the worker is to read it"

    first = start_worker(tmp_path)
    try:
        started = measure(lambda: get_status() == "doing")
    finally:
        end(first)
    assert get_status() == "doing", "it was killed in the middle"
    second = start_worker(tmp_path)
    try:
        resumed = measure(lambda: ProcrastinateJob.objects.get(
            task_name=jobs.TASK).attempts > 0)  # fmt: skip
        wait_for(lambda: get_status() == "succeeded", seconds=PATIENCE)
    finally:
        end(second)
    assert resumed < RESUMED + started
    job.refresh_from_db()
    assert not job.work
    assert job.items.count() >= PAPERS


@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
def test_ten_thousand_references_come_in_once_though_the_worker_is_killed_three_times(
    ada: Member, tmp_path: Path
):
    """Killed while it reads, and twice while it writes; the page is what a member sees."""
    page, count = make.browser(ada), 10_000
    data = "\n".join(write_reference(number) for number in range(count)).encode()
    url = page.post("/import/", {"file": SimpleUploadedFile("all.bib", data)})["Location"]
    started = time.monotonic()
    kill_in_the_middle(tmp_path)
    worker = start_worker(tmp_path)
    wait_for(lambda: f"{count} papers" in page.get(url).text, seconds=10 * PATIENCE)
    end(worker)
    ProcrastinateJob.objects.filter(status="succeeded").delete()
    page.post(f"{url}apply/")
    for _time in range(2):
        kill_in_the_middle(tmp_path)
    assert Paper.objects.count() in {0, count}, "all of it or nothing"
    worker = start_worker(tmp_path)
    try:
        wait_for(lambda: "Undo import" in page.get(url).text, seconds=10 * PATIENCE)
    finally:
        end(worker)
    print(f"{time.monotonic() - started:.0f} s with three kills")
    assert Paper.objects.values("title").distinct().count() == Paper.objects.count() == count
    assert Identifier.objects.filter(kind="doi").count() == count


def kill_in_the_middle(tmp_path: Path) -> None:
    """Have a worker begin, and kill it while it works."""
    worker = start_worker(tmp_path)
    try:
        wait_for(lambda: get_status() == "doing", seconds=PATIENCE)
        wait_for(is_busy, seconds=PATIENCE)
    finally:
        end(worker)
    assert get_status() == "doing", "it was killed in the middle"


def is_busy() -> bool:
    """Whether the reader's process or the database works for it: it is past its beginning."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND xact_start < now() - interval '1 second'"
        )
        return bool(cursor.fetchone()[0])


def write_reference(number: int) -> str:
    """As reference managers write them."""
    return (
        f"@article{{invented{number},\n  title = {{{{Invented}} networks, number {number}}},\n"
        f'  author = {{M{{\\"u}}ller, Anna and Kai O{number % 50}da}},\n  journal = {{JMLR}},\n'
        f"  year = {{{2000 + number % 25}}},\n  doi = {{10.5555/invented.{number}}}\n}}\n"
    )
