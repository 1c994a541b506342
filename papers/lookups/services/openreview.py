"""OpenReview's API: https://docs.openreview.net/reference/api-v2.

It names no limit; we keep one.
"""

from __future__ import annotations

import re
from typing import Any

from papers.lookups.found_work import Found, WrongWork, make_found
from papers.lookups.services.json import as_list, as_object, as_text, read_json
from papers.lookups.services.service import Service, quoted
from papers.lookups.subjects import OPENREVIEW, Subject
from papers.text.identifiers import openreview_url

_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_RANK = re.compile(r"\s+(?:poster|oral|spotlight|notable.*|conditional.*)$", re.IGNORECASE)


def write_path(subject: Subject) -> str:
    """The note of one forum."""
    return f"/notes?id={quoted(subject.value)}" if subject.kind == OPENREVIEW else ""


def read(body: bytes, subject: Subject) -> Found | None:
    """The first note; both versions of the API are read: plain values, or {"value": ...}."""
    notes = as_list(read_json(body).get("notes"))
    if not notes:
        return None
    note = as_object(notes[0])
    if subject.value not in (note.get("id"), note.get("forum")):
        raise WrongWork(f"OpenReview answered with {as_text(note.get('id'))[:100]}.")
    content = {name: _get_value(one) for name, one in as_object(note.get("content")).items()}
    venue = _RANK.sub("", as_text(content.get("venue")))
    year = _YEAR.search(venue)
    return make_found(
        title=content.get("title"),
        authors=as_list(content.get("authors")),
        abstract=content.get("abstract"),
        venue=venue,
        year=year[1] if year else None,
        names=tuple(_list_names(subject.value, content)),
    )


def _get_value(value: Any) -> Any:
    return value["value"] if isinstance(value, dict) and "value" in value else value


def _list_names(forum: str, content: dict[str, Any]) -> list[str]:
    has_pdf = as_text(content.get("pdf")).startswith("/pdf")
    pdf = [f"https://openreview.net/pdf?id={forum}"] if has_pdf else []
    return [openreview_url(forum), *pdf]


SERVICE = Service("openreview", "OpenReview", "https://api2.openreview.net", 1.0, write_path, read)
OLDER = Service("openreview1", "OpenReview", "https://api.openreview.net", 1.0, write_path, read)
"""Conferences before 2023 are here only."""
