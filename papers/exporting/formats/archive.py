"""The archive's container: a zip of JSON lines with checksums for every file and every line.

    manifest.json            format, schema version, date, and for each table its file, columns,
                             number of rows and SHA-256
    tables/<table>.jsonl     one row a line, as a JSON object of its columns
    sums/<table>.txt         CRC-32 of each line, by which damage is found to the line
    files/<name>             the content of each uploaded file; SHA-256 in the manifest

`docs/archive.md` documents it. Nothing here knows a database; `archive_reader` reads it again.
"""

from __future__ import annotations

import json
from array import array
from binascii import crc32
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import IO

from papers.exporting.zipping import ZipWriter

FORMAT = "reviewapp archive"
SCHEMA = 1
"""Grows when a table or column changes its meaning; older ones are brought up to it on reading."""

MANIFEST = "manifest.json"
FILES = "files/"


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the manifest names it."""

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str

    @property
    def file(self) -> str:
        """Where its rows stand."""
        return f"tables/{self.name}.jsonl"

    @property
    def sums(self) -> str:
        """Where the sums of its lines stand."""
        return f"sums/{self.name}.txt"


class ArchiveWriter:
    """Writes tables one after another; the manifest comes last, so a torn file has none."""

    def __init__(self, file: IO[bytes], *, made_at: str) -> None:
        self._zip = ZipWriter(file)
        self._made_at = made_at
        self._tables: list[Table] = []
        self._files: dict[str, str] = {}

    def add_table(self, name: str, columns: Sequence[str], lines: Iterable[str]) -> int:
        """Write rows as they come; a few bytes a row stay in memory. Returns how many."""
        whole, sums = sha256(), array("L")

        def encode() -> Iterator[bytes]:
            for line in lines:
                data = f"{line}\n".encode()
                whole.update(data)
                sums.append(crc32(data))
                yield data

        table = Table(name, tuple(columns), 0, "")
        self._zip.add(table.file, encode())
        self._zip.add(table.sums, (f"{one:08x}\n".encode() for one in sums))
        self._tables.append(Table(name, tuple(columns), len(sums), whole.hexdigest()))
        return len(sums)

    def add_file(self, name: str, parts: Iterable[bytes]) -> None:
        """Write the content of an uploaded file."""
        whole = sha256()

        def pass_on() -> Iterator[bytes]:
            for part in parts:
                whole.update(part)
                yield part

        self._zip.add(FILES + name, pass_on())
        self._files[name] = whole.hexdigest()

    def __enter__(self) -> ArchiveWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Close the archive; with its manifest only if nothing went wrong."""
        if kind is None:
            self._write_manifest()
        self._zip.close()

    def _write_manifest(self) -> None:
        """From now on the archive is whole."""
        told = [
            {"name": one.name, "columns": one.columns, "rows": one.rows, "sha256": one.sha256}
            for one in self._tables
        ]
        manifest = {"format": FORMAT, "schema": SCHEMA, "made_at": self._made_at, "tables": told}
        if self._files:
            manifest["files"] = self._files
        self._zip.add(MANIFEST, [f"{json.dumps(manifest, indent=1)}\n".encode()])
