"""Values of YAML, JSON and TOML with the lines they stand on, whatever the parser tells of them."""

import json
import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_VALUES = 400_000
"""Values of a file that are read."""
DEEPEST = 40
"""Brackets within brackets at most."""

_BRACKETS = re.compile(r"[\[\]{}]")
_STACKED = re.compile(
    r"^[ \t]*+(?:[-?:][ \t]++){40}|^[ \t]{200}|[&*!]\w++(?:\s*+[&*!]\w++){40}", re.MULTILINE
)


class CannotRead(Exception):
    """The text is not what it claims to be; the line and a reason."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line, self.why = line, why


@dataclass(slots=True)
class Value:
    """A scalar, a list or a mapping with the line it begins and ends on."""

    line: int
    end: int
    text: str = ""
    items: list["Value"] = field(default_factory=list)
    pairs: list[tuple[str, "Value"]] = field(default_factory=list)
    kind: str = "text"


def parse_yaml(text: str, first: int = 1) -> Value:
    """The value of a YAML (or JSON) text. Raises CannotRead."""
    if is_tangled(text):
        raise CannotRead(first, "nested too deeply")
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise CannotRead(
            first + (mark.line if mark else 0), getattr(error, "problem", None) or "broken"
        ) from error
    except (RecursionError, ValueError) as error:
        raise CannotRead(first, "nested too deeply") from error
    if node is None:
        raise CannotRead(first, "empty")
    return _from_yaml(node, first, [MOST_VALUES], 0)


def _from_yaml(node: yaml.Node, first: int, budget: list[int], depth: int) -> Value:
    start = first + node.start_mark.line
    end = max(start, first + node.end_mark.line - (node.end_mark.column == 0))
    budget[0] -= 1
    if depth > DEEPEST or budget[0] < 0:
        return Value(start, end)
    if isinstance(node, yaml.SequenceNode):
        items = [_from_yaml(one, first, budget, depth + 1) for one in node.value]
        return Value(start, end, items=items, kind="list")
    if isinstance(node, yaml.MappingNode):
        pairs = [
            (
                str(key.value) if isinstance(key, yaml.ScalarNode) else "",
                _from_yaml(one, first, budget, depth + 1),
            )
            for key, one in node.value
        ]
        return Value(start, end, pairs=pairs, kind="map")
    is_null = node.tag == "tag:yaml.org,2002:null"
    return Value(start, end, "" if is_null else str(node.value).strip())


def is_tangled(text: str) -> bool:
    """Whether YAML is nested as no page is; the parser takes quadratic time over such text."""
    if _STACKED.search(text):
        return True
    depth = 0
    for bracket in _BRACKETS.finditer(text):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > DEEPEST:
            return True
    return False


class _Finder:
    """Gives values of a parser without positions the line where each stands, from above to
    below.
    """

    def __init__(self, text: str, first: int) -> None:
        self.text, self.first, self.at, self.line = text, first, 0, first

    def find(self, said: str) -> int:
        """The line of the next place that says this; the last line found where nothing does."""
        probe = said.strip().split("\n")[0][:60]
        for one in (probe, json.dumps(probe)[1:-1], json.dumps(probe, ensure_ascii=False)[1:-1]):
            place = self.text.find(one, self.at, self.at + 200_000) if one else -1
            if place >= 0:
                self.line += self.text.count("\n", self.at, place)
                self.at = place
                return self.line
        return self.line


def _from_python(value: Any, finder: _Finder, depth: int = 0) -> Value:
    if depth > DEEPEST:
        return Value(finder.line, finder.line)
    if isinstance(value, dict):
        start = finder.line
        pairs: list[tuple[str, Value]] = []
        for key, one in value.items():
            line = finder.find(str(key))
            start = start if pairs else line
            pairs.append((str(key), _from_python(one, finder, depth + 1)))
        return Value(start, finder.line, pairs=pairs, kind="map")
    if isinstance(value, list):
        start = finder.line
        items = [_from_python(one, finder, depth + 1) for one in value]
        return Value(items[0].line if items else start, finder.line, items=items, kind="list")
    said = "" if value is None else str(value)
    line = finder.find(said)
    finder.at += len(said.split("\n")[0]) if said else 0
    return Value(line, line, said.strip())


def parse_json(text: str, first: int = 1) -> Value:
    """The value of a JSON text; several objects one a line are a list. Raises CannotRead."""
    if is_tangled(text):
        raise CannotRead(first, "nested too deeply")
    try:
        value = json.loads(text)
    except ValueError as error:
        try:
            value = [json.loads(line) for line in text.split("\n") if line.strip()]
        except ValueError:
            line = getattr(error, "lineno", 1)
            raise CannotRead(first + line - 1, getattr(error, "msg", "broken")) from error
    return _from_python(value, _Finder(text, first))


def parse_toml(text: str, first: int = 1) -> Value:
    """The value of a TOML text. Raises CannotRead."""
    try:
        value = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise CannotRead(first, str(error)) from error
    return _from_python(value, _Finder(text, first))
