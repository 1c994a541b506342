"""Every kind of page of this world, and the half of them that no rule was made for.

Which kinds are held out was settled before the first of their pages was read: those of `further`,
none of `elsewhere` and `mixed`, and of the others those whose name's checksum is odd. What the reader makes of them is measured,
never mended kind by kind.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterator

from tests.importing.world import (
    abroad,
    awesome,
    courses,
    data,
    elsewhere,
    fresh,
    fresh_abroad,
    further,
    further_files,
    mixed,
    mixed_books,
    notes,
    plain,
    schedules,
)
from tests.importing.world.page import Page

Kind = Callable[[random.Random], Page]


def _of(*modules: object) -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for module in modules:
        for name, value in vars(module).items():
            if (
                callable(value)
                and not name.startswith("_")
                and getattr(value, "__annotations__", {}).get("return") == "Page"
            ):
                found[name] = value
    return found


FURTHER = _of(further, further_files)
FRESH = _of(fresh, fresh_abroad)
MENDED = _of(elsewhere, mixed, mixed_books)
KINDS = _of(abroad, awesome, courses, data, notes, plain, schedules) | FURTHER | MENDED | FRESH


def is_held_out(name: str) -> bool:
    """Whether a kind belongs to the half that measures."""
    if name in MENDED or name in FRESH:
        return False
    return name in FURTHER or zlib.crc32(name.encode()) % 2 == 1


def pages(*, held_out: bool, seeds: range) -> Iterator[tuple[str, Page]]:
    """The pages of one half, the same for ever."""
    for name, kind in sorted(KINDS.items()):
        if name not in FRESH and is_held_out(name) == held_out:
            for seed in seeds:
                yield f"{name}/{seed}", kind(random.Random(f"{name} {seed}"))


def fresh_pages(seeds: range) -> Iterator[tuple[str, Page]]:
    """The pages that were invented after every rule."""
    for name, kind in sorted(FRESH.items()):
        for seed in seeds:
            yield f"{name}/{seed}", kind(random.Random(f"{name} {seed}"))
