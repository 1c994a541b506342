"""Functions for the sandbox to run, good and bad."""

import os
import signal
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from papers.sandbox.notes import note


class Color(Enum):
    """A choice."""

    RED = "red"
    BLUE = 2


@dataclass(frozen=True, slots=True)
class Leaf:
    """One field only."""

    text: str


@dataclass(frozen=True, slots=True)
class Tree:
    """All that may travel."""

    leaf: Leaf
    color: Color
    on: date | None = None
    raw: bytes = b""
    number: int = 0
    share: float = 0.0
    leaves: tuple[Leaf, ...] = ()
    names: dict[str, list[int]] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()
    inner: "Tree | None" = None


def echo(data: bytes, tree: Tree, suffix: str = "") -> Tree:
    """What was sent."""
    return tree


def measure(data: bytes) -> int:
    """The size, by way of a list of the bytes."""
    return len(data)


def spin(data: bytes) -> None:
    """Never end."""
    note("a riddle")
    while True:
        pass


def swell(data: bytes) -> None:
    """Take all memory."""
    note("a balloon")
    held = []
    while True:
        held.append(bytearray(1_000_000))


def repeat(data: bytes) -> list[str]:
    """One long text many times: small in memory, large as an answer."""
    return [data.decode()] * 1_000


def crash(data: bytes) -> None:
    """Die as a fault in a C library does."""
    os.kill(os.getpid(), signal.SIGSEGV)


def fail(data: bytes) -> None:
    """Raise."""
    raise LookupError(data)


def smuggle(data: bytes) -> "Stranger":
    """Return what nobody expects."""
    return Stranger()


class Stranger:
    """A kind that does not travel."""


def get_pid(data: bytes) -> int:
    """Which process worked."""
    return os.getpid()


def get_niceness(data: bytes) -> int:
    """How far the process stands back after a fiftieth of a second of its own work, which is what
    the timer counts; the system's work for it is not.
    """
    until = os.times().user + 0.02
    while os.times().user < until:
        sum(range(10_000))
    return os.nice(0)
