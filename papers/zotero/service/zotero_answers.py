"""Reading Zotero's answers: whatever is not of the expected kind is left out. Pure."""

from __future__ import annotations

import re
from typing import Any

from papers.lookups.found_work import clean_line, clean_text, read_year
from papers.lookups.services.json import as_list, as_object, as_text, load_json
from papers.zotero.service.zotero_values import NOT_PAPERS, VENUES, Collection, Creator, Item, Read

_KEY = re.compile(r"[23456789ABCDEFGHIJKLMNPQRSTUVWXYZ]{8}")
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|2[01]\d\d)(?!\d)")
MOST_CREATORS = 1000


def read(body: bytes, kind: str) -> Read:
    """One answer, whose kind the question tells. Raises Unreadable."""
    return _READERS[kind](load_json(body))


def _read_items(found: Any) -> Read:
    items = (_read_item(as_object(one)) for one in as_list(found))
    return Read(items=tuple(one for one in items if one))


def _read_item(row: dict[str, Any]) -> Item | None:
    data = as_object(row.get("data"))
    key, kind, title = as_text(data.get("key")), as_text(data.get("itemType")), _read_title(data)
    if not _KEY.fullmatch(key) or kind in NOT_PAPERS or not title:
        return None
    venue_field = next((name for name in VENUES if as_text(data.get(name))), "")
    venue_field = venue_field or next((name for name in VENUES if name in data), "")
    date = _YEAR.search(as_text(data.get("date")))
    names = [as_text(data.get(name)) for name in ("DOI", "url", "archiveID", "extra")]
    return Item(
        key=key,
        version=_read_number(data.get("version")),
        type=kind[:40],
        title=title,
        creators=tuple(
            made
            for one in as_list(data.get("creators"))[:MOST_CREATORS]
            if (made := _read_creator(as_object(one))).said
        ),
        year=read_year(date[0]) if date else None,
        venue=clean_line(as_text(data.get(venue_field)))[:300],
        venue_field=venue_field,
        abstract=clean_text(as_text(data.get("abstractNote")))[:64_000],
        names=tuple(clean_line(name)[:2000] for name in names if name),
        collections=_read_keys(data.get("collections")),
        is_trashed=bool(data.get("deleted")),
    )


def _read_title(data: dict[str, Any]) -> str:
    """Cases and statutes name theirs differently."""
    names = ("title", "caseName", "nameOfAct", "subject")
    return clean_line(next(filter(None, (as_text(data.get(name)) for name in names)), ""))[:1000]


def _read_creator(row: dict[str, Any]) -> Creator:
    parts = [clean_line(as_text(row.get(name)))[:150] for name in ("firstName", "lastName", "name")]
    return Creator(as_text(row.get("creatorType"))[:40] or "author", *parts)


def _read_collections(found: Any) -> Read:
    rows = [as_object(as_object(one).get("data")) for one in as_list(found)]
    kept = [row for row in rows if not row.get("deleted")]
    gone = [row.get("key") for row in rows if row.get("deleted")]
    made = (
        Collection(
            as_text(row.get("key")), clean_line(as_text(row.get("name")))[:300], _read_key(row)
        )
        for row in kept
    )
    return Read(
        collections=tuple(one for one in made if _KEY.fullmatch(one.key) and one.name),
        gone_collections=_read_keys(gone),
        count=len(rows),
    )


def _read_key(row: dict[str, Any]) -> str:
    parent = as_text(row.get("parentCollection"))
    return parent if _KEY.fullmatch(parent) else ""


def _read_keys(found: Any) -> tuple[str, ...]:
    return tuple(one for one in map(as_text, as_list(found)) if _KEY.fullmatch(one))


def _read_versions(found: Any) -> Read:
    rows = as_object(found).items()
    return Read(versions={key: _read_number(one) for key, one in rows if _KEY.fullmatch(key)})


def _read_gone(found: Any) -> Read:
    row = as_object(found)
    return Read(
        gone_items=_read_keys(row.get("items")), gone_collections=_read_keys(row.get("collections"))
    )


def _read_written(found: Any) -> Read:
    row = as_object(found)
    saved = {**as_object(row.get("successful")), **as_object(row.get("unchanged"))}
    failed = as_object(row.get("failed")).items()
    return Read(
        written={
            int(place): _read_number(as_object(one).get("version"))
            for place, one in saved.items()
            if place.isdecimal() and len(place) < 4
        },
        failed={
            int(place): _read_number(as_object(one).get("code"))
            for place, one in failed
            if place.isdecimal() and len(place) < 4
        },
    )


def _read_rights(found: Any) -> Read:
    """Which groups a key may read and change; "all" stands for every group."""
    groups = as_object(as_object(as_object(found).get("access")).get("groups"))
    rights = {name: as_object(one) for name, one in groups.items()}
    return Read(
        readable=tuple(name for name, one in rights.items() if one.get("library")),
        writable=tuple(name for name, one in rights.items() if one.get("write")),
    )


def _read_number(value: Any) -> int:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 <= value < 2**62 else 0


_READERS = {
    "items": _read_items,
    "collections": _read_collections,
    "versions": _read_versions,
    "gone": _read_gone,
    "written": _read_written,
    "rights": _read_rights,
}
