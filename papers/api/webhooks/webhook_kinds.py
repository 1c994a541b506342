"""Which kinds of events a program may choose to be told of, and their names in messages."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers.models import Event

Kind = Event.Kind

CHOICES: tuple[tuple[Promise, tuple[tuple[Kind, Promise], ...]], ...] = (
    (_("Papers"), (
        (Kind.PAPER_ADDED, _("Added")),
        (Kind.PAPER_CHANGED, _("Edited")),
        (Kind.PAPER_UPDATED, _("New version, publication or retraction")),
        (Kind.PAPER_MERGED, _("Merged with a duplicate")),
        (Kind.PAPER_NOMINATED, _("Nominated for a meeting")),
    )),
    (_("Claims"), (
        (Kind.CLAIM_TAKEN, _("Claimed")),
        (Kind.CLAIM_RELEASED, _("Released")),
        (Kind.CLAIM_EXPIRED, _("Expired")),
    )),
    (_("Reviews"), (
        (Kind.REVIEW_PUBLISHED, _("Published")),
        (Kind.REVIEW_CHANGED, _("Edited")),
        (Kind.REVIEW_DELETED, _("Deleted")),
    )),
    (_("Discussion"), (
        (Kind.COMMENT_ADDED, _("Comment added")),
        (Kind.COMMENT_RESOLVED, _("Thread resolved")),
    )),
    (_("Experiments"), (
        (Kind.EXPERIMENT_PROPOSED, _("Proposed")),
        (Kind.EXPERIMENT_MOVED, _("Planned, started or taken")),
        (Kind.EXPERIMENT_CLOSED, _("Outcome recorded")),
    )),
    (_("Meetings"), (
        (Kind.MEETING_PLANNED, _("Scheduled")),
        (Kind.MEETING_CHANGED, _("Changed")),
        (Kind.MEETING_HELD, _("Held")),
    )),
    (_("Digest"), ((Kind.DIGEST_CLOSED, _("Issue published")),)),
    (_("Topics"), (
        (Kind.TOPIC_ADDED, _("Added")),
        (Kind.TOPIC_CHANGED, _("Edited")),
    )),
    (_("Members"), ((Kind.MEMBER_JOINED, _("Joined")),)),
)  # fmt: skip
"""Ballots, drafts, invitations and the lab's settings are nobody's business outside."""

ALL = tuple(kind for _group, kinds in CHOICES for kind, _word in kinds)

TEST = "test"
"""What a test message calls itself."""


def name_kind(kind: str) -> str:
    """`review.published`, as messages write it: the noun, a dot, what happened."""
    return kind.replace("-", ".", 1)
