"""Writing in discussions: adding, editing, deleting, restoring, resolving, and marking as read."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from papers.discussion.queries import Subject, get_kind
from papers.events import find_mentioned, record
from papers.models import Comment, CommentRevision, Event, Member, ReadMark
from papers.text.markdown import RENDERER_VERSION, render_once

TWICE = timedelta(minutes=5)
"""The same words by the same member at the same place within this time are one comment."""


class StaleComment(Exception):
    """The comment was changed since its form was opened, on another page or device."""

    def __init__(self, comment: Comment) -> None:
        super().__init__(_("This comment was edited elsewhere while you were writing."))
        self.comment = comment


def add_comment(
    *, subject: Subject, body: str, by: Member, at: datetime, parent: Comment | None = None
) -> Comment:
    """Say something about a paper, a review or an experiment, or answer `parent`.

    An answer to an answer joins its thread: there is one level. Sending twice is sending once.
    """
    thread = (parent.parent or parent) if parent else None
    with transaction.atomic():
        Member.objects.select_for_update(no_key=True).get(pk=by.pk)
        place = {get_kind(subject): subject, "parent": thread, "author": by, "body": body}
        twice = Comment.objects.current().filter(created_at__gt=at - TWICE, **place).first()
        if twice:
            return twice
        comment = Comment(created_at=at, **place)
        _render(comment)
        comment.save()
        if thread:
            # An answer to what was settled opens it again; nobody would find it otherwise.
            settled = Comment.objects.filter(pk=thread.pk, resolved_at__isnull=False)
            settled.update(resolved_at=None, resolved_by=None)
        ReadMark.objects.get_or_create(
            member=by, **{get_kind(subject): subject}, defaults={"read_at": at}
        )
        told = thread.author if thread and thread.author_id != by.pk else None
        _record(Event.Kind.COMMENT_ADDED, comment, told, by=by, at=at)
    return comment


def edit_comment(*, comment: Comment, body: str, number: int, by: Member, at: datetime) -> Comment:
    """Write a comment anew; the earlier text is kept. Raises StaleComment."""
    with transaction.atomic():
        comment = Comment.objects.select_for_update().get(pk=comment.pk)
        if body == comment.body:
            return comment
        if number != comment.number:
            raise StaleComment(comment)
        CommentRevision.objects.create(
            comment=comment,
            number=comment.number,
            body=comment.body,
            body_html=comment.body_html,
            renderer=comment.renderer,
            written_at=comment.edited_at or comment.created_at,
        )
        before = comment.body
        comment.body, comment.number, comment.edited_at = body, comment.number + 1, at
        _render(comment)
        comment.save()
        _record(Event.Kind.COMMENT_CHANGED, comment, by=by, at=at, before=before)
    return comment


def remove_comment(*, comment: Comment, by: Member, at: datetime) -> None:
    """Take a comment's text away; its place stays, and whoever took it away can bring it back."""
    with transaction.atomic():
        standing = Comment.objects.current().filter(pk=comment.pk)
        if standing.update(deleted_at=at, deleted_by=by):
            _record(Event.Kind.COMMENT_DELETED, comment, by=by, at=at)


def restore_comment(*, comment: Comment, by: Member, at: datetime) -> None:
    """Bring a deleted comment back."""
    with transaction.atomic():
        gone = Comment.objects.filter(pk=comment.pk, deleted_at__isnull=False)
        if gone.update(deleted_at=None, deleted_by=None):
            _record(Event.Kind.COMMENT_RESTORED, comment, by=by, at=at)


def resolve_thread(*, thread: Comment, by: Member, at: datetime) -> None:
    """Close a thread: what it asked is settled."""
    with transaction.atomic():
        unsettled = Comment.objects.filter(pk=thread.pk, parent=None, resolved_at__isnull=True)
        if unsettled.update(resolved_at=at, resolved_by=by):
            _record(Event.Kind.COMMENT_RESOLVED, thread, by=by, at=at)


def reopen_thread(*, thread: Comment, by: Member, at: datetime) -> None:
    """Open a settled thread again."""
    with transaction.atomic():
        settled = Comment.objects.filter(pk=thread.pk, parent=None, resolved_at__isnull=False)
        if settled.update(resolved_at=None, resolved_by=None):
            _record(Event.Kind.COMMENT_REOPENED, thread, by=by, at=at)


def mark_read(*, subject: Subject, by: Member, until: datetime) -> ReadMark:
    """Remember that the member has read everything up to `until`; a mark never goes back.

    It is a bookmark, not something to tell others: no event.
    """
    with transaction.atomic():
        mark, is_new = ReadMark.objects.select_for_update().get_or_create(
            member=by, **{get_kind(subject): subject}, defaults={"read_at": until}
        )
        if not is_new and mark.read_at < until:
            mark.read_at = until
            mark.save(update_fields=["read_at"])
    return mark


def _render(comment: Comment) -> None:
    rendering = render_once(comment.body)
    comment.body_html = rendering.html
    comment.renderer = RENDERER_VERSION if rendering.is_final else 0


def _record(
    kind: Event.Kind,
    comment: Comment,
    told: Member | None = None,
    *,
    by: Member,
    at: datetime,
    before: str = "",
) -> None:
    """The event also names whom the text mentions: they are notified later."""
    data = find_mentioned([comment.body], [before]) if _has_words(kind) else {}
    record(kind, comment, told, by=by, at=at, data=data)


def _has_words(kind: Event.Kind) -> bool:
    return kind in (Event.Kind.COMMENT_ADDED, Event.Kind.COMMENT_CHANGED)
