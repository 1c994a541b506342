"""References that are wrapped over several lines, their address on the last."""

from papers.importing.reading.outline.document import Line
from papers.importing.reading.outline.pieces import plain
from papers.text.citation_parts import cut_names
from papers.text.citations import read_citation

MOST_WRAPPED = 8
"""Lines that one reference is wrapped over at most."""


def wrapped_reference(lines: list[Line]) -> Line | None:
    """The one line that a reference begun by names would be, wrapped over these lines."""
    linked = (n for n, line in enumerate(lines[:MOST_WRAPPED]) if _has_link(line))
    last = next(linked, 0)
    if not last or not any(piece.is_web for piece in lines[last].pieces):
        return None
    whole = Line(lines[0].number, " ".join(line.text.strip() for line in lines[: last + 1]))
    pieces = whole.pieces
    end = next((n for n, piece in enumerate(pieces) if piece.is_link), len(pieces))
    cited = read_citation(plain(pieces[:end]).strip())
    is_begun = bool(cut_names(plain(lines[0].pieces))[0])
    is_cited = cited is not None and cited.authors and (cited.year or cited.venue)
    return whole if is_begun and is_cited else None


def _has_link(line: Line) -> bool:
    return any(piece.is_link for piece in line.pieces)


def wrapped_count(lines: list[Line]) -> int:
    """How many lines such a reference takes."""
    return next(n for n, line in enumerate(lines, 1) if any(p.is_web for p in line.pieces))
