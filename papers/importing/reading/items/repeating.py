"""Headings that say the title of the first item below once more: "# Title", "- Title [[pdf]]", or
"- Lee, A. (2019). Title. Venue".
"""

from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.entries.entry_lines import read_entry
from papers.importing.reading.entries.facts import read_facts
from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.outline.document import Block, Outline, Section, head_lines
from papers.importing.reading.outline.pieces import Piece, plain
from papers.text.citations import read_citation
from papers.text.dates import names_a_time
from papers.text.names import split_names
from papers.text.wording import length


def repeated_title(section: Section) -> Block | None:
    """The list whose first item says the heading again, with links to the paper, or cites it."""
    first = next((one for one in section.blocks if one.kind == "list" and one.children), None)
    lines = head_lines(first.children[0]) if first is not None else []
    if first is None or not lines:
        return None
    name = _without_labels(lines[0].pieces)
    if not any(piece.is_link for piece in lines[0].pieces):
        cited = read_citation(name)
        name = cited.title if cited else ""
    is_title = length(name) >= 2 and _letters(name) == _letters(plain(section.pieces))
    return first if is_title else None


def tells_beside(item: Block) -> bool:
    """Names alone or a day alone: told of the item above it."""
    lines = head_lines(item)
    text = plain(lines[0].pieces).strip(" .;") if lines else ""
    is_name = len(split_names(text)) > 1 and not any(p.is_link for p in lines[0].pieces)
    return len(item.children) == 1 and (is_name or names_a_time(text))


def read_repeated(items: Block, outline: Outline) -> Entry:
    """The entry of the repeated title, with the names and the day below it; these items go."""
    first = items.children.pop(0)
    entry = read_entry(head_lines(first)[0].pieces, first.start, first.end)
    outline.use(first.start)
    while items.children and tells_beside(items.children[0]):
        item = items.children.pop(0)
        pieces = head_lines(item)[0].pieces
        if names_a_time(plain(pieces).strip(" .;")):
            entry.date_it(plain(pieces))
        else:
            read_facts(entry, pieces)
        outline.use(item.start, item.end)
    items.children[:0] = [_rest(first)] if len(first.children) > 1 else []
    return entry


def _rest(item: Block) -> Block:
    return Block("item", item.start, item.end, children=item.children[1:])


def _without_labels(pieces: tuple[Piece, ...]) -> str:
    """A line without the links that only say what they lead to."""
    return plain([p for p in pieces if not (p.is_link and is_label_link(p))])


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
