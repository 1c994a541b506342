"""Mappings and lists of data as sections, records and lines of the tree."""

import re
from collections.abc import Iterator

from papers.importing.reading.formats.data.data_references import (
    is_references,
    list_references,
    text_line,
)
from papers.importing.reading.formats.data.data_values import Value
from papers.importing.reading.formats.data.issue_fields import is_issue, issue_fields, plain_line
from papers.importing.reading.labels.meanings import meaning_of_key
from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.outline.document import Block, Line
from papers.importing.reading.outline.grower import Grower
from papers.importing.reading.outline.pieces import Piece

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


def grow_value(value: Value, grower: Grower, *, page: bool = False) -> None:
    """Hang records and their groups where the tree grows; `page` marks front matter."""
    if is_references(value):
        grower.add(list_references(value))
    elif value.kind == "list":
        is_series = _is_series(value)
        for one in value.items:
            if is_series and not _holds_readings(one) and not _says_paper(one, has_inner=True):
                _grow_group(
                    "", Value(one.line, one.end, kind="list"), list(_plain(one)), grower, one
                )
            else:
                grow_value(one, grower)
    elif value.kind == "map":
        _grow_map(value, grower, page=page)
    elif value.text:
        grower.add(
            Block(
                "record", value.line, value.end, fields=[("", plain_line(value.line, value.text))]
            )
        )


def _is_series(value: Value) -> bool:
    """Whether a list is one of meetings, some of which hold lists of what was read."""
    return sum(map(_holds_readings, value.items)) * 4 >= len(value.items) > 2


def _holds_readings(one: Value) -> bool:
    """A mapping with a title and with mappings below it: a meeting with its papers."""
    return (
        one.kind == "map"
        and any(_holds_maps(inner) for _, inner in one.pairs)
        and not _says_paper(one, has_inner=True)
        and any(meaning_of_key(key) == "title" for key, _ in one.pairs)
    )


def _plain(value: Value) -> Iterator[tuple[str, Line]]:
    for key, one in value.pairs:
        for line in _lines(one):
            yield key, line


def _grow_map(value: Value, grower: Grower, *, page: bool) -> None:
    flat = {id(one): list(_flat(key, one)) for key, one in value.pairs if _holds_maps(one)}
    inner = [(key, one) for key, one in value.pairs if _holds_maps(one) and not flat[id(one)]]
    cited = [] if _says_beside(value) else [one for _, one in value.pairs if is_references(one)]
    plain = [(key, one) for key, one in value.pairs if not _holds_maps(one) and one not in cited]
    fields = [(key, line) for key, one in plain for line in _lines(one)]
    fields += [pair for found in flat.values() for pair in found]
    if is_issue(value):
        grower.add(Block("record", value.line, value.end, fields=list(issue_fields(value))))
        return
    is_group = bool(inner) and not page and not _says_paper(value, has_inner=True)
    if fields and not is_group:
        said = {meaning_of_key(key) for key, _ in fields}
        fields += [(key, line) for key, line in grower.shared if meaning_of_key(key) not in said]
        block = Block("record", value.line, value.end, fields=fields, is_page=page)
        if inner:
            block.end = max(line.number for _, line in fields)
        grower.add(block)
    for one in cited:
        grower.add(list_references(one))
    for key, one in inner:
        _grow_group(key, one, fields if is_group else [], grower, value, page=page)


def _says_beside(value: Value) -> bool:
    """Whether a mapping is a paper, or says when, by whom or under which topic its texts stand:
    they belong to its record then.
    """
    said = {meaning_of_key(key) for key, one in value.pairs if one.text}
    return _says_paper(value) or bool(said & {"tags", "meeting", "date", "member"})


def groups(value: Value) -> list[Value]:
    """What holds further mappings."""
    return [one for _, one in value.pairs if _holds_maps(one)]


_FLAT = ("link", "code", "meeting", "member")
"""What a mapping is called that tells of the paper around it."""


def _flat(key: str, one: Value) -> Iterator[tuple[str, Line]]:
    """The fields of a mapping that tells of its paper: links by kind, authors by name, who
    presented it and when.
    """
    meaning = meaning_of_key(key)
    if _are_materials(one):
        for item in one.items:
            yield from _material(item)
    elif (
        one.kind == "map"
        and meaning in ("link", "code", "meeting", "member")
        and not _holds_deeper(one)
    ):
        for name, inner in one.pairs:
            for line in _lines(inner):
                yield (name if meaning_of_key(name) else key), line
    elif one.kind == "list" and meaning in ("authors", "member", "tags"):
        for person in one.items:
            names = dict(person.pairs)
            if (own := names.get("name") or names.get("fullname")) and own.text:
                yield key, plain_line(own.line, own.text)


_NAMES = ("name", "title", "label", "type", "kind")
_PLACES = ("link", "url", "href", "file", "path")


def _are_materials(value: Value) -> bool:
    """A list of links by their kinds, "Paper", "Slides", "Code": they are one paper's."""
    found = [next(_material(one), None) for one in value.items]
    return value.kind == "list" and bool(found) and None not in found


def _material(one: Value) -> Iterator[tuple[str, Line]]:
    """What a link is and where it leads, nothing for other mappings."""
    said = {key.casefold(): inner for key, inner in one.pairs}
    place = next((said[key] for key in _PLACES if key in said), None)
    name = next((said[key].text for key in _NAMES if key in said and said[key].text), "")
    if place is not None and place.text and name and is_label_link(Piece(name, place.text)):
        yield name, text_line(place)


def _holds_deeper(one: Value) -> bool:
    return any(_holds_maps(inner) for _, inner in one.pairs)


def _grow_group(
    key: str,
    one: Value,
    fields: list[tuple[str, Line]],
    grower: Grower,
    value: Value,
    *,
    page: bool = False,
) -> None:
    """Mappings under a key are a section, called what the mapping calls itself, or else the key."""
    section = grower.section
    level = max(section.level + 1, 2)
    own = next((line for name in _LABELS for given, line in fields if given.lower() == name), None)
    own = own or next((line for given, line in fields if _OWN_TITLE.search(given)), None)
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


def _key_line(value: Value, one: Value) -> int:
    return max(value.line, one.line - 1)


def _own_label(value: Value) -> bool | None:
    """Whether a group names itself; None if it is no group."""
    if not any(_holds_maps(one) for _, one in value.pairs):
        return None
    return any(
        key.lower() in _LABELS and one.kind == "text" and one.text for key, one in value.pairs
    )


_OWN_TITLE = re.compile(r"\w(?:title|topic|theme)$", re.IGNORECASE)
""" "weektitle", "session_topic"."""
_OF_LISTS = frozenset(
    """paper item entrie entry session section group topic categorie category reading list
    data article publication result meeting schedule event talk link resource reference
    content children row record extra_reading related related_paper label assignee user
    author comment milestone day week lecture class""".split()  # noqa: SIM905
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
            yield text_line(one)
