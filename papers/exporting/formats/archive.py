"""The archive's container: a zip of JSON lines with checksums for every file and every line.

    manifest.json            format, schema version, date, and for each table its file, columns,
                             number of rows and SHA-256
    tables/<table>.jsonl     one row a line, as a JSON object of its columns
    sums/<table>.txt         CRC-32 of each line, by which damage is found to the line

`docs/archive.md` documents it. Nothing here knows a database.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

FORMAT = "reviewapp archive"
SCHEMA = 1
"""Grows when a table or column changes its meaning; older ones are brought up to it on reading."""

MANIFEST = "manifest.json"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file: the same rows make the same bytes."""


class DamagedArchive(Exception):
    """Something in the archive is not as it was written."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        where = f"{file}, line {line}" if line else file
        super().__init__(f"{where}: {reason}")
        self.file, self.line, self.reason = file, line, reason


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
        self._zip = ZipFile(file, "w", ZIP_DEFLATED, compresslevel=6)
        self._made_at = made_at
        self._tables: list[Table] = []

    def add_table(self, name: str, columns: Sequence[str], lines: Iterable[str]) -> int:
        """Write rows as they come; four bytes a row stay in memory. Returns how many."""
        whole, sums, rows = sha256(), array("L"), 0
        table = Table(name, tuple(columns), 0, "")
        with self._zip.open(_describe(table.file), "w", force_zip64=True) as file:
            for line in lines:
                data = f"{line}\n".encode()
                whole.update(data)
                sums.append(zlib.crc32(data))
                file.write(data)
                rows += 1
        with self._zip.open(_describe(table.sums), "w", force_zip64=True) as file:
            for one in sums:
                file.write(f"{one:08x}\n".encode())
        self._tables.append(Table(name, tuple(columns), rows, whole.hexdigest()))
        return rows

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
        text = json.dumps(manifest, indent=1)
        self._zip.writestr(_describe(MANIFEST), f"{text}\n", ZIP_DEFLATED)


def _describe(name: str) -> ZipInfo:
    info = ZipInfo(name, FIRST_DAY)
    info.compress_type = ZIP_DEFLATED
    return info


class ArchiveReader:
    """Reads an archive and vouches for every line. Raises DamagedArchive."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = ZipFile(path)
        except (BadZipFile, OSError, RuntimeError, ValueError) as error:
            raise DamagedArchive(path.name, 0, "not a whole zip file") from error
        manifest = self._read_manifest()
        if manifest.get("format") != FORMAT:
            raise DamagedArchive(MANIFEST, 0, f"not a “{FORMAT}”")
        self.made_at, schema = str(manifest.get("made_at", "")), manifest.get("schema")
        if not isinstance(schema, int) or not 1 <= schema <= SCHEMA:
            said = f"schema {schema} is newer than this installation reads ({SCHEMA})"
            raise DamagedArchive(MANIFEST, 0, f"{said}; upgrade first")
        self.schema = schema
        try:
            self.tables = [
                Table(one["name"], tuple(one["columns"]), one["rows"], one["sha256"])
                for one in manifest["tables"]
            ]
        except (KeyError, TypeError) as error:
            raise DamagedArchive(MANIFEST, 0, "a table is not described") from error

    def close(self) -> None:
        """Let the file go."""
        self._zip.close()

    def check(self) -> None:
        """Read everything once."""
        for table in self.tables:
            for _ in self.read_rows(table):
                pass

    def read_rows(self, table: Table) -> Iterator[str]:
        """The rows as they were written; damage is raised at the line where it stands."""
        sums, whole, number = self._read_sums(table), sha256(), 0
        for number, data in enumerate(self._read_lines(table.file), 1):
            is_known = number <= len(sums) and sums[number - 1] == f"{zlib.crc32(data):08x}"
            if not is_known:
                raise DamagedArchive(table.file, number, "the line was changed or is torn")
            whole.update(data)
            yield data[:-1].decode()
        if number != table.rows:
            said = f"{table.rows} rows were written, {number} are there"
            raise DamagedArchive(table.file, number, said)
        if whole.hexdigest() != table.sha256:
            raise DamagedArchive(table.file, number, "the checksum is wrong")

    def _read_sums(self, table: Table) -> list[str]:
        return [line[:-1].decode(errors="replace") for line in self._read_lines(table.sums)]

    def _read_lines(self, name: str) -> Iterator[bytes]:
        number = 0
        try:
            with self._zip.open(name) as file:
                for number, line in enumerate(file, 1):  # noqa: B007 (where damage is)
                    yield line
        except KeyError as error:
            raise DamagedArchive(name, 0, "the file is missing") from error
        except (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
            raise DamagedArchive(name, number + 1, "the file can't be unpacked") from error

    def _read_manifest(self) -> dict[str, Any]:
        text = b"".join(self._read_lines(MANIFEST))
        try:
            manifest = json.loads(text)
        except json.JSONDecodeError as error:
            raise DamagedArchive(MANIFEST, error.lineno, "not JSON") from error
        except UnicodeDecodeError as error:
            raise DamagedArchive(MANIFEST, 0, "not UTF-8") from error
        return manifest if isinstance(manifest, dict) else {}
