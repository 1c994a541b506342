"""Reading JSON that a stranger wrote: whatever is not of the expected kind is empty. Pure."""

from __future__ import annotations

import json
from typing import Any

from papers.lookups.found_work import Unreadable


def load_json(data: bytes) -> Any:
    """What an answer is. Raises Unreadable."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as problem:
        raise Unreadable("The answer is not JSON.") from problem


def read_json(data: bytes) -> dict[str, Any]:
    """The object that an answer is. Raises Unreadable."""
    return as_object(load_json(data))


def as_object(value: Any) -> dict[str, Any]:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """A list, or an empty one."""
    return value if isinstance(value, list) else []


def as_text(value: Any) -> str:
    """A text, or ""; a number as it is written."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def first_text(value: Any) -> str:
    """The first text of a list, or the text itself."""
    return next(filter(None, map(as_text, as_list(value))), "") or as_text(value)
