"""The one place that writes zip files: the same content makes the same bytes. It reads none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file."""


class ZipWriter:
    """Files one after another, each written while it is made."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = ZipFile(file, "w", ZIP_DEFLATED, compresslevel=6)

    def add(self, name: str, parts: Iterable[bytes]) -> None:
        """Write a file from its parts."""
        info = ZipInfo(name, FIRST_DAY)
        info.compress_type = ZIP_DEFLATED
        with self._zip.open(info, "w", force_zip64=True) as file:
            for part in parts:
                file.write(part)

    def close(self) -> None:
        """Write the list of files, without which it is no zip."""
        self._zip.close()
