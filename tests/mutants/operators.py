"""Small faults: what may be changed in a function so that a good test fails. Pure."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Break: ast.Continue,
}  # fmt: skip
MESSAGES = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}
"""Calls whose texts are for people: which words they choose is no matter of tests."""

LINKS = {"filter", "exclude", "current", "open", "leased", "distinct", "order_by", "union"}
"""Calls of a queryset that may be left out of the chain."""

ECONOMIES = {"no_key", "update_fields"}
"""Keywords that lock or write less than would do no harm: what comes out is the same without."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: in which line, what it was and what it is, and the whole changed tree."""

    line: int
    before: str
    after: str
    tree: ast.Module

    def __str__(self) -> str:
        return f"{self.line}: {self.before}  ->  {self.after}"


def make_mutants(source: str) -> Iterator[Mutant]:
    """Every change of every function; what stands outside of functions is left alone."""
    tree = ast.parse(source)
    number = 0
    while (mutant := _make_mutant(tree, number)) is not None:
        number += 1
        if mutant.before != mutant.after:
            yield mutant


def _make_mutant(tree: ast.Module, number: int) -> Mutant | None:
    """The change with this number, counted through the whole tree."""
    changer = _Changer(number)
    changed = changer.visit(deepcopy(tree))
    if changer.before is None:
        return None
    ast.fix_missing_locations(changed)
    return Mutant(changer.line, changer.before, changer.after, changed)


class _Changer(ast.NodeTransformer):
    """Walks the tree, counts what could be changed, and changes the one that is asked for."""

    def __init__(self, number: int) -> None:
        self.left = number
        self.depth = 0
        self.line = 0
        self.before: str | None = None
        self.after = ""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.depth += 1
        if isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant):
            rest = [self.visit(one) for one in node.body[1:]]
            node.body = [node.body[0], *rest] if rest else node.body
        else:
            node.body = [self.visit(one) for one in node.body]
        self.depth -= 1
        return node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MESSAGES:
            return node
        if isinstance(node, ast.arg | ast.arguments | ast.Assert):
            return node
        if isinstance(node, ast.keyword) and node.arg in ECONOMIES:
            return node
        for change in _list_changes(node) if self.depth else ():
            if self.left == 0 and self.before is None:
                self.before, self.line = _print(node), getattr(node, "lineno", 0)
                node = change(node)
                self.after = _print(node)
                self.left -= 1
                return node
            self.left -= 1
        return super().generic_visit(node)


def _print(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())[:100]


def _list_changes(node: ast.AST) -> Iterator[Callable[[ast.AST], ast.AST]]:  # noqa: C901
    """What may be done to this node."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in SWAPS:
            yield lambda one: _with(one, ops=[SWAPS[type(one.ops[0])]()])
        case ast.BoolOp() | ast.BinOp() if type(node.op) in SWAPS:
            yield lambda one: _with(one, op=SWAPS[type(one.op)]())
        case ast.UnaryOp(op=ast.Not() | ast.Invert()):
            yield lambda one: one.operand
        case ast.If() | ast.IfExp() | ast.While():
            yield lambda one: _with(one, test=ast.UnaryOp(ast.Not(), one.test))
        case ast.Constant(value=bool()):
            yield lambda one: ast.Constant(not one.value)
        case ast.Constant(value=int()):
            yield lambda one: ast.Constant(one.value + 1)
        case ast.Constant(value=str(text)) if text:
            yield lambda one: ast.Constant(f"X{one.value}")
        case ast.Expr(value=ast.Call()):
            yield lambda _: ast.Pass()
        case ast.Raise():
            yield lambda _: ast.Pass()
        case ast.Call():
            yield from _list_call_changes(node)


def _list_call_changes(node: ast.Call) -> Iterator[Callable[[ast.AST], ast.AST]]:
    """A keyword left out, one by one; a link of a chain left out."""
    for place, keyword in enumerate(node.keywords):
        if keyword.arg in ECONOMIES:
            continue
        yield (
            lambda one, place=place: _with(
                one, keywords=[*one.keywords[:place], *one.keywords[place + 1 :]]
            )
        )
    if isinstance(node.func, ast.Attribute) and node.func.attr in LINKS:
        yield lambda one: one.func.value


def _with[Node: ast.AST](node: Node, **fields: object) -> Node:
    for name, value in fields.items():
        setattr(node, name, value)
    return node
