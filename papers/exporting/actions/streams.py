"""Papers on their way into a file: some at a time, each with the key that it is cited by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from tempfile import SpooledTemporaryFile

from papers import access
from papers.catalogue.actions.citation_keys import assign_citation_keys
from papers.exporting.format_registry import Format, ListFormat
from papers.exporting.formats.paper_records import PaperRecord
from papers.exporting.queries.lists import gather_list
from papers.exporting.queries.records import list_records
from papers.exporting.queries.scopes import Scope, list_scope_papers
from papers.exporting.zipping import ZipWriter
from papers.models import Lab

AT_ONCE = 1_000
"""Papers in memory; each so many cost six queries."""

IN_MEMORY = 2_000_000
"""Bytes of a zip that is being made; a larger one waits on disk."""

CHUNK = 65_536
BINARY = ("zip", "docx")


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file that is written while it is sent."""

    name: str
    content_type: str
    parts: Iterator[str] | Iterator[bytes]


def open_export(
    scope: Scope,
    form: Format | ListFormat,
    viewer: access.Viewer,
    lab: Lab,
    *,
    at: datetime,
    site: str = "",
) -> ExportFile:
    """A part of the lab in one format, as this viewer may see it. Raises SearchTooLong."""
    keys = list_scope_papers(scope, viewer, lab, at.astimezone(lab.zone).date())
    is_text = form.ending not in BINARY
    content_type = f"{form.content_type}; charset=utf-8" if is_text else form.content_type
    if isinstance(form, Format):
        records = stream_records(keys[: form.most or None], viewer, lab, site=site)
        return ExportFile(f"{scope.file_name}.{form.ending}", content_type, form.write(records))
    whole = gather_list(scope, stream_records(keys, viewer, lab, site=site), viewer, lab)
    if form.write and (scope.member or not form.list_files):
        return ExportFile(f"{scope.file_name}.{form.ending}", content_type, form.write(whole))
    files = form.list_files(whole) if form.list_files else iter(())
    return ExportFile(f"{scope.file_name}.zip", "application/zip", _pack(files))


def stream_records(
    keys: Sequence[int], viewer: access.Viewer, lab: Lab, *, site: str = ""
) -> Iterator[PaperRecord]:
    """These papers in this order; papers that were never cited get their keys."""
    for some in batched(keys, AT_ONCE):
        assign_citation_keys(some)
        yield from list_records(some, viewer, lab, site=site)


def _pack(files: Iterator[tuple[str, Iterable[str]]]) -> Iterator[bytes]:
    with SpooledTemporaryFile(IN_MEMORY) as file:
        folder = ZipWriter(file)
        for name, parts in files:
            folder.add(name, (part.encode() for part in parts))
        folder.close()
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk
