"""What comes of asking another server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class NoAnswer(Exception):
    """The server could not be reached, broke off, or took longer than the deadline."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said, with the names of headers in lower case."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    is_cut: bool = False
