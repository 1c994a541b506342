"""Several papers in one line or cell: "[Title](..), [Other title](..) and [Third](..) (Ann)"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from papers.importing.reading.links.label_links import is_label_link
from papers.importing.reading.outline.pieces import Piece, plain
from papers.text.identifiers import is_paper_url
from papers.text.wording import words

_BETWEEN = re.compile(
    r"[\s,;+&/|·•—–-]*(?:(?:and|und|et|y|e|with|mit|avec|con|plus|also|和|与|及|と|및|와|과)\b)?"
    r"[\s,;+&/|·•—–-]*",
    re.IGNORECASE,
)
LEAST = 2
"""Words of a linked title at least."""


def part_papers(pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """The pieces of each paper in a line of several linked titles, one part if it holds only one.

    Nothing but commas and "and" stands between them; what stands before and behind them is told of
    all.
    """
    titles = [i for i, piece in enumerate(pieces) if _is_title(piece)]
    if len(titles) < 2 or titles[-1] - titles[0] > 3 * len(titles):
        return [tuple(pieces)]
    first, last = titles[0], titles[-1]
    between = [pieces[i] for i in range(first, last) if i not in titles]
    gaps = [plain(pieces[one + 1 : two]) for one, two in pairwise(titles)]
    if any(piece.is_link for piece in between) or not all(map(_BETWEEN.fullmatch, gaps)):
        return [tuple(pieces)]
    front, tail = tuple(pieces[:first]), tuple(pieces[last + 1 :])
    return [(*front, pieces[i], *tail) for i in titles]


def _is_title(piece: Piece) -> bool:
    return (
        piece.is_web
        and not piece.bare
        and not is_label_link(piece)
        and is_paper_url(piece.url or "")
        and len(words(piece.text)) >= LEAST
    )
