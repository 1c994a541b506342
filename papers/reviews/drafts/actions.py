"""Writes of drafts: saving, discarding, restoring. No text is ever lost."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from papers.models import (
    Member,
    Paper,
    Review,
    ReviewDraft,
)
from papers.reviews.drafts.author_state import (
    ANONYMOUS,
    UNDO_DAYS,
    TooLate,
    Writer,
    get_last_version,
    lock_author,
    read_author_state,
    refuse_stale,
    write_content,
)
from papers.reviews.drafts.content import ReviewContent, Stamp


def save_draft(
    *,
    paper: Paper,
    by: Member,
    at: datetime,
    content: ReviewContent,
    stamp: Stamp,
    writer: Writer = ANONYMOUS,
) -> ReviewDraft | None:
    """Keep every field of the editor; None when the text is the published one and needs no draft.

    Saving the same text twice changes nothing. Raises StaleDraft with the text that stands when
    `stamp` is not the newest.
    """
    with transaction.atomic():
        lock_author(by)
        found = read_author_state(paper, by)
        draft, review = found.draft, found.published
        if content.is_same_as(found.content):
            return draft
        refuse_stale(draft, review, stamp, writer)
        if draft is None:
            draft = ReviewDraft(paper=paper, member=by, started_at=at)
            draft.version = get_last_version(paper.pk, by)
            draft.base_number = review.number if review else 0
            draft.guidance = found.guidance
        write_content(draft, content)
        draft.version, draft.saved_at = draft.version + 1, at
        draft.writer, draft.turn = writer.token, writer.turn
        draft.save()
    return draft


def discard_draft(*, draft: ReviewDraft, at: datetime) -> None:
    """Put a draft away; it can be brought back for UNDO_DAYS days."""
    ReviewDraft.objects.current().filter(pk=draft.pk).update(discarded_at=at)


def restore_draft(*, draft: ReviewDraft, by: Member, at: datetime) -> ReviewDraft:
    """Bring a discarded draft back; one that was begun since is discarded in its place.

    Raises TooLate.
    """
    if draft.discarded_at and draft.discarded_at < at - timedelta(days=UNDO_DAYS):
        raise TooLate(_("Discarded drafts can be restored for %(n)s days.") % {"n": UNDO_DAYS})
    with transaction.atomic():
        lock_author(by)
        others = ReviewDraft.objects.current().filter(paper=draft.paper_id, member=by)
        others.exclude(pk=draft.pk).update(discarded_at=at)
        review = Review.objects.current().main().filter(paper=draft.paper_id, member=by).first()
        draft.base_number = review.number if review else 0
        draft.version = get_last_version(draft.paper_id, by) + 1
        draft.discarded_at = None
        draft.save(update_fields=["base_number", "discarded_at", "version"])
    return draft
