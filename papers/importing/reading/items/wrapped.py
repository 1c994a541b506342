"""References that are wrapped over several lines, their address on the last."""

from papers.importing.reading.outline.document import Line
from papers.importing.reading.outline.pieces import plain
from papers.text.citation_parts import cut_names
from papers.text.citations import read_citation

MOST_WRAPPED = 8
"""Lines that one reference is wrapped over at most."""


def wrapped_reference(lines: list[Line]) -> Line | None:
    """The one line that a reference begun by names would be, wrapped over these lines."""
    for count in range(2, min(len(lines), MOST_WRAPPED) + 1):
        *before, last = lines[:count]
        if any(piece.is_link for line in before for piece in line.pieces):
            return None
        if any(piece.is_web for piece in last.pieces):
            text = " ".join(line.text.strip() for line in lines[:count])
            whole = Line(lines[0].number, text)
            pieces = whole.pieces
            end = next((n for n, piece in enumerate(pieces) if piece.is_link), len(pieces))
            cited = read_citation(plain(pieces[:end]).strip())
            is_begun = bool(cut_names(plain(lines[0].pieces))[0])
            is_cited = cited is not None and cited.authors and (cited.year or cited.venue)
            return whole if is_begun and is_cited else None
    return None


def wrapped_count(lines: list[Line]) -> int:
    """How many lines such a reference takes."""
    return next(n for n, line in enumerate(lines, 1) if any(p.is_web for p in line.pieces))
