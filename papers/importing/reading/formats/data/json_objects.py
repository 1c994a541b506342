"""Objects of a JSON file with the lines on which they stand; several objects one a line too."""

import json
import re
from dataclasses import dataclass
from typing import Any

from papers.importing.reading.formats.data.data_values import CannotRead, is_tangled

MOST_RECORDS = 20_000


@dataclass(slots=True)
class JsonRecord:
    """One object."""

    line: int
    end: int
    data: dict[str, Any]


_BLANK = re.compile(r"[\s,\ufeff]*+")
_decoder = json.JSONDecoder()


def read_objects(text: str) -> list[JsonRecord]:
    """The objects of a list, of a file of lines, or of a mapping's lists. Raises CannotRead.

    Each object is read by itself, so that its lines are known, and a broken one is named by its
    own.
    """
    if is_tangled(text):
        raise CannotRead(1, "nested too deeply")
    start = _BLANK.match(text)
    at = start.end() if start else 0
    if text[at : at + 1] == "[":
        return _read_list(text, at + 1, _Lines(text), "]")
    if text[at : at + 1] == "{":
        return _read_list(text, at, _Lines(text), "")
    raise CannotRead(1, "no list or object")


class _Lines:
    """Line numbers of places that only grow."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.line = text, 0, 1

    def of(self, place: int) -> int:
        self.line += self.text.count("\n", self.at, place)
        self.at = place
        return self.line


def _read_list(text: str, at: int, lines: _Lines, close: str) -> list[JsonRecord]:
    found: list[JsonRecord] = []
    while True:
        gap = _BLANK.match(text, at)
        at = gap.end() if gap else at
        if at >= len(text) or (close and text.startswith(close, at)):
            if close and at >= len(text):
                raise CannotRead(lines.of(len(text)), "the list isn't closed")
            return found
        line = lines.of(at)
        try:
            value, end = _decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            place = getattr(error, "pos", at)
            raise CannotRead(lines.of(max(place, at)), getattr(error, "msg", "broken")) from error
        if isinstance(value, dict):
            found.append(JsonRecord(line, lines.of(end), value))
        at = end
        if len(found) > MOST_RECORDS:
            raise CannotRead(line, f"more than {MOST_RECORDS:,} records")


def open_wrapping(records: list[JsonRecord]) -> list[JsonRecord]:
    """The objects of an outer object's one list: {"items": [...]}, {"documents": [...]}."""
    if len(records) != 1:
        return records
    outer = records[0]
    for key in ("items", "documents", "references", "data", "message", "issues", "results"):
        inner = outer.data.get(key)
        if isinstance(inner, dict):
            inner = inner.get("items")
        if isinstance(inner, list) and any(isinstance(one, dict) for one in inner):
            return [
                JsonRecord(outer.line, outer.end, one) for one in inner if isinstance(one, dict)
            ]
    return records


def as_text(value: Any) -> str:
    """A plain value as text; the first of a list; nothing for what holds more."""
    if isinstance(value, list):
        return as_text(value[0]) if value else ""
    if isinstance(value, bool) or value is None or isinstance(value, dict):
        return ""
    return " ".join(str(value).split()) if "\n" not in str(value) else str(value).strip()


def as_list(value: Any) -> list[Any]:
    """A list; one value as a list of it; nothing as none."""
    if isinstance(value, list):
        return value
    return [] if value in (None, "") else [value]
