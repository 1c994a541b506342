"""An issue among the data: its title, state, people and text as one record."""

from collections.abc import Iterator

from papers.importing.reading.formats.data.data_values import Value
from papers.importing.reading.outline.document import Line
from papers.importing.reading.outline.pieces import Piece, read_addresses


def plain_line(number: int, text: str) -> Line:
    """A value as a line: it is no Markdown, its stars and brackets are its own."""
    pieces = tuple(read_addresses(Piece(" ".join(text.split()))))
    return Line(number, text, pieces)


def is_issue(value: Value) -> bool:
    """An issue as GitHub gives it: a title, and a text in Markdown."""
    said = {key.lower(): one for key, one in value.pairs}
    title, body = said.get("title"), said.get("body")
    return bool(
        title
        and title.text
        and body
        and body.kind == "text"
        and ("number" in said or "state" in said or "\n" in body.text)
    )


def issue_fields(value: Value) -> Iterator[tuple[str, Line]]:
    """An issue's fields under the names that the reader of records knows."""
    said = {key.lower(): one for key, one in value.pairs}
    people = [
        name for key in ("assignees", "assignee") if key in said for name in _logins(said[key])
    ]
    writers = [name for key in ("author", "user") if key in said for name in _logins(said[key])]
    for key, one in value.pairs:
        lower = key.lower()
        if lower == "labels":
            yield from (("tags", line) for line in _logins(one))
        elif lower == "comments" and one.kind == "list":
            yield from (("comment", line) for inner in one.items for line in _texts(inner))
        elif lower in ("title", "body", "html_url", "url") and one.text:
            name = "issue" if lower.endswith("url") else lower
            yield (
                name,
                Line(one.line, one.text) if lower == "body" else plain_line(one.line, one.text),
            )
        elif one.kind == "text" and one.text:
            yield "status", plain_line(one.line, one.text)
    yield from (("reviewer", line) for line in people or writers)


def _logins(value: Value) -> list[Line]:
    """The names of accounts or labels."""
    values = value.items if value.kind == "list" else [value]
    found = []
    for one in values:
        inner = {key.lower(): each for key, each in one.pairs}
        name = inner.get("login") or inner.get("name") or one
        if name.text:
            found.append(plain_line(name.line, name.text))
    return found


def _texts(value: Value) -> Iterator[Line]:
    """A comment with who wrote it."""
    inner = {key.lower(): one for key, one in value.pairs}
    writer = next(
        (line.text for key in ("author", "user") if key in inner for line in _logins(inner[key])),
        "",
    )
    if (body := inner.get("body")) and body.text:
        yield Line(body.line, f"{writer}: {body.text}" if writer else body.text)
