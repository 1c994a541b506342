"""Data files (YAML, JSON, TOML) and front matter: mappings become records, groups of them
sections.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from papers.importing.reading.document import Block, Line, Outline
from papers.importing.reading.drafts import Problem
from papers.importing.reading.formats.values import (
    CannotRead,
    Value,
    parse_json,
    parse_toml,
    parse_yaml,
)
from papers.importing.reading.grower import Grower, new_outline
from papers.importing.reading.labels import meaning_of_key
from papers.importing.reading.pieces import Piece, read_addresses

_LABELS = (
    "display",
    "name",
    "title",
    "topic",
    "category",
    "section",
    "label",
    "heading",
    "group",
    "theme",
    "area",
    "subject",
)


def plain_line(number: int, text: str) -> Line:
    """A value as a line: it is no Markdown, its stars and brackets are its own."""
    pieces = tuple(read_addresses(Piece(" ".join(text.split()))))
    return Line(number, text, pieces)


def grow_value(value: Value, grower: Grower, *, page: bool = False) -> None:
    """Hang records and their groups where the tree grows; `page` marks front matter."""
    if value.kind == "list":
        for one in value.items:
            grow_value(one, grower)
    elif value.kind == "map":
        _grow_map(value, grower, page=page)
    elif value.text:
        grower.add(
            Block(
                "record", value.line, value.end, fields=[("", plain_line(value.line, value.text))]
            )
        )


def _grow_map(value: Value, grower: Grower, *, page: bool) -> None:
    flat = {id(one): list(_flat(key, one)) for key, one in value.pairs if _holds_maps(one)}
    inner = [(key, one) for key, one in value.pairs if _holds_maps(one) and not flat[id(one)]]
    fields = [
        (key, line) for key, one in value.pairs if not _holds_maps(one) for line in _lines(one)
    ]
    fields += [pair for found in flat.values() for pair in found]
    if _is_issue(value):
        grower.add(Block("record", value.line, value.end, fields=list(_issue_fields(value))))
        return
    is_group = bool(inner) and not page and not _says_paper(value, has_inner=True)
    if fields and not is_group:
        said = {meaning_of_key(key) for key, _ in fields}
        fields += [(key, line) for key, line in grower.shared if meaning_of_key(key) not in said]
        block = Block("record", value.line, value.end, fields=fields, is_page=page)
        if inner:
            block.end = max(line.number for _, line in fields)
        grower.add(block)
    for key, one in inner:
        _grow_group(key, one, fields if is_group else [], grower, value, page=page)


def _groups(value: Value) -> list[Value]:
    """What holds further mappings."""
    return [one for _, one in value.pairs if _holds_maps(one)]


def _flat(key: str, one: Value) -> Iterator[tuple[str, Line]]:
    """The fields of a mapping that tells of its paper: links by kind, authors by name."""
    meaning = meaning_of_key(key)
    if one.kind == "map" and meaning in ("link", "code") and not _holds_deeper(one):
        for name, inner in one.pairs:
            for line in _lines(inner):
                yield (name if meaning_of_key(name) else key), line
    elif one.kind == "list" and meaning in ("authors", "member"):
        for person in one.items:
            names = dict(person.pairs)
            if (own := names.get("name") or names.get("fullname")) and own.text:
                yield key, plain_line(own.line, own.text)


def _holds_deeper(one: Value) -> bool:
    return any(_holds_maps(inner) for _, inner in one.pairs)


def _grow_group(
    key: str,
    one: Value,
    fields: list[tuple[str, Line]],
    grower: Grower,
    value: Value,
    *,
    page: bool,
) -> None:
    """Mappings under a key are a section, called what the mapping calls itself, or else the key."""
    section = grower.section
    level = max(section.level + 1, 2)
    own = next((line for name in _LABELS for given, line in fields if given.lower() == name), None)
    label = own or (
        None
        if page or _says_nothing(key)
        else Line(one.line, key.replace("_", " ").replace("-", " "))
    )
    if own is not None and grower.whole is value:
        grower.outline.title = grower.outline.title or own.text
        grower.outline.tell(own.number, "title")
        label = None if _says_nothing(key) else Line(one.line, key.replace("_", " "))
    if one.kind == "map" and (inner_label := _own_label(one)) is not None and own is None:
        label = None if inner_label else label
    if label is not None:
        grower.heading(level, label.number if own else _key_line(value, one), label.text)
    shared = grower.shared
    rest = [(name, line) for name, line in fields if line is not own]
    grower.shared = [
        (n, line) for n, line in rest if meaning_of_key(n) in ("member", "meeting", "date")
    ] or shared
    told = [(name, line) for name, line in rest if (name, line) not in grower.shared]
    if told:
        grower.add(Block("record", told[0][1].number, told[-1][1].number, fields=told))
    grow_value(one, grower)
    grower.section, grower.shared = section, shared


def _is_issue(value: Value) -> bool:
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


def _issue_fields(value: Value) -> Iterator[tuple[str, Line]]:
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


def _key_line(value: Value, one: Value) -> int:
    return max(value.line, one.line - 1)


def _own_label(value: Value) -> bool | None:
    """Whether a group names itself; None if it is no group."""
    if not any(_holds_maps(one) for _, one in value.pairs):
        return None
    return any(
        key.lower() in _LABELS and one.kind == "text" and one.text for key, one in value.pairs
    )


_OF_LISTS = frozenset(
    """paper item entrie entry session section group topic categorie category reading list
    data article publication result meeting schedule event talk link resource reference
    content children row record extra_reading related related_paper label assignee user
    author comment milestone""".split()  # noqa: SIM905
)
"""Keys of lists that say no more than that they hold papers, in the singular."""


def _says_nothing(key: str) -> bool:
    """Keys of lists that only say that they are lists of papers, or a number."""
    name = key.strip().lower().rstrip("s")
    return not name or name in _OF_LISTS


def _says_paper(value: Value, *, has_inner: bool = False) -> bool:
    """A mapping with a title and something else that papers have is a paper, whatever it holds
    besides.
    """
    said = {
        meaning_of_key(key)
        for key, one in value.pairs
        if one.kind != "map" and (one.text or one.items)
    }
    return "title" in said and bool(
        said
        & (
            {"link", "authors", "venue"}
            if has_inner
            else {"link", "authors", "venue", "date", "member"}
        )
    )


def _holds_maps(value: Value) -> bool:
    if value.kind == "map":
        return True
    return value.kind == "list" and any(one.kind in ("map", "list") for one in value.items)


def _lines(value: Value) -> Iterator[Line]:
    for one in value.items if value.kind == "list" else [value]:
        if one.text:
            yield plain_line(one.line, one.text)


def read_data(text: str, form: str) -> Outline:
    """The tree of a whole data file; a problem says why there is none."""
    outline = new_outline(text, form)
    try:
        if form == "JSON":
            value = parse_json(text)
        elif form == "TOML":
            value = parse_toml(text)
        else:
            value = parse_yaml(text)
    except CannotRead as error:
        outline.problems.append(
            Problem(
                error.line,
                _("This looks like %(form)s, but it isn't valid from line %(line)s on (%(why)s).")
                % {"form": form, "line": error.line, "why": error.why},
            )
        )
        return outline
    grower = Grower(outline)
    grower.whole = value if value.kind == "map" and len(_groups(value)) == 1 else None
    grow_value(value, grower)
    return outline


def grow_front(outline: Outline, grower: Grower) -> None:
    """Front matter as a record of the page; what cannot be read is told."""
    if not outline.front:
        return
    try:
        parse = parse_toml if outline.front_is_toml else parse_yaml
        value = parse(outline.front, outline.front_start)
    except CannotRead as error:
        outline.problems.append(Problem(error.line, _sentence(error)))
        outline.use(outline.front_start, outline.front_start + outline.front.count("\n"))
        return
    if value.kind == "map":
        grow_value(value, grower, page=True)


def _sentence(error: CannotRead) -> str:
    if error.why == "nested too deeply":
        return _(
            "The front matter is nested too deeply and was skipped. "
            "Use plain keys, values and lists."
        )
    return _(
        "The front matter isn't valid YAML from line %(line)s on (%(why)s), so it was skipped. "
        "Quote values that contain a colon, and indent with spaces."
    ) % {"line": error.line, "why": error.why}


_TEXT_NAMES = (
    ".md",
    ".markdown",
    ".mdx",
    ".txt",
    ".text",
    ".rst",
    ".org",
    ".html",
    ".htm",
    ".csv",
    ".tsv",
    ".bib",
)


def data_form(text: str, name: str) -> str:
    """ "YAML", "JSON" or "TOML" if the file is one by its name or by its beginning, else ""."""
    lower = name.lower()
    for ends, form in (
        ((".yml", ".yaml"), "YAML"),
        ((".json", ".jsonl", ".ndjson"), "JSON"),
        ((".toml",), "TOML"),
    ):
        if lower.endswith(ends):
            return form
    if lower.endswith(_TEXT_NAMES):
        return ""
    head = text.lstrip()[:2000]
    if re.match(r"[\[{]\s*[\[{\"]", head) and text.rstrip()[-1:] in "]}":
        return "JSON"
    lines = [
        line for line in head.split("\n")[:-1] if line.strip() and not line.lstrip().startswith("#")
    ]
    keyed = sum(bool(re.match(r"\s*(?:- )?[\w-]+:(?:\s|$)", line)) for line in lines)
    if (
        len(lines) >= 4
        and keyed * 10 >= len(lines) * 8
        and re.match(r"(?:---\s*\n)?\s*(?:#.*\n\s*)*(?:- )[\w-]+:\s", head)
    ):
        return "YAML"
    return ""
