"""Writing reviews: saving drafts, publishing, taking back and restoring. No text is ever lost.

Each action locks the author's row first, so that what one member does at the same time from two
tabs or devices happens one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, transaction
from django.db.models import Exists, Max, Model, QuerySet
from django.db.models.functions import JSONArray
from django.utils.translation import gettext as _

from papers.caching.prepared import PreparedRead, number
from papers.claims.actions.claims import end_claim_as_reviewed
from papers.events import record
from papers.experiments.actions import Idea, propose_experiments
from papers.models import (
    Claim,
    Event,
    GuidingQuestion,
    Handover,
    Member,
    Paper,
    Review,
    ReviewDraft,
    ReviewRevision,
)
from papers.reviews.actions.critique import store_points
from papers.reviews.content import ReviewContent, Stamp, get_item_title
from papers.search.index.actions import refresh
from papers.text.markdown import RENDERER_VERSION, render_once

LONGEST_TAKEAWAY = 500
"""Characters of a takeaway that is published."""

UNDO_DAYS = 30
"""Days for which a deleted review or a discarded draft can be brought back."""

RENDERED = ("summary", "critique", "follow_up", "questions")


@dataclass(eq=False)
class StaleDraft(Exception):
    """Somebody (the author, in another tab or device) saved since this text was opened."""

    theirs: ReviewContent
    stamp: Stamp


@dataclass(eq=False)
class NotReady(Exception):
    """Something is missing or too long to publish; the draft is kept all the same."""

    field: str
    sentence: str


class TooLate(Exception):
    """More than UNDO_DAYS days have passed."""


@dataclass(frozen=True, slots=True)
class Writer:
    """A page that saves: a random token and its count of saves, which only grows.

    A page whose acknowledgement got lost sends the same stamp again with more text. It is known by
    its token, so its own earlier save does not count as somebody else's; the count keeps a request
    that was held up on the way from overwriting a later one.
    """

    token: str = ""
    turn: int = 0


def save_draft(
    *,
    paper: Paper,
    by: Member,
    at: datetime,
    content: ReviewContent,
    stamp: Stamp,
    writer: Writer = Writer(),
) -> ReviewDraft | None:
    """Keep every field of the editor; None when the text is the published one and needs no draft.

    Saving the same text twice changes nothing. Raises StaleDraft with the text that stands when
    `stamp` is not the newest.
    """
    with transaction.atomic():
        _lock(by)
        found = _read_standing(paper, by)
        draft, review = found.draft, found.review
        if review and review.deleted_at:
            review = None
        if content.is_same_as(_read(draft or review)):
            return draft
        _refuse_stale(draft, review, stamp, writer)
        if draft is None:
            draft = ReviewDraft(paper=paper, member=by, started_at=at)
            draft.version = _get_last_version(paper.pk, by)
            draft.base_number = review.number if review else 0
            draft.guidance = found.guidance
        _write(draft, content)
        draft.version, draft.saved_at = draft.version + 1, at
        draft.writer, draft.turn = writer.token, writer.turn
        draft.save()
    return draft


def publish_review(
    *,
    paper: Paper,
    by: Member,
    at: datetime,
    content: ReviewContent,
    stamp: Stamp,
    writer: Writer = Writer(),
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
        _lock(by)
        found = _read_standing(paper, by)
        draft, review = found.draft, found.review
        standing = review if review and review.deleted_at is None else None
        if standing and not draft and _is_published(content, standing):
            return standing
        if not content.is_same_as(_read(draft or standing)):
            _refuse_stale(draft, standing, stamp, writer)
        if standing is None or not replace(content, items=[]).is_same_as(_read(standing)):
            guidance = draft.guidance if draft else found.guidance
            review = _publish(review, paper, by, at, content, guidance)
            review.contributors.add(*found.givers)
        else:
            review = standing
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
        _lock(by)
        review = Review.objects.get(pk=revision.review_id)
        content = ReviewContent.read(revision)
        if content.is_same_as(ReviewContent.read(review)):
            return review
        return _publish(review, review.paper, by, at, content, revision.guidance)


def delete_review(*, review: Review, by: Member, at: datetime) -> Review:
    """Take a review off every page; it can be brought back for UNDO_DAYS days."""
    with transaction.atomic():
        _lock(by)
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
        _lock(by)
        gone = Review.objects.filter(pk=review.pk, deleted_at__isnull=False)
        if gone.update(deleted_at=None):
            record(Event.Kind.REVIEW_RESTORED, review, by=by, at=at)
            refresh([review.paper_id])
    review.refresh_from_db()
    return review


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
        _lock(by)
        others = ReviewDraft.objects.current().filter(paper=draft.paper_id, member=by)
        others.exclude(pk=draft.pk).update(discarded_at=at)
        review = Review.objects.current().filter(paper=draft.paper_id, member=by).first()
        draft.base_number = review.number if review else 0
        draft.version = _get_last_version(draft.paper_id, by) + 1
        draft.discarded_at = None
        draft.save(update_fields=["base_number", "discarded_at", "version"])
    return draft


def _render(review: Review) -> None:
    """Keep the HTML beside the text; version 0 asks `render_markdown` to try again."""
    made = {name: render_once(getattr(review, name)) for name in RENDERED}
    for name, one in made.items():
        setattr(review, f"{name}_html", one.html)
    review.renderer = RENDERER_VERSION if all(one.is_final for one in made.values()) else 0


def get_guidance() -> dict[str, list[str]]:
    """The lab's guiding questions by section, as they read today."""
    return _group(GuidingQuestion.objects.values_list("section", "text"))


