"""Whether a claim has a draft: the one thing that claims may know of it."""

from __future__ import annotations

from papers.models import ReviewDraft


def find_draft(paper_id: int, member_id: int) -> ReviewDraft | None:
    """The member's draft on the paper, if anything stands in it. For her own eyes only."""
    rows = ReviewDraft.objects.current().filter(paper=paper_id, member=member_id)
    draft = rows.first()
    return draft if draft and (draft.items or not draft.is_blank) else None
