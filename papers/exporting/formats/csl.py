"""CSL JSON (https://docs.citationstyles.org, schema 1.0.2): what pandoc and citeproc read.

What CSL has no variable for goes to `custom`, which the schema leaves to its writer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from papers.exporting.formats.paper_records import PaperRecord
from papers.text.citing import get_kind
from papers.text.persons import is_group, split_person

_TYPES = {"misc": "article", "inproceedings": "paper-conference", "article": "article-journal"}

STYLES = {"apa": "APA", "ieee": "IEEE", "acm": "ACM", "mla": "MLA"}
"""The styles in which `reference_styles` sets these items."""

MOST_REFERENCES = 500
"""Set at once: a style looks at all of them together, about 20 ms each."""


def write_csl(records: Iterable[PaperRecord]) -> Iterator[str]:
    """One JSON list, an item a line."""
    opening = "[\n"
    for record in records:
        yield opening + json.dumps(make_item(record), ensure_ascii=False)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def make_item(record: PaperRecord) -> dict[str, Any]:
    """One item; empty variables are left out."""
    arxiv = record.named("arxiv")
    item = {
        "id": record.key,
        "type": _TYPES[get_kind(record.venue)],
        "title": record.title,
        "author": [_make_name(name) for name in record.authors],
        "container-title": record.venue,
        "issued": _make_date(record),
        "DOI": record.named("doi"),
        "URL": record.first_url,
        "archive": "arXiv" if arxiv else "",
        "archive_location": arxiv,
        "abstract": record.abstract,
        "annote": record.note,
        "keyword": ", ".join(record.topics),
        "custom": _make_custom(record),
    }
    return {name: value for name, value in item.items() if value}


def _make_name(name: str) -> dict[str, str]:
    person = split_person(name)
    if is_group(name) or not person.given:
        return {"literal": name}
    parts = {
        "family": person.family,
        "given": person.given,
        "non-dropping-particle": person.particle,
        "suffix": person.suffix,
    }
    return {key: value for key, value in parts.items() if value}


def _make_date(record: PaperRecord) -> dict[str, list[list[int]]]:
    day = record.published_on
    if day and record.year in (None, day.year):
        return {"date-parts": [[day.year, day.month, day.day]]}
    return {"date-parts": [[record.year]]} if record.year else {}


def _make_custom(record: PaperRecord) -> dict[str, Any]:
    links = [
        {"url": link.url, "kind": link.kind} | ({"label": link.label} if link.label else {})
        for link in record.links
    ]
    custom = {"openreview": record.named("openreview"), "group": record.group, "links": links}
    return {name: value for name, value in custom.items() if value}
