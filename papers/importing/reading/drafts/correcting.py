"""Facts of an entry that a member corrects by hand, over what its document says.

An entry is JSON, as `packing` writes it. What the document says in a column that a correction
changed stays in it under `AS_READ`, so that a correction can be shown, changed and taken back.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

AS_READ = "as_read"

STEP = " › "
"""Between the names of a topic's path."""

_COLUMNS = ("title", "authors", "year", "published_on", "venue_tags", "listings", "claims")

Facts = dict[str, Any]
"""What can be corrected, by field: `title` and `venue` (text), `year` (a number or nothing),
`authors` and `members` (names), `topics` (paths as text)."""


def read_facts(data: Mapping[str, Any]) -> Facts:
    """The facts of an entry as a form shows them."""
    on = data.get("published_on")
    year = data.get("year") or (date.fromisoformat(on).year if on else None)
    topics = [STEP.join(path) for one in data.get("listings", ()) if (path := one.get("topic"))]
    members = [str(one["member"]) for one in data.get("claims", ())]
    return {
        "title": str(data["title"]),
        "authors": list(data.get("authors", ())),
        "year": year,
        "venue": ", ".join(data.get("venue_tags", ())),
        "topics": list(dict.fromkeys(topics)),
        "members": list(dict.fromkeys(members)),
    }


def restore(data: Mapping[str, Any]) -> dict[str, Any]:
    """The entry as its document says it."""
    as_read: Mapping[str, Any] = data.get(AS_READ, {})
    plain = {name: value for name, value in data.items() if name not in (AS_READ, *as_read)}
    return plain | {name: value for name, value in as_read.items() if value is not None}


def correct(data: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
    """The entry with these facts in place of what its document says; other corrections end."""
    before = restore(data)
    after = dict(before)
    if "year" in facts:
        _set_year(after, facts["year"])
    if "venue" in facts:
        after["venue_tags"] = [facts["venue"]] if facts["venue"] else []
    for name in ("title", "authors"):
        if name in facts:
            after[name] = facts[name]
    if "topics" in facts:
        _set_topics(after, facts["topics"])
    if "members" in facts:
        after["claims"] = _list_claims(after, facts["members"])
    after = {name: value for name, value in after.items() if value not in ([], None)}
    changed = [name for name in _COLUMNS if before.get(name) != after.get(name)]
    return after | ({AS_READ: {name: before.get(name) for name in changed}} if changed else {})


def keep_changed(data: Mapping[str, Any], facts: Facts) -> Facts:
    """Those of the facts that say something else than the document."""
    said = read_facts(restore(data))
    return {name: value for name, value in facts.items() if value != said[name]}


def list_changes(data: Mapping[str, Any]) -> dict[str, str]:
    """What the document says of the facts that were corrected, by field."""
    if AS_READ not in data:
        return {}
    said, now = read_facts(restore(data)), read_facts(data)
    return {name: _show(said[name]) for name in said if said[name] != now[name]}


def _show(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value or "")


def _set_year(entry: dict[str, Any], year: int | None) -> None:
    """A day in another year would speak against it."""
    entry["year"] = year
    if not str(entry.get("published_on") or "").startswith(f"{year}-"):
        entry["published_on"] = None


def _set_topics(entry: dict[str, Any], topics: Sequence[str]) -> None:
    """Places that stay keep their notes; notes of those that go are put to the first new one."""
    here: list[dict[str, Any]] = entry.get("listings", [])
    paths = {text: _read_path(text, here) for text in topics}
    stay = [one for one in here if list(one.get("topic", ())) in paths.values()]
    gone = [one for one in here if one not in stay]
    known = [list(one["topic"]) for one in stay]
    new = [{"topic": path, "line": entry["line"]} for path in paths.values() if path not in known]
    notes = [one["note"] for one in gone if one.get("note")]
    rest: list[dict[str, Any]] = [gone[0] | {"topic": []}] if gone and not paths else []
    for place in [*new, *stay, *rest][:1]:
        if notes:
            place["note"] = "\n\n".join(filter(None, [place.get("note", ""), *notes]))
    entry["listings"] = [*stay, *new, *rest]
    first = next(iter(paths.values()), [])
    entry["claims"] = [
        one if list(one.get("topic", ())) in paths.values() else one | {"topic": first}
        for one in entry.get("claims", ())
    ]


def _read_path(text: str, listings: Sequence[Mapping[str, Any]]) -> list[str]:
    """A path as typed; one that stands in the document is that one, whatever is in its names."""
    paths = [list(one.get("topic", ())) for one in listings]
    known = next((path for path in paths if STEP.join(path) == text), None)
    return known or split_path(text)


def split_path(text: str) -> list[str]:
    """The names of a path, from the outermost in."""
    names = text.replace(" > ", STEP).split(STEP.strip())
    return [name.strip() for name in names if name.strip()]


def _list_claims(entry: Mapping[str, Any], members: Sequence[str]) -> list[dict[str, Any]]:
    """Members that stay keep their places on their lists."""
    here = {str(one["member"]): one for one in reversed(entry.get("claims", ()))}
    topic = next((list(one.get("topic", ())) for one in entry.get("listings", ())), [])
    new = {"line": entry["line"], "topic": topic}
    return [here.get(name, {"member": name} | new) for name in members]
