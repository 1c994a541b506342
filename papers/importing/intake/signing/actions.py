"""Whose the reviews of a document are that name nobody: the importer's, a member's, a new name's;
published, or as drafts of whoever imports them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from papers.importing.intake.applying.actions.review_rows import Written
from papers.importing.intake.applying.actions.said import find_credit
from papers.importing.reading.drafts.understood import PaperDraft, SaidDraft
from papers.models import ImportJob, Member, Paper, ReviewDraft

BATCH = 500


def choose_reviewer(*, job: ImportJob, reviewer: str, as_drafts: bool) -> ImportJob:
    """Say whose the unsigned reviews are: a handle or name, or "" for whoever imports, who may
    take them as drafts. Nothing is said of what isn't a preview any more.
    """
    chosen = {"reviewer": reviewer, "as_drafts": as_drafts and not reviewer}
    with transaction.atomic():
        job = ImportJob.objects.select_for_update(no_key=True).get(pk=job.pk)
        if job.state == ImportJob.State.PREVIEW and not job.work:
            job.plan |= chosen
            job.save(update_fields=["plan"])
    return job


def is_unsigned(draft: PaperDraft) -> bool:
    """Whether a paper has a review, and nothing says whose it is."""
    if draft.review is None or draft.review.is_note or draft.claims:
        return False
    credit = find_credit(draft)
    return credit is None or not credit.member


def sign_reviews(drafts: Iterable[PaperDraft], plan: Mapping[str, Any]) -> list[PaperDraft]:
    """The drafts as they are taken in: unsigned reviews with the reviewer that was chosen, or
    without their review where it becomes a draft of the importer's."""
    reviewer, as_drafts = plan.get("reviewer", ""), plan.get("as_drafts")
    if as_drafts:
        return [replace(one, review=None) if is_unsigned(one) else one for one in drafts]
    if not reviewer:
        return list(drafts)
    return [_sign(one, reviewer) if is_unsigned(one) else one for one in drafts]


def _sign(draft: PaperDraft, reviewer: str) -> PaperDraft:
    credit = find_credit(draft)
    signed = replace(credit or SaidDraft("review"), member=reviewer)
    others = tuple(one for one in draft.said if one is not credit)
    return replace(draft, said=(signed, *others))


def write_drafts(
    drafts: Iterable[PaperDraft], papers: Mapping[str, Paper], *, by: Member, at: datetime
) -> list[ReviewDraft]:
    """Unsigned reviews as drafts of whoever imports, where they have neither a draft nor a review
    of that paper."""
    wanted = {papers[one.key].pk: one for one in drafts if is_unsigned(one)}
    written = by.reviews.filter(paper__in=wanted).values_list("paper", flat=True)
    begun = by.drafts.filter(discarded_at=None, paper__in=wanted).values_list("paper", flat=True)
    taken = {*written, *begun}
    rows = [
        ReviewDraft(
            paper_id=pk,
            member=by,
            started_at=at,
            saved_at=at,
            **Written(papers[draft.key], by, draft.review, draft.line).texts(),
        )
        for pk, draft in wanted.items()
        if pk not in taken and draft.review is not None
    ]
    return ReviewDraft.objects.bulk_create(rows, BATCH)
