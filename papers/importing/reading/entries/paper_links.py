"""Links that lead to a paper."""

from papers.importing.reading.outline.pieces import Piece
from papers.text.identifiers import is_paper_url
from papers.text.link_kinds import link_kind


def is_of_paper(piece: Piece) -> bool:
    """A link to a publisher, or one that says pdf or paper."""
    return is_paper_url(piece.url or "") or (
        bool(piece.text) and link_kind("", piece.text) in ("pdf", "paper")
    )
