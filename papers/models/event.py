"""Events: what members did, append-only; digest, feeds, activity and notifications read them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.models.change_counts import counts_changes


class EventQuerySet(models.QuerySet["Event"]):
    """Adjectives for rows of events."""

    def between(self, start: datetime, end: datetime) -> EventQuerySet:
        """From `start` up to but not including `end`."""
        return self.filter(at__gte=start, at__lt=end)

    def of_undeleted_reviews(self) -> EventQuerySet:
        """Less those of comments on a deleted review, and of experiments that came from one.

        An event of a comment names the review or experiment on which the comment stands.
        """
        return self.filter(
            Q(comment__isnull=True) | Q(review__deleted_at__isnull=True),
            experiment__review__deleted_at__isnull=True,
        )


def list_kinds() -> list[tuple[str, str]]:
    """The kinds by value and word; a function, so that a new kind needs no migration."""
    return [(kind.value, str(kind.label)) for kind in Event.Kind]


@counts_changes()
class Event(models.Model):
    """One thing that a member did.

    An event names rows and never repeats their text: who may see the row decides what is shown of
    the event. `data` holds small facts (a state before and after), no prose; and for an
    undo what an agenda item was.
    """

    class Kind(models.TextChoices):
        """What happened; a past participle behind its noun."""

        MEMBER_INVITED = "member-invited", _("invited")
        MEMBER_JOINED = "member-joined", _("joined")
        MEMBER_LEFT = "member-left", _("closed their account")
        MEMBER_CHANGED = "member-changed", _("changed a member")
        PAPER_ADDED = "paper-added", _("added a paper")
        PAPER_CHANGED = "paper-changed", _("changed a paper")
        PAPER_FILLED = "paper-filled", _("filled in a paper")
        PAPER_UPDATED = "paper-updated", _("noticed news of a paper")
        PAPER_LISTED = "paper-listed", _("listed a paper")
        PAPER_SPLIT = "paper-split", _("split another paper from this one")
        PAPER_MERGED = "paper-merged", _("merged a duplicate into a paper")
        PAPER_DELETED = "paper-deleted", _("deleted a paper")
        PAPER_RESTORED = "paper-restored", _("restored a paper")
        PAPER_ARCHIVED = "paper-archived", _("archived a paper")
        PAPER_UNARCHIVED = "paper-unarchived", _("unarchived a paper")
        DUPLICATE_SUGGESTED = "duplicate-suggested", _("suggested a duplicate")
        PAPERS_SORTED = "papers-sorted", _("sorted papers")
        TOPIC_ADDED = "topic-added", _("added a topic")
        TOPIC_CHANGED = "topic-changed", _("changed a topic")
        TOPIC_MERGED = "topic-merged", _("merged a topic")
        TOPIC_DELETED = "topic-deleted", _("deleted a topic")
        TOPIC_RESTORED = "topic-restored", _("restored a topic")
        CLAIM_TAKEN = "claim-taken", _("claimed")
        CLAIM_EXTENDED = "claim-extended", _("extended a claim")
        CLAIM_CHANGED = "claim-changed", _("changed the due date of a claim")
        CLAIM_RELEASED = "claim-released", _("released")
        CLAIM_EXPIRED = "claim-expired", _("had a claim expire")
        DRAFT_OFFERED = "draft-offered", _("offered a draft")
        DRAFT_TAKEN = "draft-taken", _("continued a draft")
        REVIEW_PUBLISHED = "review-published", _("published a review")
        REVIEW_CHANGED = "review-changed", _("changed a review")
        REVIEW_DELETED = "review-deleted", _("deleted a review")
        REVIEW_RESTORED = "review-restored", _("restored a review")
        CRITIQUE_MARKED = "critique-marked", _("updated a critique")
        COMMENT_ADDED = "comment-added", _("commented")
        COMMENT_CHANGED = "comment-changed", _("edited a comment")
        COMMENT_DELETED = "comment-deleted", _("deleted a comment")
        COMMENT_RESTORED = "comment-restored", _("restored a comment")
        COMMENT_RESOLVED = "comment-resolved", _("resolved a thread")
        COMMENT_REOPENED = "comment-reopened", _("reopened a thread")
        EXPERIMENT_PROPOSED = "experiment-proposed", _("proposed an experiment")
        EXPERIMENT_MOVED = "experiment-moved", _("moved an experiment")
        EXPERIMENT_CLOSED = "experiment-closed", _("recorded an outcome")
        MEETING_PLANNED = "meeting-planned", _("scheduled a meeting")
        MEETING_CHANGED = "meeting-changed", _("changed a meeting")
        MEETING_HELD = "meeting-held", _("ran a meeting")
        SERIES_CHANGED = "series-changed", _("changed the recurring meeting")
        PAPER_NOMINATED = "paper-nominated", _("nominated a paper")
        PAPER_VOTED = "paper-voted", _("voted on a paper")
        PAPER_DISCUSSED = "paper-discussed", _("discussed a paper")
        VERDICT_GIVEN = "verdict-given", _("gave a verdict")
        MINUTES_WRITTEN = "minutes-written", _("wrote minutes")
        ROTA_CHANGED = "rota-changed", _("changed the presenter rota")
        IMPORT_APPLIED = "import-applied", _("imported a list")
        IMPORT_UNDONE = "import-undone", _("undid an import")
        DIGEST_NOTED = "digest-noted", _("wrote a note for the digest")
        DIGEST_CLOSED = "digest-closed", _("published a digest")
        LAB_CHANGED = "lab-changed", _("changed the lab's settings")
        JOIN_LINK_MADE = "join-link-made", _("made a join link")
        JOIN_LINK_REVOKED = "join-link-revoked", _("revoked a join link")

    kind = models.CharField(max_length=24, choices=list_kinds)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="events"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="events_about"
    )
    paper = models.ForeignKey(
        "papers.Paper", on_delete=models.CASCADE, null=True, related_name="events"
    )
    topic = models.ForeignKey(
        "papers.Topic", on_delete=models.CASCADE, null=True, related_name="events"
    )
    review = models.ForeignKey(
        "papers.Review", on_delete=models.CASCADE, null=True, related_name="events"
    )
    comment = models.ForeignKey(
        "papers.Comment", on_delete=models.CASCADE, null=True, related_name="events"
    )
    experiment = models.ForeignKey(
        "papers.Experiment", on_delete=models.CASCADE, null=True, related_name="events"
    )
    meeting = models.ForeignKey(
        "papers.Meeting", on_delete=models.CASCADE, null=True, related_name="events"
    )
    job = models.ForeignKey(
        "papers.ImportJob", on_delete=models.CASCADE, null=True, related_name="events"
    )
    data = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="event_newest"),
            models.Index(fields=["kind", "at"], name="event_kind"),
            models.Index(fields=["paper", "-at"], name="event_of_paper"),
            models.Index(fields=["by", "-at"], name="event_by_member"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"


REMOVALS = (
    Event.Kind.PAPER_MERGED, Event.Kind.PAPER_DELETED, Event.Kind.TOPIC_MERGED,
    Event.Kind.TOPIC_DELETED,
)  # fmt: skip
"""Merges and deletions; `data` names the `Removal` that brings back what was there."""

CURATORS_ACTS = (
    Event.Kind.MEMBER_INVITED, Event.Kind.MEMBER_CHANGED, Event.Kind.JOIN_LINK_MADE,
    Event.Kind.JOIN_LINK_REVOKED, Event.Kind.PAPERS_SORTED, Event.Kind.PAPER_SPLIT,
    Event.Kind.PAPER_MERGED, Event.Kind.PAPER_DELETED, Event.Kind.PAPER_RESTORED,
    Event.Kind.PAPER_ARCHIVED, Event.Kind.PAPER_UNARCHIVED, Event.Kind.TOPIC_ADDED,
    Event.Kind.TOPIC_CHANGED, Event.Kind.TOPIC_MERGED, Event.Kind.TOPIC_DELETED,
    Event.Kind.TOPIC_RESTORED, Event.Kind.IMPORT_APPLIED, Event.Kind.IMPORT_UNDONE,
    Event.Kind.CLAIM_CHANGED, Event.Kind.DIGEST_NOTED,
    Event.Kind.DIGEST_CLOSED, Event.Kind.LAB_CHANGED,
)  # fmt: skip
"""What the curators' log lists."""
