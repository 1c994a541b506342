"""Static files under hashed names, compressed, with the imports between our modules renamed too.

Our stylesheets are written to be read: what only a reader needs (comments, indentation, one file
per subject) is left out of what is sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from posixpath import dirname, join
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

OWN_SHEET = re.compile(r"css/[\w-]+\.css")
_IMPORT = re.compile(r'@import "([\w-]+\.css)";')
_PIECE = re.compile(
    r"""(?P<text>"[^"]*"|'[^']*')|/\*.*?\*/|\s*(?P<sign>[{};,])\s*|(?<=:)\s+|(?P<blank>\s+)""", re.S
)

type Paths = dict[str, tuple[Any, str]]


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Whitenoise's storage; ES modules import each other by their hashed names."""

    support_js_module_import_aggregation = True

    @cached_property
    def addresses(self) -> dict[str, str]:
        """What `url` has answered: the files do not change while the site runs."""
        return {}

    def url(self, name: str, force: bool = False) -> str:
        """The address under the hashed name."""
        if name not in self.addresses:
            self.addresses[name] = super().url(name, force)
        return self.addresses[name]

    def post_process(self, paths: Paths, *args: Any, **options: Any) -> Iterator[Any]:
        """Our own stylesheets go through `tighten`, each with what it imports in its place."""
        tight = {
            name: (Sheets(storage), path) if OWN_SHEET.fullmatch(name) else (storage, path)
            for name, (storage, path) in paths.items()
        }
        yield from super().post_process(tight, *args, **options)


class Sheets:
    """A storage of stylesheets, opened as they are sent."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    def open(self, path: str) -> ContentFile[bytes]:
        """The sheet with what it imports, tightened."""
        return ContentFile(tighten(self._read(path)).encode(), name=path)

    def _read(self, path: str) -> str:
        with self.storage.open(path) as file:
            sheet = file.read().decode()
        return _IMPORT.sub(lambda found: self._read(join(dirname(path), found[1])), sheet)


def tighten(sheet: str) -> str:
    """The same rules without comments and without blanks that mean nothing."""
    return _PIECE.sub(_keep, sheet).replace(";}", "}").strip()


def _keep(piece: re.Match[str]) -> str:
    return piece["text"] or piece["sign"] or (" " if piece["blank"] else "")
