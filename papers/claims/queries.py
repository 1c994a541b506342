"""Whether a claim has a draft: the one thing that claims may know of it."""

from __future__ import annotations

from collections.abc import Iterable

from papers.models import Claim, Member, Review, ReviewDraft


def list_drafts(claims: Iterable[Claim]) -> dict[tuple[int, int], ReviewDraft]:
    """The drafts of many claims by paper and member; one query."""
    keys = {(claim.paper_id, claim.member_id) for claim in claims}
    if not keys:
        return {}
    papers, members = zip(*keys, strict=True)
    rows = ReviewDraft.objects.current().filter(paper__in=papers, member__in=members)
    found = {(row.paper_id, row.member_id): row for row in rows if _says_something(row)}
    return {key: found[key] for key in keys & found.keys()}


def find_draft(paper_id: int, member_id: int) -> ReviewDraft | None:
    """The member's draft on the paper, if anything stands in it. For her own eyes only."""
    rows = ReviewDraft.objects.current().filter(paper=paper_id, member=member_id)
    draft = rows.first()
    return draft if draft and _says_something(draft) else None


def list_own_drafts(member: Member) -> list[ReviewDraft]:
    """Drafts on papers not yet reviewed by the member, newest first. For her own eyes only."""
    rows = ReviewDraft.objects.current().filter(member=member).select_related("paper")
    reviewed = Review.objects.current().filter(member=member).values("paper")
    rows = rows.exclude(paper__in=reviewed).order_by("-saved_at")
    return [row for row in rows if _says_something(row)]


def _says_something(draft: ReviewDraft) -> bool:
    return bool(draft.items) or not draft.is_blank
