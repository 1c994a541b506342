"""CSL JSON: what Zotero, Mendeley, Crossref and pandoc give; and Better CSL JSON.

The schema is https://github.com/citation-style-language/schema (csl-data.json): names as
family and given, dates as `date-parts`.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from papers.importing.reading.formats.data.json_objects import JsonRecord, as_list, as_text
from papers.importing.reading.library.library_items import LibraryItem, join_name

_TYPES = {
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "dataset", "document", "entry", "entry-dictionary",
    "entry-encyclopedia", "manuscript", "paper-conference", "patent", "post", "post-weblog",
    "preprint", "report", "review", "software", "speech", "standard", "thesis", "webpage",
}  # fmt: skip


def is_csl(records: list[JsonRecord]) -> bool:
    """Records with a title and a type of the schema, or names and dates as it writes them."""
    said = [one.data for one in records[:20]]
    return bool(said) and sum(map(_is_one, said)) * 2 > len(said)


def _is_one(data: dict[str, Any]) -> bool:
    if "title" not in data and "container-title" not in data:
        return False
    typed = data.get("type") in _TYPES
    issued = data.get("issued")
    dated = isinstance(issued, dict) and bool({"date-parts", "raw", "literal"} & issued.keys())
    people = as_list(data.get("author"))
    named = any(isinstance(one, dict) and {"family", "literal"} & one.keys() for one in people)
    return (typed and ("id" in data or named or dated)) or (named and dated)


def read_csl(records: list[JsonRecord]) -> Iterator[LibraryItem]:
    """The papers of the records."""
    for record in records:
        yield _read(record)


def _read(record: JsonRecord) -> LibraryItem:
    data = record.data
    item = LibraryItem(record.line, record.end, as_text(data.get("title")))
    people = as_list(data.get("author")) or as_list(data.get("editor"))
    item.authors = [name for one in people if (name := _name(one))]
    item.abstract = as_text(data.get("abstract"))
    venues = ("container-title", "event-title", "event", "collection-title", "publisher")
    item.venue = next((said for name in venues if (said := as_text(data.get(name)))), "")
    _date(item, data)
    for kind, key in (("doi", "DOI"), ("isbn", "ISBN"), ("pmid", "PMID")):
        if said := as_text(data.get(key)):
            item.names.append((kind, said))
    number = as_text(data.get("number"))
    for said in (number, as_text(data.get("archive_location"))):
        if "arxiv" in said.lower():
            item.names.append(("arxiv", said))
    item.add_url(as_text(data.get("URL")))
    item.tags = [part.strip() for part in as_text(data.get("keyword")).split(",")]
    item.add_note(as_text(data.get("annote")))
    _read_note(item, as_text(data.get("note")))
    return item


def _name(said: Any) -> str:
    if not isinstance(said, dict):
        return as_text(said)
    if literal := as_text(said.get("literal")):
        return literal
    particles = (said.get("non-dropping-particle"), said.get("dropping-particle"))
    family = " ".join(filter(None, [*map(as_text, particles), as_text(said.get("family"))]))
    return join_name(as_text(said.get("given")), family, as_text(said.get("suffix")))


def _date(item: LibraryItem, data: dict[str, Any]) -> None:
    issued = data.get("issued")
    if not isinstance(issued, dict):
        item.date_it(as_text(issued))
        return
    parts = as_list(issued.get("date-parts"))
    numbers = [int(one) for one in as_list(parts[0] if parts else []) if as_text(one).isdigit()]
    if numbers and 1400 <= numbers[0] <= 2200:
        item.year = numbers[0]
        try:
            item.on = date(*numbers[:3]) if len(numbers) > 2 else None
        except ValueError:
            item.on = None
    for key in ("raw", "literal", "year"):
        item.date_it(as_text(issued.get(key)))


def _read_note(item: LibraryItem, note: str) -> None:
    """Zotero writes fields that the schema lacks as lines into `note`: "arXiv:1412.6980 [cs]"."""
    rest = []
    for line in note.splitlines():
        key, sign, value = line.partition(":")
        lower = key.strip().lower()
        if lower == "arxiv" and sign:
            item.names.append(("arxiv", f"arxiv:{value.split('[')[0].strip()}"))
        elif lower in ("doi", "pmid", "isbn") and sign:
            item.names.append((lower, value.strip()))
        elif lower not in ("pmcid", "citation key", "tex.ids", "original-date", "_eprint"):
            rest.append(line)
    item.remark = " ".join(" ".join(rest).split())[:1_000]