def _group(questions: Iterable[Sequence[str]]) -> dict[str, list[str]]:
    guidance: dict[str, list[str]] = {}
    for section, text in questions:
        guidance.setdefault(section, []).append(text)
    return guidance


def get_stamp(draft: ReviewDraft | None, review: Review | None) -> Stamp:
    """The stamp that a form on the newest text carries."""
    if draft:
        return Stamp(draft.base_number, draft.version)
    return Stamp(review.number if review else 0, 0)


def _get_last_version(paper_id: int, member: Member) -> int:
    """The highest version of any draft, discarded ones too, so that no stamp is used twice."""
    rows = ReviewDraft.objects.filter(paper=paper_id, member=member)
    return rows.aggregate(last=Max("version"))["last"] or 0


def _lock(member: Member) -> None:
    if not _get_lock_read().run(member.pk):
        raise Member.DoesNotExist


@cache
def _get_lock_read() -> PreparedRead:
    rows = Member.objects.select_for_update(no_key=True).filter(pk=number(0)).order_by()
    return PreparedRead(lambda: rows.values_list("pk"))


@dataclass(frozen=True, slots=True)
class _Standing:
    """What stands of a member's text on a paper (a deleted review too), and what its publication
    touches besides: the guiding questions, whose drafts she went on with, whether she holds a
    claim.
    """

    draft: ReviewDraft | None
    review: Review | None
    guidance: dict[str, list[str]]
    givers: list[int]
    is_claimed: bool


def _read_standing(paper: Paper, by: Member) -> _Standing:
    """All of it in one statement."""
    drafts, reviews, questions, givers, is_claimed = _get_standing_read().run(by.pk, paper.pk)[0]
    return _Standing(
        draft=_unpack(ReviewDraft, drafts[0]) if drafts else None,
        review=_unpack(Review, reviews[0]) if reviews else None,
        guidance=_group(questions),
        givers=givers,
        is_claimed=is_claimed,
    )


@cache
def _get_standing_read() -> PreparedRead:
    mine: dict[str, Any] = {"member": number(0), "paper": number(1)}
    givers = Handover.objects.taken().filter(taker=number(0), paper=number(1)).order_by()
    columns = (
        _pack(ReviewDraft.objects.current().filter(**mine)),
        _pack(Review.objects.filter(**mine)),
        ArraySubquery(GuidingQuestion.objects.values_list(JSONArray("section", "text"))),
        ArraySubquery(givers.values("giver")),
        Exists(Claim.objects.open().filter(**mine)),
    )
    # The member's row is there, and locked.
    return PreparedRead(
        lambda: Member.objects.filter(pk=number(0)).order_by().values_list(*columns)
    )


def _pack(rows: QuerySet[Any]) -> ArraySubquery:
    """Whole rows as one value of another statement."""
    names = [field.attname for field in rows.model._meta.concrete_fields]
    return ArraySubquery(rows.values_list(JSONArray(*names)))


def _unpack[Row: Model](model: type[Row], values: Sequence[Any]) -> Row:
    """A row that `_pack` packed."""
    fields = model._meta.concrete_fields
    read = [field.to_python(value) for field, value in zip(fields, values, strict=True)]
    return model.from_db(connection.alias, [field.attname for field in fields], read)


def _refuse_stale(
    draft: ReviewDraft | None, review: Review | None, stamp: Stamp, writer: Writer
) -> None:
    """Raise StaleDraft when somebody saved since this text was opened."""
    if stamp != get_stamp(draft, review) and not _goes_on(draft, writer):
        raise StaleDraft(_read(draft or review), get_stamp(draft, review))


def _is_published(content: ReviewContent, review: Review) -> bool:
    """The same words stand published and their follow-ups are on the board: the second of two
    clicks."""
    if not replace(content, items=[]).is_same_as(_read(review)):
        return False
    on_board = set(review.experiments.values_list("title", flat=True))
    return {get_item_title(item) for item in content.items} <= on_board


def _read(row: ReviewDraft | Review | None) -> ReviewContent:
    return ReviewContent.read(row) if row else ReviewContent()


def _goes_on(draft: ReviewDraft | None, writer: Writer) -> bool:
    return bool(
        draft and writer.token and draft.writer == writer.token and writer.turn > draft.turn
    )


def _write(row: ReviewDraft | Review | ReviewRevision, content: ReviewContent) -> None:
    for name, value in content.as_dict().items():
        if name != "items" or isinstance(row, ReviewDraft):
            setattr(row, name, value)


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
    if review is None:
        review = Review(paper=paper, member=by, published_at=at, number=0)
    _write(review, content)
    _render(review)
    review.number, review.changed_at, review.deleted_at = review.number + 1, at, None
    review.guidance = guidance
    review.save()
    revision = ReviewRevision(review=review, number=review.number, guidance=guidance)
    revision.published_at, revision.published_by = at, by
    _write(revision, content)
    revision.save()
    store_points(review)
    record(kind, review, by=by, at=at)
    refresh([paper.pk])
    return review
