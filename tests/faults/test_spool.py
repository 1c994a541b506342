"""What the disk does not take stays in memory, whole, as long as that is allowed."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from reviewapp.web import spool
from reviewapp.web.answers import make_answer
from reviewapp.web.request_bodies import Body, Message, Refused, Room
from reviewapp.web.spool import IN_MEMORY, Budget, NoRoom, Spool
from tests.faults.disk import fill, small_disk

LONG = IN_MEMORY * 4


def run_apart(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run it in a thread of its own: the browser's event loop may be running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


@pytest.fixture
def _full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Temporary files are on a disk without room."""

    def open_full(**options: Any) -> Any:
        return Path("/dev/full").open("w+b", **options)

    monkeypatch.setattr(spool, "TemporaryFile", open_full)


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Temporary files are on a disk of 1 MB."""
    with small_disk(tmp_path, "1m") as folder:
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        yield folder


def store(data: bytes, step: int = 10_000) -> Spool:
    stored = Spool()
    for start in range(0, len(data), step):
        stored.write(data[start : start + step])
    stored.rewind()
    return stored


def test_a_few_bytes_stay_in_memory_and_more_go_to_the_disk():
    for size in (IN_MEMORY, IN_MEMORY + 1):
        data = os.urandom(size)
        with closing(store(data)) as stored:
            assert stored.file.read() == data
            assert hasattr(stored.file, "getvalue") == (size == IN_MEMORY)


@pytest.mark.usefixtures("_full")
def test_on_a_full_disk_they_stay_in_memory(caplog: pytest.LogCaptureFixture):
    data = os.urandom(LONG)
    with closing(store(data)) as stored:
        assert stored.file.read() == data
    assert "No room on the disk for temporary files: No space left" in caplog.text


def test_what_a_disk_took_before_it_was_full_is_not_lost(disk: Path):
    data = os.urandom(3_000_000)
    with closing(store(data)) as stored:
        assert stored.file.read() == data
    fill(disk)
    with closing(store(data)) as stored:
        assert stored.file.read() == data


@pytest.mark.usefixtures("_full")
def test_the_memory_for_that_is_bounded_and_given_back(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(spool, "spare", Budget(LONG))
    for _ in range(3):
        stored = store(b"x" * LONG)
        with pytest.raises(NoRoom):
            store(b"x" * LONG)
        stored.close()
    store(b"x" * LONG)  # closed by nobody, as an answer whose client has left
    store(b"x" * LONG).close()


@pytest.mark.usefixtures("_full")
def test_beyond_it_the_full_disk_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(spool, "spare", Budget(0))

    async def receive() -> Message:
        return {"type": "http.request", "body": b"x" * LONG, "more_body": True}

    def application(environ: object, start: object) -> list[bytes]:
        return [b"x" * LONG]

    with (
        closing(Body(Room(LONG))) as body,
        pytest.raises(Refused, match="disk is full") as body_refused,
    ):
        run_apart(body.receive(receive))
    with pytest.raises(Refused, match="disk is full") as answer_refused:
        make_answer(application, {})
    statuses = {body_refused.value.status, answer_refused.value.status}
    assert statuses == {HTTPStatus.INSUFFICIENT_STORAGE}
