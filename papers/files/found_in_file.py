"""What the sandbox found in an uploaded file: plain values that travel."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture drawn anew, or what is wrong with the one that came."""

    problem: str = ""
    """`unknown`, `damaged`, `vast` (more pixels than are read) or `large` (too many bytes)."""
    media_type: str = ""
    content: bytes = b""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """What a PDF or a file of slides is, or what is wrong with it."""

    problem: str = ""
    """`unknown`, `damaged` or `locked`."""
    media_type: str = ""
    pages: int = 0
    title: str = ""
    first_page: str = ""
    authors: list[str] = field(default_factory=list)
