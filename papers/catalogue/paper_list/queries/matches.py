"""Where the words of a search stand: the passages under the rows of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from papers import access
from papers.models import Lab
from papers.rows.row_html import Match, PaperRow
from papers.search.highlighting import Marker
from papers.search.language.parser import parse
from papers.search.passages import find_fragments, mark_html
from papers.search.results import Fragment
from papers.text import addresses
from papers.text.formulas import to_letters


def find_matches(
    text: str,
    papers: Sequence[int],
    viewer: access.Viewer,
    lab: Lab,
    *,
    typing: bool = False,
) -> dict[int, list[Match]]:
    """The passages of these papers in which the words of a search stand."""
    marker = Marker.of(parse(text).query, typing=typing)
    found = find_fragments(marker, papers, by=viewer, lab=lab)
    return {
        paper: _make_matches(addresses.paper(paper), passages) for paper, passages in found.items()
    }


def mark_row(row: PaperRow, marker: Marker, fragments: Sequence[Fragment]) -> PaperRow:
    """The row with the words of the search marked, and where else they stand."""
    matched = _make_matches(row.url, fragments)
    return replace(row, marked_title=mark_html(marker.mark(to_letters(row.title))), matched=matched)


def _make_matches(url: str, fragments: Sequence[Fragment]) -> list[Match]:
    return [
        Match(
            fragment.part,
            mark_html(fragment.segments),
            f"{url}#review-{fragment.review_id}" if fragment.review_id else "",
        )
        for fragment in fragments
    ]
