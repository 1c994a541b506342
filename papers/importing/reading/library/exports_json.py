"""JSON of reference managers other than CSL: Zotero's, Paperpile's and Mendeley's."""

from collections.abc import Iterator
from typing import Any

from papers.importing.reading.drafts.understood import TopicPath
from papers.importing.reading.formats.data.json_objects import JsonRecord, as_list, as_text
from papers.importing.reading.library.library_items import LibraryItem, join_name, spoken
from papers.importing.reading.library.markup import note_text

_SKIPPED = {"attachment", "note", "annotation"}
DEEPEST_COLLECTION = 20


def form_of(records: list[JsonRecord]) -> str:
    """Whose export it is; empty for none of these."""
    for record in records[:20]:
        data = record.data
        inner = data.get("data")
        if isinstance(inner, dict) and "itemType" in inner:
            return "Zotero JSON"
        if "itemType" in data and ("creators" in data or "title" in data):
            return "Zotero JSON"
        if "pubtype" in data or "labelsNamed" in data or "foldersNamed" in data:
            return "Paperpile JSON"
        people = as_list(data.get("authors"))
        has_people = any(isinstance(one, dict) and "last_name" in one for one in people)
        if "title" in data and (has_people or "profile_id" in data):
            return "Mendeley JSON"
    return ""


def read_zotero(records: list[JsonRecord], outer: dict[str, Any]) -> Iterator[LibraryItem]:
    """Items of Zotero; `outer` holds the collections by key."""
    paths = _read_collections(outer.get("collections"))
    by_item = _list_by_item(outer.get("collections"), paths)
    notes: dict[str, list[str]] = {}
    plain = [(one, _inner(one.data)) for one in records]
    for _record, data in plain:
        if data.get("itemType") == "note" and (parent := as_text(data.get("parentItem"))):
            notes.setdefault(parent, []).append(str(data.get("note") or ""))
    for record, data in plain:
        if data.get("itemType") in _SKIPPED:
            continue
        item = _read_zotero(record, data)
        keys = [as_text(key) for key in as_list(data.get("collections"))]
        own = as_text(data.get("itemID")) or as_text(data.get("key"))
        item.collections = [paths[key] for key in keys if key in paths] or by_item.get(own, [])
        for note in notes.get(as_text(data.get("key")), []):
            item.add_note(note_text(note))
        yield item


def _inner(data: dict[str, Any]) -> dict[str, Any]:
    inner = data.get("data")
    return inner if isinstance(inner, dict) else data


def _read_zotero(record: JsonRecord, data: dict[str, Any]) -> LibraryItem:
    item = LibraryItem(record.line, record.end, as_text(data.get("title")))
    people = [one for one in as_list(data.get("creators")) if isinstance(one, dict)]
    authors = [one for one in people if one.get("creatorType") == "author"] or people
    item.authors = [
        as_text(one.get("name"))
        or join_name(as_text(one.get("firstName")), as_text(one.get("lastName")))
        for one in authors
    ]
    item.abstract = as_text(data.get("abstractNote"))
    names = (
        "proceedingsTitle", "conferenceName", "publicationTitle", "bookTitle", "university",
        "institution", "repository", "publisher",
    )  # fmt: skip
    item.venue = next((said for name in names if (said := as_text(data.get(name)))), "")
    item.date_it(as_text(data.get("date")))
    for kind, key in (("doi", "DOI"), ("isbn", "ISBN")):
        if said := as_text(data.get(key)):
            item.names.append((kind, said))
    for line in [*str(data.get("extra") or "").splitlines(), as_text(data.get("archiveID"))]:
        if "arxiv" in line.lower():
            item.names.append(("arxiv", line.split("[")[0].strip()))
        elif line.lower().startswith("doi:"):
            item.names.append(("doi", line))
    item.add_url(as_text(data.get("url")))
    for one in as_list(data.get("attachments")):
        if isinstance(one, dict) and (url := as_text(one.get("url"))):
            item.add_url(url)
    item.tags = [as_text(one.get("tag") if isinstance(one, dict) else one)
                 for one in as_list(data.get("tags"))]  # fmt: skip
    for one in as_list(data.get("notes")):
        item.add_note(note_text(str(one.get("note") if isinstance(one, dict) else one)))
    return item


