"""A process that is killed in the middle of an archive leaves nothing half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from papers.demo.actions import make_demo
from papers.exporting.archives.actions.making import write_archive
from papers.exporting.archives.actions.restoring import restore_archive
from papers.exporting.archives.queries import list_archived_models
from papers.models import Member, Paper
from tests import make
from tests.exporting.test_archive import empty, read_all
from tests.make import NOW
from tests.waiting import wait_for

NAME = "archive command"
"""Tells the connections of what is started here from those that earlier tests left open."""

TRIES = 5
"""Where others have the processor, a restore may be done before it is killed."""

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def environment() -> dict[str, str]:
    """The test's own database for another process."""
    connection.ensure_connection()
    server = connection.connection.info
    return {
        **os.environ,
        "DATABASE_URL": f"postgres://{server.user}:{quote(server.password)}@/{server.dbname}"
        f"?host={quote(server.host, safe='')}&port={server.port}",
        "SECRET_KEY": settings.SECRET_KEY,
        "PYTHONUNBUFFERED": "1",
        "MAIL_URL": "smtp://127.0.0.1:9",
        "PGAPPNAME": NAME,
    }


def start(environment: dict[str, str], *command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", *command], env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    said, _ = process.communicate()
    assert process.returncode == -signal.SIGKILL, said[-500:]


def count_all() -> dict[str, int]:
    return {one._meta.label: one._default_manager.count() for one in list_archived_models()}


def list_connections() -> list[tuple[str, ...]]:
    """What the commands' own connections to this database do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, wait_event, query FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = %s",
            [NAME],
        )
        return [tuple(str(value) for value in row) for row in cursor]


def is_killed_in_time(environment: dict[str, str], path: Path, words: str) -> bool:
    """Whether a restore was killed once it said this, and before it was done; what was done is
    taken away again."""
    process = start(environment, "restore_archive", str(path))
    assert process.stdout
    said: list[str] = []
    for line in process.stdout:
        said.append(line)
        if words in line:
            break
    assert words in said[-1], said[-5:]
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    wait_for(lambda: not list_connections(), lambda: str(list_connections()))
    if process.returncode == -signal.SIGKILL and "Restored" not in rest:
        return True
    empty()
    return False


def test_a_killed_restore_leaves_an_empty_installation(
    environment: dict[str, str], tmp_path: Path
) -> None:
    make_demo(password=make.PASSWORD, at=NOW)
    path, again = tmp_path / "lab.zip", tmp_path / "again.zip"
    write_archive(path, at=NOW)
    empty()
    before = count_all()
    for words in ("is whole", "are in place"):
        assert any(is_killed_in_time(environment, path, words) for _ in range(TRIES)), words
        assert count_all() == before, words
        assert (Member.objects.count(), Paper.objects.count()) == (0, 0)
    restore_archive(path)
    write_archive(again, at=NOW)
    assert read_all(again) == read_all(path)


def test_a_killed_export_leaves_no_archive(environment: dict[str, str], tmp_path: Path) -> None:
    make_demo(password=make.PASSWORD, at=NOW)
    path = tmp_path / "lab.zip"
    process = start(environment, "export_archive", str(path))
    wait_for(lambda: (tmp_path / "lab.zip.part").exists() or process.poll() is not None)
    kill(process)
    assert not path.exists()
    write_archive(path, at=NOW)
    assert [one.name for one in tmp_path.iterdir()] == ["lab.zip"]
