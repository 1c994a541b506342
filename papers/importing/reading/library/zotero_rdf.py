"""Zotero RDF: items with their collections, notes and attachments, tied by addresses.

Written by Zotero's translator "Zotero RDF" (github.com/zotero/translators): items are elements with
a `z:itemType`, notes are `bib:Memo`, folders `z:Collection` with `dcterms:hasPart`.
"""

from collections.abc import Iterator

from papers.importing.reading.drafts.understood import TopicPath
from papers.importing.reading.library.library_items import LibraryItem, join_name
from papers.importing.reading.library.markup import note_text
from papers.importing.reading.library.xml_tree import Node

_CONTAINERS = ("Journal", "Book", "Periodical", "Series", "Proceedings", "Website", "Conference")
_NO_PAPERS = {"attachment", "note", "annotation"}
DEEPEST_COLLECTION = 20


def is_zotero_rdf(root: Node) -> bool:
    """The root of RDF."""
    return root.name == "RDF"


def read_zotero_rdf(root: Node) -> Iterator[LibraryItem]:
    """The papers of the file, each under its collections."""
    parts = {one.attributes["about"]: one for one in root.children if "about" in one.attributes}
    places = _find_places(root)
    for node in root.children:
        kind = node.say("itemType")
        is_item = node.name not in ("Memo", "Attachment", "Collection", *_CONTAINERS)
        if kind in _NO_PAPERS or not (kind or (is_item and node.first("title"))):
            continue
        item = _read(node, parts)
        item.collections = places.get(node.attributes.get("about", ""), [])
        yield item


def _read(node: Node, parts: dict[str, Node]) -> LibraryItem:
    item = LibraryItem(node.line, node.end, node.say("title"))
    item.authors = _names(node)
    item.abstract = node.say("abstract")
    item.date_it(node.say("date"))
    for holder in (node, *_containers(node, parts)):
        if holder is not node:
            item.venue = item.venue or holder.say("title")
        for said in holder.all("identifier"):
            _identify(item, said)
    item.venue = item.venue or node.say("presentedAt", "Conference", "title")
    item.venue = item.venue or node.say("publisher", "Organization", "name")
    item.tags = [one.text for one in node.all("subject")]
    _take_extra(item, node.say("description"))
    for tie in node.all("isReferencedBy", "link", "relation"):
        _take_part(item, parts.get(tie.attributes.get("resource", "")))
    return item


def _names(node: Node) -> list[str]:
    people = node.first("authors") or node.first("contributors") or node.first("editors")
    found = []
    for person in _below(people, "Person") if people else ():
        given = person.say("givenName") or person.say("givenname")
        found.append(join_name(given, person.say("surname") or person.say("name")))
    return found


def _below(node: Node, name: str) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        one = waiting.pop(0)
        if one.name == name:
            yield one
        else:
            waiting = [*one.children, *waiting]


def _containers(node: Node, parts: dict[str, Node]) -> Iterator[Node]:
    for tie in node.all("isPartOf"):
        yield from (one for one in tie.children if one.name in _CONTAINERS)
        if found := parts.get(tie.attributes.get("resource", "")):
            yield found


def _identify(item: LibraryItem, said: Node) -> None:
    text = said.text
    kind, _, value = text.partition(" ")
    if said.first("URI") or text.lower().startswith("http"):
        item.add_url(text)
    elif kind in ("DOI", "ISBN", "PMID"):
        item.names.append((kind.lower(), value))


def _take_extra(item: LibraryItem, extra: str) -> None:
    """The field "Extra": identifiers a line, and words."""
    rest = []
    for line in extra.splitlines():
        key, sign, value = line.partition(":")
        kind = key.strip().lower()
        if sign and kind in ("doi", "pmid", "isbn"):
            item.names.append((kind, value.strip()))
        elif sign and kind == "arxiv":
            item.names.append(("arxiv", f"arxiv:{value.split('[')[0].strip()}"))
        elif kind not in ("pmcid", "citation key", "tex.ids", "publisher"):
            rest.append(line)
    item.remark = " ".join(" ".join(rest).split())[:1_000]


def _take_part(item: LibraryItem, part: Node | None) -> None:
    if part is None:
        return
    if part.name == "Memo":
        item.add_note(note_text(part.say("value")))
    elif part.name == "Attachment":
        for said in part.all("identifier"):
            item.add_url(said.text, "" if part.say("title") == "PDF" else part.say("title")[:80])


def _find_places(root: Node) -> dict[str, list[TopicPath]]:
    """The topics of each item: the collections that hold it, from the outermost in."""
    collections = {
        one.attributes["about"]: one for one in root.all("Collection") if "about" in one.attributes
    }
    holds = {
        about: [tie.attributes.get("resource", "") for tie in one.all("hasPart")]
        for about, one in collections.items()
    }
    outer = {inner: about for about, parts in holds.items() for inner in parts if inner in holds}
    places: dict[str, list[TopicPath]] = {}
    for about, parts in holds.items():
        path = _path(about, outer, collections)
        for part in parts:
            if part not in holds and path:
                places.setdefault(part, []).append(path)
    return places


def _path(about: str, outer: dict[str, str], collections: dict[str, Node]) -> TopicPath:
    names: list[str] = []
    for _step in range(DEEPEST_COLLECTION):
        names.insert(0, collections[about].say("title") or "?")
        if about not in outer:
            break
        about = outer[about]
    return tuple(name for name in names if name != "?")
