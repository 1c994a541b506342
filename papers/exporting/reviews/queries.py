"""One review with its paper, as plain values."""

from __future__ import annotations

from papers import access
from papers.exporting.formats.lists import ReviewRecord
from papers.exporting.formats.paper_records import PaperRecord
from papers.exporting.queries.lists import HTML_KEYS, make_review
from papers.exporting.queries.records import list_records
from papers.models import Lab, Review
from papers.text.sections import TEXT_KEYS


def get_review_record(
    review: Review, viewer: access.Viewer, lab: Lab
) -> tuple[PaperRecord, ReviewRecord]:
    """A review that was found through `access`, and its paper as its author may see it."""
    (paper,) = list_records([review.paper_id], viewer, lab)
    row = {
        "paper": review.paper_id,
        "member__name": review.member.name,
        "member__handle": review.member.handle,
        "member__orcid": review.member.orcid,
        **{name: getattr(review, name) for name in (*TEXT_KEYS, *HTML_KEYS)},
        "verdict": review.verdict,
        "depth": review.depth,
        "published_at": review.published_at,
    }
    return paper, make_review(row, lab)


def find_shared_review(token_hash: str) -> Review | None:
    """The review that a secret address opens."""
    rows = access.reviews_shared_at(token_hash).select_related("paper", "member")
    return rows.first()
