"""Reading uploaded files in a process with limits: the doors that the web uses.

Pictures and documents are decoded there alone; the site stores what comes back.
"""

from __future__ import annotations

from papers.files.found_in_file import Document, Drawn
from papers.sandbox.pool import Limits, NoResult, Pool, Task, TooBusy, TooLarge, TooSlow

MEMORY = 700_000_000
"""Bytes of address space of a reading process; a PNG of 50 million pixels takes 350 MB."""

_JOBS = "papers.files.sandbox_jobs:"
_DRAW: Task[Drawn] = Task(f"{_JOBS}draw", Drawn)
_LOGO: Task[Drawn] = Task(f"{_JOBS}draw_logo", Drawn)
_READ: Task[Document] = Task(f"{_JOBS}read_document", Document)
_pool = Pool(_DRAW, _LOGO, _READ, size=1, memory=MEMORY, niceness=5)

_PICTURE = Limits(cpu=12.0, seconds=40.0, answer=15_000_000, wait=15.0)
_DOCUMENT = Limits(cpu=6.0, seconds=25.0, answer=1_000_000, wait=10.0)


class ReadersBusy(Exception):
    """Other files are being read; the same one may succeed later."""


def draw_picture(data: bytes) -> Drawn:
    """The picture drawn anew, or what is wrong with it. Raises ReadersBusy."""
    return _draw(_DRAW, data)


def draw_logo(data: bytes) -> Drawn:
    """The same, at the size of a logo."""
    return _draw(_LOGO, data)


def _draw(task: Task[Drawn], data: bytes) -> Drawn:
    try:
        return _pool.run(task, _PICTURE, data)
    except TooBusy as busy:
        raise ReadersBusy from busy
    except (TooLarge, TooSlow):
        return Drawn("vast")
    except NoResult:
        return Drawn("damaged")


def read_document(data: bytes) -> Document:
    """What a PDF or a file of slides is, or what is wrong with it. Raises ReadersBusy."""
    try:
        return _pool.run(_READ, _DOCUMENT, data)
    except TooBusy as busy:
        raise ReadersBusy from busy
    except NoResult:
        return Document("damaged")
