"""The tree of a search: its nodes, how it prints as text, and how links change it.

Pure: no Django. A tree is always in one normal form (flat, without empty or single-child groups),
which `both`, `either` and `negate` keep; so `parse(query.text) == query` for every query.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Word:
    """A word as typed, punctuation and all; `prefix` if it ended in `*`."""

    text: str
    prefix: bool = False


@dataclass(frozen=True)
class Phrase:
    """Words in quotes: these, in this order, side by side."""

    text: str


@dataclass(frozen=True)
class Term:
    """A field and its value in canonical form: `year:2017..2021`."""

    field: str
    value: str


@dataclass(frozen=True)
class Not:
    """Whatever does not match the part."""

    part: Node


@dataclass(frozen=True)
class And:
    """Everything that matches all parts; with no parts, everything."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Or:
    """Everything that matches one of the parts."""

    parts: tuple[Node, ...]


Node = Word | Phrase | Term | Not | And | Or
EVERYTHING = And()


def both(parts: Iterable[Node]) -> Node:
    """All of these, flattened."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, And) else [part])
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def either(parts: Iterable[Node]) -> Node:
    """One of these, flattened; groups without content do not count."""
    flat: list[Node] = []
    for part in parts:
        if part != EVERYTHING:
            flat.extend(part.parts if isinstance(part, Or) else [part])
    if not flat:
        return EVERYTHING
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def negate(part: Node) -> Node:
    """Not this; twice is not at all."""
    if isinstance(part, Not):
        return part.part
    return part if part == EVERYTHING else Not(part)


@dataclass(frozen=True)
class Query:
    """What a member asks for: a tree and an order ("" is the order that fits the query)."""

    root: Node = EVERYTHING
    sort: str = ""

    @property
    def text(self) -> str:
        """The query as it would be typed; parsing it gives this query again."""
        return " ".join(filter(None, [print_node(self.root), self.sort and f"sort:{self.sort}"]))

    def __str__(self) -> str:
        return self.text

    @property
    def is_everything(self) -> bool:
        """Nothing is asked for, so every paper answers."""
        return self.root == EVERYTHING

    @property
    def _parts(self) -> tuple[Node, ...]:
        return self.root.parts if isinstance(self.root, And) else (self.root,)

    def has(self, field: str, value: str = "") -> bool:
        """Whether the query as a whole is narrowed by this field (to this value)."""
        return any(_is_term(part, field, value) for part in self._parts)

    def values(self, field: str) -> list[str]:
        """The values by which this field narrows the query as a whole."""
        return [p.value for p in self._parts if isinstance(p, Term) and p.field == field]

    def without_field(self, field: str, value: str = "") -> Query:
        """The query no longer narrowed by this field (or only by this value of it)."""
        return self._keep(lambda part: not _is_term(part, field, value))

    def with_field(self, field: str, value: str) -> Query:
        """The query narrowed by this one value of the field, in place of any other value."""
        kept = self.without_field(field)
        return replace(kept, root=both([kept.root, Term(field, value)]))

    def toggle(self, field: str, value: str) -> Query:
        """Narrowed further by this value, or no longer if it was: what a facet's link does."""
        if self.has(field, value):
            return self.without_field(field, value)
        return replace(self, root=both([self.root, Term(field, value)]))

    def with_sort(self, sort: str) -> Query:
        """The same in another order."""
        return replace(self, sort=sort)

    def _keep(self, wanted: Callable[[Node], bool]) -> Query:
        return replace(self, root=both(part for part in self._parts if wanted(part)))


def _is_term(part: Node, field: str, value: str) -> bool:
    return isinstance(part, Term) and part.field == field and value in {"", part.value}


def print_node(node: Node) -> str:
    """The text that parses to this tree."""
    match node:
        case Word():
            return node.text + "*" * node.prefix
        case Phrase():
            return f'"{node.text}"'
        case Term():
            return f"{node.field}:{_quoted(node.value)}"
        case Not():
            return "-" + _grouped(node.part, in_not=True)
        case And():
            return " ".join(_grouped(part) for part in node.parts)
        case Or():
            return " or ".join(print_node(part) for part in node.parts)


def _grouped(node: Node, *, in_not: bool = False) -> str:
    needs = isinstance(node, Or) or (in_not and isinstance(node, And))
    return f"({print_node(node)})" if needs else print_node(node)


_PLAIN = re.compile(r"[^\s\"“”„«»「」『』()（）*]+")


def _quoted(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else f'"{value}"'
