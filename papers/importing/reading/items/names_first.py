"""Items that name who wrote a work, over its title: "**Lee et al. (2011)** - why", "- "Title""."""

import re

from papers.importing.reading.entries.entry import Entry
from papers.importing.reading.outline.document import Block, Line, head_lines
from papers.importing.reading.outline.pieces import Piece, plain
from papers.text.names import ET_AL, split_names
from papers.text.wording import is_sentence, length, words

_NAMED = re.compile(r"\s*([^\d()\[\]\"“]{2,120}?)[\s,]*[(\[]?((?:18|19|20)\d\d)[a-z]?[)\]]?\W*")
_QUOTED = re.compile(r"\s*[\"“„«»「『《](.{8,300}?)[.,]?[\"”“»«」』》]\.?\s*")


def title_below(item: Block) -> Block | None:
    """The first item below that holds the title of what this one names by authors and year."""
    lines = head_lines(item)
    if len(lines) != 1 or any(piece.is_link for piece in lines[0].pieces):
        return None
    strong = plain([piece for piece in lines[0].pieces if piece.strong])
    named = _NAMED.fullmatch(strong or plain(lines[0].pieces))
    if named is None or not (split_names(named[1]) or ET_AL.search(named[1])):
        return None
    inner = [one for block in item.children[1:] if block.kind == "list" for one in block.children]
    first = next(iter(inner), None)
    return first if first is not None and _says_title(head_lines(first)) else None


def _says_title(lines: list[Line]) -> bool:
    text = plain(lines[0].pieces) if len(lines) == 1 else ""
    if found := _QUOTED.fullmatch(text):
        return length(found[1]) >= 2
    return length(text) >= 4 and not is_sentence(text) and not split_names(text)


def turn_round(item: Block, first: Block) -> str:
    """Set the title where the names stood; returns what was said of it beside the names."""
    line, title = head_lines(item)[0], head_lines(first)[0]
    whole = plain(line.pieces)
    strong = plain([piece for piece in line.pieces if piece.strong])
    named = _NAMED.fullmatch(strong or whole)
    text = plain(title.pieces)
    quoted = _QUOTED.fullmatch(text)
    for block in item.children[1:]:
        block.children = [one for one in block.children if one is not first]
    item.children[1:] = [one for one in item.children[1:] if one.kind != "list" or one.children]
    names = f"{named[1].strip(' *')} ({named[2]})" if named else ""
    given = Piece(f"{quoted[1] if quoted else text} ({names.replace(' (', ', ')}")
    item.children[0].lines[0] = Line(title.number, given.text, given=(given,))
    return whole[len(strong) :].strip(" -–—:*") if strong else ""


def take_journal(entry: Entry, item: Block) -> None:
    """An item below that is slanted from end to end is where the work appeared."""
    for block in item.children[1:]:
        for one in list(block.children if block.kind == "list" else ()):
            lines = head_lines(one)
            shown = [p for line in lines for p in line.pieces if p.text.strip()]
            if len(shown) == 1 and shown[0].slanted and len(words(shown[0].text)) <= 8:
                entry.add_venue(shown[0].text.strip(" .,"))
                block.children.remove(one)
    item.children[1:] = [one for one in item.children[1:] if one.kind != "list" or one.children]
