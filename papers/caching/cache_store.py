"""Where a process caches what follows from its key: fragments of pages, results of statements.

It is bounded; the longest unused goes first.
"""

from __future__ import annotations

from collections import OrderedDict
from hashlib import blake2b
from pickle import dumps
from threading import Lock

MOST = 8 * 1024 * 1024
"""Characters or bytes in one process, some 16 MB with Japanese text."""

LONGEST = 256 * 1024
"""Of one entry; longer ones are made each time."""

_lock = Lock()
_entries: OrderedDict[bytes, str | bytes] = OrderedDict()
_size = 0


def make_key(*parts: object) -> bytes:
    """One key for values of any kind."""
    # Pickling keeps apart what only looks equal: safe and unsafe texts, True and 1.
    return blake2b(dumps(parts, 5), digest_size=20).digest()


def get_entry[Entry: (str, bytes)](key: bytes, kind: type[Entry]) -> Entry | None:
    """What is stored under the key, if anything is."""
    with _lock:
        entry = _entries.get(key)
        if entry is not None:
            _entries.move_to_end(key)
    return entry if isinstance(entry, kind) else None


def store_entry(key: bytes, entry: str | bytes) -> None:
    """Store it for as long as there is room."""
    global _size
    if len(entry) > LONGEST:
        return
    with _lock:
        if key not in _entries:
            _entries[key] = entry
            _size += len(entry)
        while _size > MOST:
            _, oldest = _entries.popitem(last=False)
            _size -= len(oldest)
