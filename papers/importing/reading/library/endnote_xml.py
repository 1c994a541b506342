"""EndNote XML: `xml/records/record`, with the text of each field in `style` elements.

Also written by Mendeley and read by most others. Fields as in EndNote's DTD (RSXML).
"""

from collections.abc import Iterator

from papers.importing.reading.library.library_items import LibraryItem, spoken
from papers.importing.reading.library.markup import note_text
from papers.importing.reading.library.xml_tree import Node


def is_endnote_xml(root: Node) -> bool:
    """Records below the root, each with titles or a type of reference."""
    records = root.first("records") or (root if root.name == "records" else None)
    first = records.first("record") if records else None
    return first is not None and bool(first.first("titles") or first.first("ref-type"))


def read_endnote_xml(root: Node) -> Iterator[LibraryItem]:
    """The papers of the file."""
    records = root.first("records") or root
    for node in records.all("record"):
        yield _read(node)


def _read(node: Node) -> LibraryItem:
    item = LibraryItem(node.line, node.end, node.say("titles", "title"))
    people = node.first("contributors", "authors") or node.first(
        "contributors", "secondary-authors"
    )
    item.authors = [spoken(one.text) for one in people.all("author")] if people else []
    item.abstract = node.say("abstract")
    paths = (("titles", "secondary-title"), ("periodical", "full-title"), ("publisher",))
    item.venue = next((said for path in paths if (said := node.say(*path))), "")
    item.date_it(f"{node.say('dates', 'pub-dates', 'date')} {node.say('dates', 'year')}")
    item.date_it(node.say("dates", "year"))
    item.names += [
        (kind, said)
        for kind, name in (("doi", "electronic-resource-num"), ("isbn", "isbn"))
        if (said := node.say(name))
    ]
    for group in node.first("urls").children if node.first("urls") else ():  # type: ignore[union-attr]
        for url in group.all("url") if group.children else [group]:
            item.add_url(url.text)
    words = node.first("keywords")
    item.tags = [one.text for one in words.all("keyword")] if words else []
    for name in ("research-notes", "notes"):
        item.add_note(note_text(node.say(name)))
    for name in ("groups", "custom-groups"):
        group = node.first(name)
        item.collections += [(one.text,) for one in group.children if one.text] if group else []
    return item
