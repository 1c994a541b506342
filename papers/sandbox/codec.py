"""Results as JSON and back: plain values, containers, and the dataclasses that are expected.

JSON rather than pickle, for two reasons: what a child sends can be nothing but data, and a text
that a result holds a thousand times counts a thousand times against the largest answer.

A long container travels in pieces, a line of JSON each, and the value that they belong to comes
last: whoever reads a large result has it in memory once, and not as JSON besides.
"""

import json
import types
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from io import BytesIO
from itertools import batched
from operator import attrgetter
from typing import Any, TypeAliasType, get_args, get_type_hints

_PLAIN = frozenset({str, float, bool, types.NoneType})
_LARGEST_NUMBER = 2**63
_CONTAINERS: dict[type, str] = {tuple: "t", list: "l", set: "s", frozenset: "f"}
_PIECES = "p"
_LONGEST_PIECE = 1_000

type _Parts = list[bytes]
"""What is written so far, a line each."""

type _Pieces = list[Any]
"""What the lines so far stand for; None where a container took it."""


class NotEncodable(TypeError):
    """A value of a kind that does not travel."""


class NotDecodable(ValueError):
    """What arrived is not what `encode` makes of the expected kinds."""


class Codec:
    """Encodes and decodes values made of the kinds that some annotations name."""

    def __init__(self, *annotations: Any) -> None:
        self._encoders: dict[type, Callable[[Any, _Parts], Any]] = {
            date: lambda value, _parts: ["d", value.isoformat()],
            bytes: lambda value, _parts: ["b", b64encode(value).decode()],
            int: lambda value, _parts: value if abs(value) < _LARGEST_NUMBER else ["i", hex(value)],
            dict: self._flatten,
        }
        self._decoders: dict[str, Callable[[list[Any], _Pieces], Any]] = {
            "d": lambda rest, _pieces: date.fromisoformat(rest[0]),
            "b": lambda rest, _pieces: b64decode(rest[0]),
            "i": lambda rest, _pieces: int(rest[0], 16),
            "m": self._pair_up,
            _PIECES: self._join,
        }
        self._containers: dict[str, Any] = {}
        for container, tag in _CONTAINERS.items():
            self._admit_container(container, tag)
        for kind in set().union(*map(find_kinds, annotations)):
            self._admit(kind)

    def encode(self, value: Any) -> bytes:
        """Raises NotEncodable; RecursionError for values nested deeper than Python's stack."""
        parts: _Parts = []
        last = self._shrink(value, parts)
        return b"\n".join([*parts, _dump(last)])

    def decode(self, data: bytes) -> Any:
        """Raises NotDecodable, whatever the bytes are."""
        pieces: _Pieces = []
        try:
            for line in BytesIO(data):
                pieces.append(self._grow(json.loads(line), pieces))
            return pieces.pop()
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as wrong:
            raise NotDecodable from wrong

    def _shrink(self, value: Any, parts: _Parts) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return value
        encoder = self._encoders.get(kind)
        if encoder is None:
            raise NotEncodable(f"A {kind.__qualname__} does not travel.")
        return encoder(value, parts)

    def _grow(self, value: Any, pieces: _Pieces) -> Any:
        if type(value) is not list:
            return value
        return self._decoders[value[0]](value[1:], pieces)

    def _flatten(self, value: dict[Any, Any], parts: _Parts) -> list[Any]:
        return ["m", *(self._shrink(one, parts) for pair in value.items() for one in pair)]

    def _pair_up(self, rest: list[Any], pieces: _Pieces) -> dict[Any, Any]:
        grown = [self._grow(one, pieces) for one in rest]
        return dict(zip(grown[::2], grown[1::2], strict=True))

    def _cut(self, tag: str, values: Iterable[Any], parts: _Parts) -> list[Any]:
        """A long container: each piece goes to a line of its own, and only their numbers stay."""
        made: list[Any] = [_PIECES, tag]
        for batch in batched(values, _LONGEST_PIECE):
            piece = self._shrink(list(batch), parts)
            made.append(len(parts))
            parts.append(_dump(piece))
        return made

    def _join(self, rest: list[Any], pieces: _Pieces) -> Any:
        tag, *numbers = rest
        joined: list[Any] = []
        for number in numbers:
            joined += pieces[number]
            pieces[number] = None  # a second container would hold the same things
        return self._containers[tag](joined)

    def _admit_container(self, container: Any, tag: str) -> None:
        def shrink(value: Any, parts: _Parts) -> list[Any]:
            if len(value) > _LONGEST_PIECE:
                return self._cut(tag, value, parts)
            return [tag, *(self._shrink(one, parts) for one in value)]

        grow = self._grow
        self._containers[tag] = container
        self._encoders[container] = shrink
        self._decoders[tag] = lambda rest, pieces: container([grow(one, pieces) for one in rest])

    def _admit(self, kind: Any) -> None:
        tag = kind.__qualname__
        if tag in self._decoders:
            raise NotEncodable(f"Two kinds are called {tag}.")
        if issubclass(kind, Enum):
            self._encoders[kind] = lambda value, _parts: [tag, value.value]
            self._decoders[tag] = lambda rest, _pieces: kind(rest[0])
        else:
            self._admit_dataclass(kind, tag)

    def _admit_dataclass(self, kind: Any, tag: str) -> None:
        names = [one.name for one in fields(kind) if one.init]
        if len(names) < len(fields(kind)):
            raise NotEncodable(f"{tag} has fields that it does not take when it is made.")
        shrink, grow = self._shrink, self._grow
        read: Callable[[Any], Any] = attrgetter(*names) if len(names) > 1 else _read_few(names)
        self._encoders[kind] = lambda value, parts: [
            tag,
            *(one if type(one) in _PLAIN else shrink(one, parts) for one in read(value)),
        ]
        self._decoders[tag] = lambda rest, pieces: kind(
            *(one if type(one) is not list else grow(one, pieces) for one in rest)
        )


def _dump(value: Any) -> bytes:
    made = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return made.encode("utf-8", "surrogatepass")


def _read_few(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    return lambda value: tuple(getattr(value, name) for name in names)


def find_kinds(annotation: Any) -> set[type]:
    """The dataclasses and enumerations that a value of this annotation may be made of."""
    found: set[type] = set()
    waiting = [annotation]
    while waiting:
        one = waiting.pop()
        if isinstance(one, TypeAliasType):
            waiting.append(one.__value__)
        elif isinstance(one, type) and not get_args(one):
            if one not in found and (is_dataclass(one) or issubclass(one, Enum)):
                found.add(one)
                waiting.extend(_hints(one))
        else:
            waiting.extend(get_args(one))
    return found


def _hints(kind: type) -> Iterator[Any]:
    if is_dataclass(kind):
        yield from get_type_hints(kind).values()
