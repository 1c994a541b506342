"""Reads an archive and vouches for every line; loaded by the command that restores alone."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from papers.exporting.formats.archive import FILES, FORMAT, MANIFEST, SCHEMA, Table


class DamagedArchive(Exception):
    """Something in the archive is not as it was written."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        where = f"{file}, line {line}" if line else file
        super().__init__(f"{where}: {reason}")
        self.file, self.line, self.reason = file, line, reason


FILE_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}\.[a-z]{3,4}")


def _check_names(files: Any) -> dict[str, str]:
    """The names of uploaded files with their sums; no other name is ever written."""
    if not isinstance(files, dict) or not all(FILE_NAME.fullmatch(str(name)) for name in files):
        raise DamagedArchive(MANIFEST, 0, "a file is not described")
    return {str(name): str(total) for name, total in files.items()}


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

        self.files = _check_names(manifest.get("files", {}))

    def close(self) -> None:
        """Let the file go."""
        self._zip.close()

    def check(self) -> None:
        """Read everything once."""
        for table in self.tables:
            for _ in self.read_rows(table):
                pass
        for name in self.files:
            self.read_file(name)

    def read_file(self, name: str) -> bytes:
        """The content of an uploaded file as it was written."""
        content = b"".join(self._read_lines(FILES + name))
        if sha256(content).hexdigest() != self.files[name]:
            raise DamagedArchive(FILES + name, 0, "the checksum is wrong")
        return content

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
