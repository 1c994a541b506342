"""A digest as plain values that a database keeps, and back. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from papers.digest.issue import Digest, Part


def freeze(digest: Digest) -> dict[str, Any]:
    """The digest as JSON knows values."""
    frozen: dict[str, Any] = _freeze(digest)
    return frozen


def thaw(content: dict[str, Any]) -> Digest:
    """The digest again. What was frozen before a field was there gets the field's default."""
    digest: Digest = _thaw(Digest, content)
    return digest


def _freeze(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _freeze(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_freeze(one) for one in value]
    return value


def _thaw(hint: Any, value: Any) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if value is None:
        return None
    if origin is UnionType:
        return _thaw(next(one for one in inner if one is not type(None)), value)
    if origin is Part:
        items = [_thaw(inner[0], one) for one in value["items"]]
        return Part(items, value["total"], value.get("is_capped", False))
    if origin is Sequence:
        return [_thaw(inner[0], one) for one in value]
    if hint in (date, datetime):
        return hint.fromisoformat(value)
    if is_dataclass(hint):
        return _thaw_object(hint, value)
    return value


def _thaw_object(hint: Any, value: dict[str, Any]) -> Any:
    hints = _list_hints(hint)
    return hint(**{name: _thaw(hints[name], value[name]) for name in hints if name in value})


@cache
def _list_hints(hint: Any) -> dict[str, Any]:
    hints = get_type_hints(hint)
    return {one.name: hints[one.name] for one in fields(hint)}
