"""Publishing reviews, and deleting and restoring what is published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from papers.claims.actions.claims import end_claim_as_reviewed
from papers.events import find_mentioned, record
from papers.experiments.actions import Idea, propose_experiments
from papers.models import (
    Event,
    Member,
    Paper,
    Review,
    ReviewRevision,
)
from papers.reviews.actions.critique import store_points
from papers.reviews.drafts.author_state import (
    ANONYMOUS,
    UNDO_DAYS,
    TooLate,
    Writer,
    lock_author,
    read_author_state,
    read_content,
    refuse_stale,
    write_content,
)
from papers.reviews.drafts.content import ReviewContent, Stamp, get_item_title
from papers.search.index.actions import refresh
from papers.text.markdown import RENDERER_VERSION, render_once
from papers.text.sections import PARTS

LONGEST_TAKEAWAY = 500
"""Characters of a takeaway that is published."""


@dataclass(eq=False)
class NotReady(Exception):
    """Something is missing or too long to publish; the draft is kept all the same."""

    field: str
    sentence: str


def publish_review(
    *,
    paper: Paper,
    by: Member,
    at: datetime,
    content: ReviewContent,
    stamp: Stamp,
    writer: Writer = ANONYMOUS,
) -> Review:
    """Publish what the editor holds; the earlier version is kept, the open claim ends.

    Publishing the same text twice publishes once. Raises NotReady or StaleDraft.
    """
    if not content.summary.strip():
        raise NotReady("summary", _("Add a summary to publish."))
    if len(content.takeaway.strip()) > LONGEST_TAKEAWAY:
        sentence = _("Keep the takeaway to one sentence of at most %(n)s characters.")
        sentence %= {"n": LONGEST_TAKEAWAY}
        raise NotReady("takeaway", sentence)
    with transaction.atomic():
        lock_author(by)
        found = read_author_state(paper, by)
        draft, review, current = found.draft, found.review, found.published
        if current and not draft and _is_published(content, current):
            return current
        if not content.is_same_as(found.content):
            refuse_stale(draft, current, stamp, writer)
        if current is None or not replace(content, items=[]).is_same_as(read_content(current)):
            guidance = draft.guidance if draft else found.guidance
            review = _publish(review, paper, by, at, content, guidance)
            review.contributors.add(*found.givers)
        else:
            review = current
        if content.items:
            ideas = [Idea(**{**item, "title": get_item_title(item)}) for item in content.items]
            propose_experiments(ideas=ideas, by=by, at=at, paper=paper, review=review)
        if draft:
            draft.delete()
        if found.is_claimed:
            end_claim_as_reviewed(paper=paper, by=by, at=at)
    return review


def restore_version(*, revision: ReviewRevision, by: Member, at: datetime) -> Review:
    """Publish an earlier version again, as a new version."""
    with transaction.atomic():
        lock_author(by)
        review = Review.objects.get(pk=revision.review_id)
        content = ReviewContent.read(revision)
        if content.is_same_as(ReviewContent.read(review)):
            return review
        return _publish(review, review.paper, by, at, content, revision.guidance)


def delete_review(*, review: Review, by: Member, at: datetime) -> Review:
    """Take a review off every page; it can be brought back for UNDO_DAYS days."""
    with transaction.atomic():
        lock_author(by)
        changed = Review.objects.current().filter(pk=review.pk).update(deleted_at=at)
        if changed:
            record(Event.Kind.REVIEW_DELETED, review, by=by, at=at)
            refresh([review.paper_id])
    review.refresh_from_db()
    return review


def restore_review(*, review: Review, by: Member, at: datetime) -> Review:
    """Bring a deleted review back. Raises TooLate."""
    if review.deleted_at and review.deleted_at < at - timedelta(days=UNDO_DAYS):
        raise TooLate(_("Deleted reviews can be restored for %(n)s days.") % {"n": UNDO_DAYS})
    with transaction.atomic():
        lock_author(by)
        gone = Review.objects.filter(pk=review.pk, deleted_at__isnull=False)
        if gone.update(deleted_at=None):
            record(Event.Kind.REVIEW_RESTORED, review, by=by, at=at)
            refresh([review.paper_id])
    review.refresh_from_db()
    return review


def _publish(
    review: Review | None,
    paper: Paper,
    by: Member,
    at: datetime,
    content: ReviewContent,
    guidance: dict[str, list[str]],
) -> Review:
    is_change = review is not None and review.deleted_at is None
    kind = Event.Kind.REVIEW_CHANGED if is_change else Event.Kind.REVIEW_PUBLISHED
    before = read_content(review if is_change else None)
    if review is None:
        review = Review(paper=paper, member=by, published_at=at, number=0)
    write_content(review, content)
    _render(review)
    review.number, review.changed_at, review.deleted_at = review.number + 1, at, None
    review.guidance = guidance
    review.save()
    revision = ReviewRevision(review=review, number=review.number, guidance=guidance)
    revision.published_at, revision.published_by = at, by
    write_content(revision, content)
    revision.save()
    store_points(review)
    record(kind, review, by=by, at=at, data=_find_mentioned(content, before))
    refresh([paper.pk])
    return review


def _find_mentioned(content: ReviewContent, before: ReviewContent) -> dict[str, list[int]]:
    """Whom this version mentions and the one before did not."""
    now, then = ([text for _key, text in one.texts] for one in (content, before))
    return find_mentioned(now, then)


def _render(review: Review) -> None:
    """Keep the HTML beside the text; version 0 asks `render_markdown` to try again."""
    made = {one.key: render_once(getattr(review, one.key)) for one in PARTS}
    for name, one in made.items():
        setattr(review, f"{name}_html", one.html)
    review.renderer = RENDERER_VERSION if all(one.is_final for one in made.values()) else 0


def _is_published(content: ReviewContent, review: Review) -> bool:
    """The same words stand published and their follow-ups are on the board: the second of two
    clicks."""
    if not replace(content, items=[]).is_same_as(read_content(review)):
        return False
    on_board = set(review.experiments.values_list("title", flat=True))
    return {get_item_title(item) for item in content.items} <= on_board
