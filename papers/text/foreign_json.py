"""JSON that somebody sends: values whose texts the database can keep, or a ValueError. Pure.

Python's reader takes twenty times the size of a text of empty lists, and has no end to nesting: so
the size is bounded before it is read, and what it raises is always the same.
"""

from __future__ import annotations

import json
from typing import Any

from papers.text.one_line import CONTROL

LARGEST = 4_000_000
"""Bytes or characters: three reviews of the greatest length, with every letter escaped."""


def read_json(text: str | bytes) -> Any:
    """The value, its texts without control characters and halves of pairs. Raises ValueError."""
    if len(text) > LARGEST:
        raise ValueError(f"More than {LARGEST:,} bytes of JSON.")
    try:
        return _clean(json.loads(text))
    except RecursionError as deep:
        raise ValueError("JSON that nests too deeply.") from deep


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return CONTROL.sub("", value)
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if isinstance(value, dict):
        return {_clean(name): _clean(one) for name, one in value.items()}
    return value
