"""Pieces of pages that are rendered once for the same values.

A review, a row, the bar at the head of every page: what stands in them follows from a few plain
values and nothing else. The values themselves are the key, so a piece never goes stale and nothing
has to be told of a change; whoever may not see a text does not have it among her values.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Mapping
from hashlib import blake2b
from secrets import token_hex
from threading import Lock
from typing import Any

from django.template import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 8 * 1024 * 1024
"""Characters in one process, some 16 MB with Japanese text; the longest unused goes first."""

LONGEST = 256 * 1024
"""Characters; longer pieces are rendered each time."""

TOKEN = f"csrf-{token_hex(16)}"
"""Stands in a piece for the token of forms, which differs in every answer; nobody can guess it."""

_lock = Lock()
_pieces: OrderedDict[bytes, str] = OrderedDict()
_size = 0


def render_cached(name: str, values: Mapping[str, Any], csrf_token: object = "") -> SafeString:
    """The template with these values alone, rendered or from the cache.

    The template must look at nothing else: no request, no clock, no database. Days in words are
    given their day as a value; the time zone and the language are part of
    the key.
    """
    zone = timezone.get_current_timezone_name()
    # Pickling keeps apart what only looks equal: safe and unsafe texts, True and 1.
    parts = name, zone, get_language(), values
    key = blake2b(pickle.dumps(parts, 5), digest_size=20).digest()
    piece = _look_up(key)
    if piece is None:
        context = Context({**values, "csrf_token": TOKEN})
        piece = get_template(name).template.render(context)  # type: ignore[attr-defined]
        _store(key, piece)
    if TOKEN in piece:
        piece = piece.replace(TOKEN, str(csrf_token))
    return SafeString(piece)


def _look_up(key: bytes) -> str | None:
    with _lock:
        piece = _pieces.get(key)
        if piece is not None:
            _pieces.move_to_end(key)
        return piece


def _store(key: bytes, piece: str) -> None:
    global _size
    if len(piece) > LONGEST:
        return
    with _lock:
        if key not in _pieces:
            _pieces[key] = piece
            _size += len(piece)
        while _size > MOST:
            _, oldest = _pieces.popitem(last=False)
            _size -= len(oldest)
