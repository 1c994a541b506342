"""Open Library's books: https://openlibrary.org/dev/docs/api/books."""

from __future__ import annotations

import re

from papers.lookups.found_work import Found, make_found
from papers.lookups.services.json import as_list, as_object, as_text, read_json
from papers.lookups.services.service import Service, quoted
from papers.lookups.subjects import ISBN, Subject

_YEAR = re.compile(r"\b\d{4}\b")


def write_path(subject: Subject) -> str:
    """The record of one book."""
    if subject.kind != ISBN:
        return ""
    return f"/api/books?bibkeys=ISBN:{quoted(subject.value)}&format=json&jscmd=data"


def read(body: bytes, subject: Subject) -> Found | None:
    """The record under the number that was asked for; an empty answer is no such book."""
    record = as_object(read_json(body).get(f"ISBN:{subject.value}"))
    if not record:
        return None
    year = _YEAR.search(as_text(record.get("publish_date")))
    title, subtitle = as_text(record.get("title")), as_text(record.get("subtitle"))
    publisher = as_object(next(iter(as_list(record.get("publishers"))), None))
    return make_found(
        title=f"{title}: {subtitle}" if title and subtitle else title,
        authors=[as_object(one).get("name") for one in as_list(record.get("authors"))],
        venue=publisher.get("name"),
        year=year[0] if year else None,
        names=(subject.url,),
    )


SERVICE = Service("openlibrary", "Open Library", "https://openlibrary.org", 1.0, write_path, read)
