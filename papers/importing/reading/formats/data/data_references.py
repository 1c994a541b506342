"""Lists of whole references in data files: ["Lee, A., 2016. Title. Journal, 7.", ...]."""

from papers.importing.reading.formats.data.data_values import Value
from papers.importing.reading.formats.data.issue_fields import plain_line
from papers.importing.reading.formats.inline_html import inline_html
from papers.importing.reading.outline.document import Block, Line
from papers.importing.reading.outline.pieces import plain, read_pieces
from papers.text.citations import read_citation

LEAST, MOST_READ = 2, 40
"""Texts that make such a list, and texts of a list that are looked at."""


def is_references(value: Value) -> bool:
    """Whether most texts of a list cite a work each, with its authors."""
    if value.kind != "list" or len(value.items) < LEAST:
        return False
    texts = [one for one in value.items if one.kind == "text" and one.text]
    if len(texts) < len(value.items):
        return False
    looked = texts[:MOST_READ]
    return sum(map(_cites, looked)) * 10 >= len(looked) * 6


def _cites(one: Value) -> bool:
    pieces = text_line(one).pieces
    cited = read_citation(plain([piece for piece in pieces if not piece.is_link]))
    return cited is not None and bool(cited.authors) and bool(cited.year or cited.venue)


def list_references(value: Value) -> Block:
    """The list as items of a document."""
    items = []
    for one in value.items:
        own = Block("paragraph", one.line, one.end, [text_line(one)])
        items.append(Block("item", one.line, one.end, children=[own]))
    return Block("list", value.line, value.end, children=items)


def text_line(one: Value) -> Line:
    """A text of a data file; HTML within the line is read as what it marks."""
    if "</" in one.text and (text := inline_html(one.text)) != one.text:
        return Line(one.line, text, given=read_pieces(text))
    return plain_line(one.line, one.text)
