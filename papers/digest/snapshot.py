"""A digest as plain values that a database keeps, and back. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from papers.digest.issue import Digest, Part


def make_snapshot(digest: Digest) -> dict[str, Any]:
    """The digest as JSON knows values."""
    frozen: dict[str, Any] = _dump(digest)
    return frozen


def load_snapshot(content: dict[str, Any]) -> Digest:
    """The digest again. What was frozen before a field was there gets the field's default."""
    digest: Digest = _load(Digest, content)
    return digest


def _dump(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _dump(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_dump(one) for one in value]
    return value


def _load(hint: Any, value: Any) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if value is None:
        return None
    if origin is UnionType:
        return _load(next(one for one in inner if one is not type(None)), value)
    if origin is Part:
        items = [_load(inner[0], one) for one in value["items"]]
        return Part(items, value["total"], value.get("is_capped", False))
    if origin is Sequence:
        return [_load(inner[0], one) for one in value]
    if hint in (date, datetime):
        return hint.fromisoformat(value)
    if is_dataclass(hint):
        return _load_object(hint, value)
    return value


def _load_object(hint: Any, value: dict[str, Any]) -> Any:
    hints = _list_hints(hint)
    return hint(**{name: _load(hints[name], value[name]) for name in hints if name in value})


@cache
def _list_hints(hint: Any) -> dict[str, Any]:
    hints = get_type_hints(hint)
    return {one.name: hints[one.name] for one in fields(hint)}
