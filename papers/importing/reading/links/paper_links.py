"""Links that lead to a paper, and addresses that only repeat its identifiers."""

from papers.importing.reading.outline.pieces import Piece
from papers.text.identifiers import (
    Identifiers,
    arxiv_url,
    doi_url,
    is_paper_url,
    normal_url,
    openreview_url,
)
from papers.text.link_kinds import link_kind


def is_of_paper(piece: Piece) -> bool:
    """A link to a publisher, or one that says pdf or paper."""
    return is_paper_url(piece.url or "") or (
        bool(piece.text) and link_kind("", piece.text) in ("pdf", "paper")
    )


def list_addresses(ids: Identifiers) -> set[str]:
    """The addresses that identifiers stand for, in small letters."""
    pairs = (
        (ids.arxiv_id, arxiv_url(ids.arxiv_id)),
        (ids.doi, doi_url(ids.doi)),
        (ids.openreview, openreview_url(ids.openreview)),
    )
    return {normal_url(url).lower() for name, url in pairs if name}
