"""The parsers of foreign text, loaded when an answer is read: in the sandbox, never in the site."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_ROOM = "papers.lookups.services"


def load() -> tuple[Any, Any]:
    """The modules that read XML and HTML."""
    return import_module(f"{_ROOM}.xml"), import_module(f"{_ROOM}.html_tags")
