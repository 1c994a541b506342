"""Bytes on their way in or out: a few in memory, more in a temporary file.

When the disk is full they stay in memory after all, within a budget, so that pages go on and what
somebody typed can be shown back.
"""

from __future__ import annotations

import errno
import logging
import threading
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO

IN_MEMORY = 64 * 1024
"""Bytes of a body or an answer that stay in memory; what is longer goes to a temporary file."""

SPARE = 32 * 1024 * 1024
"""Bytes of memory that a process has for all that a full disk does not take."""

logger = logging.getLogger(__name__)


class NoRoom(Exception):
    """So many bytes are not to be had."""


class Budget:
    """Bytes shared by threads."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._lock = threading.Lock()

    def take(self, size: int) -> None:
        """Raises NoRoom when there are not so many left."""
        with self._lock:
            if size > self._left:
                raise NoRoom
            self._left -= size

    def release(self, size: int) -> None:
        """So many bytes are needed no more."""
        with self._lock:
            self._left += size


spare = Budget(SPARE)


class Spool:
    """Written to its end with `write`, then `rewind`, then read from `file`."""

    def __init__(self) -> None:
        self.file: IO[bytes] = BytesIO()
        self.length = 0
        self._is_on_disk = False
        self._taken: int | None = None

    def write(self, piece: bytes) -> None:
        """Store more; raises NoRoom when the disk and the spare memory are full."""
        try:
            self._write(piece)
        except OSError as problem:
            if problem.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            logger.error("No room on the disk for temporary files: %s", problem.strerror)
            self._return_to_memory(piece)
        self.length += len(piece)

    def _write(self, piece: bytes) -> None:
        if self._taken is not None:
            spare.take(len(piece))
            self._taken += len(piece)
        elif not self._is_on_disk and self.length + len(piece) > IN_MEMORY:
            self._move_to_disk()
        write_whole(self.file, piece)

    def _move_to_disk(self) -> None:
        # Unbuffered: nothing is left that a later call would fail to write.
        file = TemporaryFile(buffering=0)  # noqa: SIM115 (closed with the spool)
        try:
            write_whole(file, self._read_all())
        except OSError:
            file.close()
            raise
        self.file, self._is_on_disk = file, True

    def _return_to_memory(self, piece: bytes) -> None:
        """Of the file counts what was written before; the last piece may be there by half."""
        spare.take(self.length + len(piece))
        self._taken = self.length + len(piece)
        memory = BytesIO()
        memory.write(self._read_all())
        memory.write(piece)
        self.file.close()
        self.file, self._is_on_disk = memory, False

    def _read_all(self) -> bytes:
        self.file.seek(0)
        return self.file.read(self.length)

    def rewind(self) -> None:
        """Read from the start from now on."""
        self.file.seek(0)

    def close(self) -> None:
        """Let go of file and memory."""
        self.file.close()
        if self._taken:
            spare.release(self._taken)
            self._taken = 0

    def __del__(self) -> None:
        """Of an answer whose client has left, nobody closes the body."""
        self.close()


def write_whole(file: IO[bytes], data: bytes) -> None:
    """Write all of it; an unbuffered file on a disk that is nearly full takes a part at first."""
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]