def _read_collections(said: Any) -> dict[str, TopicPath]:
    """The path of each collection by its key."""
    known = said if isinstance(said, dict) else {}
    found: dict[str, TopicPath] = {}
    for key in known:
        names: list[str] = []
        here = key
        for _step in range(DEEPEST_COLLECTION):
            one = known.get(here)
            if not isinstance(one, dict):
                break
            names.insert(0, as_text(one.get("name")))
            here = as_text(one.get("parent") or one.get("parentCollection"))
        found[key] = tuple(filter(None, names))
    return found


def _list_by_item(said: Any, paths: dict[str, TopicPath]) -> dict[str, list[TopicPath]]:
    found: dict[str, list[TopicPath]] = {}
    for key, one in (said if isinstance(said, dict) else {}).items():
        for item in as_list(one.get("items") if isinstance(one, dict) else None):
            found.setdefault(as_text(item), []).append(paths[key])
    return found


def read_paperpile(records: list[JsonRecord], _outer: dict[str, Any]) -> Iterator[LibraryItem]:
    """References of Paperpile; folders and labels are topics."""
    for record in records:
        data = record.data
        item = LibraryItem(record.line, record.end, as_text(data.get("title")))
        item.authors = [_paperpile_name(one) for one in as_list(data.get("author"))]
        item.abstract = as_text(data.get("abstract"))
        names = ("journal", "journalfull", "booktitle", "conference", "publisher")
        item.venue = next((said for name in names if (said := as_text(data.get(name)))), "")
        published = data.get("published")
        if isinstance(published, dict):
            parts = [as_text(published.get(name)) for name in ("year", "month", "day")]
            item.date_it("-".join(part.zfill(2) for part in parts if part))
        item.date_it(as_text(data.get("year")))
        for kind, key in (("doi", "doi"), ("arxiv", "arxivid"), ("pmid", "pmid"), ("isbn", "isbn")):
            if said := as_text(data.get(key)):
                item.names.append((kind, said))
        for url in as_list(data.get("url")):
            item.add_url(as_text(url))
        folders = as_list(data.get("foldersNamed"))
        item.collections = [cut_path(as_text(one)) for one in folders if as_text(one)]
        item.collections += [(as_text(one),) for one in as_list(data.get("labelsNamed"))]
        item.tags = [part.strip() for part in as_text(data.get("keywords")).split(",")]
        for key in ("notes", "note"):
            item.add_note(note_text(as_text(data.get(key))))
        yield item


def _paperpile_name(one: Any) -> str:
    if not isinstance(one, dict):
        return spoken(as_text(one))
    family, given = as_text(one.get("last")), as_text(one.get("first"))
    return join_name(given, family) or spoken(as_text(one.get("formatted")))


def cut_path(text: str) -> TopicPath:
    """ "Optics/Lasers" or "Optics > Lasers" from the outermost in."""
    sign = ">" if ">" in text else "/"
    return tuple(part.strip() for part in text.split(sign) if part.strip())


def read_mendeley(records: list[JsonRecord], _outer: dict[str, Any]) -> Iterator[LibraryItem]:
    """Documents as Mendeley's API and its exports give them."""
    for record in records:
        data = record.data
        item = LibraryItem(record.line, record.end, as_text(data.get("title")))
        item.authors = [
            join_name(as_text(one.get("first_name")), as_text(one.get("last_name")))
            for one in as_list(data.get("authors"))
            if isinstance(one, dict)
        ]
        item.abstract = as_text(data.get("abstract"))
        item.venue = as_text(data.get("source")) or as_text(data.get("publisher"))
        parts = [as_text(data.get(name)) for name in ("year", "month", "day")]
        item.date_it("-".join(part.zfill(2) for part in parts if part))
        names = data.get("identifiers")
        for kind, said in names.items() if isinstance(names, dict) else ():
            item.names.append((kind, as_text(said)))
        for url in as_list(data.get("websites")):
            item.add_url(as_text(url))
        item.tags = [as_text(one) for key in ("tags", "keywords") for one in as_list(data.get(key))]
        folders = as_list(data.get("folders"))
        item.collections = [cut_path(as_text(one)) for one in folders if as_text(one)]
        item.add_note(note_text(as_text(data.get("notes"))))
        yield item
