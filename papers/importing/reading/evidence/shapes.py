"""The shape of a line: what it begins with and where it leads."""

from collections.abc import Sequence

from papers.importing.reading.labels.meanings import Fact, is_fact
from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.outline.document import Line
from papers.importing.reading.outline.pieces import Piece, only_links


def shape_of_line(lines: Sequence[Line], label: Fact | None, found: Sequence[str]) -> str:
    """What a line begins with and where it leads: the part of its pattern that it shows itself."""
    if label is not None and is_fact(label):
        return f"label-{label}"
    if "a date alone" in found:
        return "date"
    if "table of contents" in found:
        return "contents"
    if "a promise" in found:
        return "promise"
    pieces = lines[0].pieces if lines else ()
    first = next((piece for piece in pieces if piece.text.strip()), None)
    if first is None:
        return "empty"
    return _opening(tuple(pieces), first) or _ending(pieces, found)


def _opening(pieces: tuple[Piece, ...], first: Piece) -> str:
    """What a line begins with."""
    if only_links(pieces) and first.bare:
        return "address"
    if first.is_link and not is_label_link(first):
        return "linked"
    return "bold" if first.strong else ""


def _ending(pieces: Sequence[Piece], found: Sequence[str]) -> str:
    """Where a line of plain text leads."""
    if any(piece.is_link and not is_label_link(piece) for piece in pieces):
        return "text-linked"
    if any(piece.is_link for piece in pieces) or "address on the next line" in found:
        return "text-address"
    if "quoted title" in found:
        return "quoted"
    if "sentence of a title" in found:
        return "open"
    return "sentence" if "sentence" in found else "text"
