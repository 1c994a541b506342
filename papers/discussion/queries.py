"""Reads of discussions: threads on a paper, a review or an experiment, and what is new in them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from django.db.models import QuerySet, Subquery

from papers import access
from papers.caching.prepared import prepared
from papers.models import Comment, CommentRevision, Experiment, Lab, Member, Paper, ReadMark, Review
from papers.people import Person, make_person

Subject = Paper | Review | Experiment
Kind = Literal["paper", "review", "experiment"]


@dataclass(frozen=True, slots=True)
class CommentCard:
    """A comment as this viewer may see it; a deleted one has a place and no text."""

    id: int
    author: Person
    at: datetime
    html: str
    number: int
    edited_at: datetime | None
    is_deleted: bool
    deleted_by: Person | None
    is_new: bool
    may_edit: bool
    may_remove: bool
    may_restore: bool
    resolved_at: datetime | None = None
    resolved_by: Person | None = None
    replies: tuple[CommentCard, ...] = ()

    @property
    def count(self) -> int:
        """This comment with its replies, less the deleted ones."""
        return (not self.is_deleted) + sum(not reply.is_deleted for reply in self.replies)

    @property
    def new_count(self) -> int:
        """How many of them are new to the viewer."""
        return self.is_new + sum(reply.is_new for reply in self.replies)


@dataclass(frozen=True, slots=True)
class Discussion:
    """All that is said about one subject; `open` and `resolved` are threads, oldest first.

    Comments written after `since`, where the viewer has read before, are new to her.
    """

    kind: Kind
    subject_id: int
    threads: tuple[CommentCard, ...]
    since: datetime | None
    newest: datetime | None
    may_comment: bool
    viewer: str = ""
    """The handle of whoever reads it: whose typed text a form keeps."""

    @property
    def open(self) -> list[CommentCard]:
        """Threads that nobody has resolved."""
        return [thread for thread in self.threads if thread.resolved_at is None]

    @property
    def resolved(self) -> list[CommentCard]:
        """Threads that somebody has resolved."""
        return [thread for thread in self.threads if thread.resolved_at is not None]

    @property
    def count(self) -> int:
        """Comments that are not deleted."""
        return sum(thread.count for thread in self.threads)

    @property
    def places(self) -> int:
        """Comments with the deleted ones; grows with every comment."""
        return sum(1 + len(thread.replies) for thread in self.threads)

    @property
    def new_count(self) -> int:
        """Comments that are new to the viewer."""
        return sum(thread.new_count for thread in self.threads)

    @property
    def is_behind(self) -> bool:
        """There is something that the viewer's mark does not cover yet."""
        return self.newest is not None and (self.since is None or self.since < self.newest)

    @property
    def path(self) -> str:
        """The discussion's own page; comments are posted there."""
        return f"/{self.kind}s/{self.subject_id}/comments/"


def get_kind(subject: Subject) -> Kind:
    """The column of Comment and ReadMark that names this subject."""
    if isinstance(subject, Paper):
        return "paper"
    return "review" if isinstance(subject, Review) else "experiment"


def get_subject(comment: Comment) -> Subject:
    """What the comment stands on."""
    if comment.paper is not None:
        return comment.paper
    subject = comment.review or comment.experiment
    if subject is None:
        raise ValueError(f"{comment} stands on nothing")
    return subject


def find_subjects(kind: Kind, viewer: access.Viewer, lab: Lab) -> QuerySet[Subject]:
    """What this viewer may discuss."""
    rows: dict[Kind, QuerySet[Subject]] = {
        "paper": access.papers_visible_to(viewer, lab),
        "review": access.reviews_visible_to(viewer, lab).select_related("paper", "member"),
        "experiment": access.experiments_visible_to(viewer, lab),
    }
    return rows[kind]


def list_threads(subject: Subject, viewer: access.Viewer, lab: Lab) -> Discussion:
    """The discussion of one subject; one query. Without comments there is nothing to mark."""
    kind, me = get_kind(subject), access.get_member(viewer)
    comments: list[Any] = _read_comments(viewer, lab, subject.pk, kind=kind)
    since = comments[0].read_until if comments else None
    may_curate = access.can_curate(viewer)
    cards = [_make_card(comment, me, since, may_curate) for comment in comments]
    return Discussion(
        kind=kind,
        subject_id=subject.pk,
        threads=_nest(comments, cards),
        since=since,
        newest=max((comment.created_at for comment in comments), default=None),
        may_comment=access.can_comment(viewer),
        viewer=viewer.handle if isinstance(viewer, Member) else "",
    )


@prepared
def _read_comments(
    viewer: access.Viewer, lab: Lab, subject: int, *, kind: Kind
) -> QuerySet[Comment]:
    marks = ReadMark.objects.filter(member=access.get_member(viewer), **{kind: subject})
    return (
        access.comments_visible_to(viewer, lab)
        .filter(**{kind: subject})
        .annotate(read_until=Subquery(marks.values("read_at")[:1]))
        .select_related("author", "deleted_by", "resolved_by")
        .order_by("created_at", "pk")
    )


def list_revisions(comment: Comment) -> list[CommentRevision]:
    """Every text of a comment, the newest first."""
    today = CommentRevision(
        comment=comment,
        number=comment.number,
        body=comment.body,
        body_html=comment.body_html,
        written_at=comment.edited_at or comment.created_at,
    )
    return [today, *comment.revisions.all()]


def _make_card(
    comment: Comment, me: Member | None, since: datetime | None, may_curate: bool
) -> CommentCard:
    is_deleted, is_mine = comment.deleted_at is not None, me is not None and comment.author == me
    is_later = since is not None and comment.created_at > since
    deleter, resolver = comment.deleted_by, comment.resolved_by
    return CommentCard(
        id=comment.pk,
        author=make_person(comment.author, me),
        at=comment.created_at,
        html="" if is_deleted else comment.body_html,
        number=comment.number,
        edited_at=comment.edited_at,
        is_deleted=is_deleted,
        deleted_by=make_person(deleter, me) if deleter else None,
        is_new=is_later and not is_mine and not is_deleted,
        may_edit=is_mine and not is_deleted,
        may_remove=(is_mine or may_curate) and not is_deleted,
        may_restore=is_deleted and me is not None and deleter == me,
        resolved_at=comment.resolved_at,
        resolved_by=make_person(resolver, me) if resolver else None,
    )


def _nest(comments: list[Comment], cards: list[CommentCard]) -> tuple[CommentCard, ...]:
    replies: defaultdict[int, list[CommentCard]] = defaultdict(list)
    heads: list[CommentCard] = []
    for comment, card in zip(comments, cards, strict=True):
        if comment.parent_id is None:
            heads.append(card)
        else:
            replies[comment.parent_id].append(card)
    return tuple(replace(head, replies=tuple(replies[head.id])) for head in heads)
