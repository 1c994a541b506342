"""Events: what members did, append-only; digest, feeds, activity and notifications read them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from papers.models.change_counts import counts_changes


class EventQuerySet(models.QuerySet["Event"]):
    """Adjectives for rows of events."""

    def between(self, start: datetime, end: datetime) -> EventQuerySet:
        """From `start` up to but not including `end`."""
        return self.filter(at__gte=start, at__lt=end)

    def of_standing_reviews(self) -> EventQuerySet:
        """Less those of comments on a deleted review, and of experiments that came from one.

        An event of a comment names the review or experiment on which the comment stands.
        """
        return self.filter(
            Q(comment__isnull=True) | Q(review__deleted_at__isnull=True),
            experiment__review__deleted_at__isnull=True,
        )


def list_kinds() -> list[tuple[str, str]]:
    """The kinds by value and word; a function, so that a new kind needs no migration."""
    return Event.Kind.choices


@counts_changes()
class Event(models.Model):
    """One thing that a member did.

    An event names rows and never repeats their text: who may see the row decides what is shown of
    the event. `data` holds small facts (a state before and after), no prose.
    """

    class Kind(models.TextChoices):
        """What happened; a past participle behind its noun."""

        MEMBER_INVITED = "member-invited", "invited"
        MEMBER_JOINED = "member-joined", "joined"
        MEMBER_CHANGED = "member-changed", "changed a member"
        PAPER_ADDED = "paper-added", "added a paper"
        PAPER_CHANGED = "paper-changed", "changed a paper"
        PAPER_LISTED = "paper-listed", "listed a paper"
        PAPERS_SORTED = "papers-sorted", "sorted papers"
        TOPIC_ADDED = "topic-added", "added a topic"
        TOPIC_CHANGED = "topic-changed", "changed a topic"
        CLAIM_TAKEN = "claim-taken", "claimed"
        CLAIM_EXTENDED = "claim-extended", "extended a claim"
        CLAIM_CHANGED = "claim-changed", "set the due day of a claim"
        CLAIM_RELEASED = "claim-released", "released"
        CLAIM_EXPIRED = "claim-expired", "let a claim expire"
        DRAFT_OFFERED = "draft-offered", "offered a draft"
        DRAFT_TAKEN = "draft-taken", "went on with a draft"
        REVIEW_PUBLISHED = "review-published", "published a review"
        REVIEW_CHANGED = "review-changed", "changed a review"
        REVIEW_DELETED = "review-deleted", "deleted a review"
        REVIEW_RESTORED = "review-restored", "restored a review"
        CRITIQUE_MARKED = "critique-marked", "marked points of a critique"
        COMMENT_ADDED = "comment-added", "commented"
        COMMENT_CHANGED = "comment-changed", "edited a comment"
        COMMENT_DELETED = "comment-deleted", "deleted a comment"
        COMMENT_RESTORED = "comment-restored", "restored a comment"
        COMMENT_RESOLVED = "comment-resolved", "resolved a thread"
        COMMENT_REOPENED = "comment-reopened", "reopened a thread"
        EXPERIMENT_PROPOSED = "experiment-proposed", "proposed an experiment"
        EXPERIMENT_MOVED = "experiment-moved", "moved an experiment"
        EXPERIMENT_CLOSED = "experiment-closed", "recorded an outcome"
        MEETING_PLANNED = "meeting-planned", "planned a meeting"
        MEETING_CHANGED = "meeting-changed", "changed a meeting"
        MEETING_HELD = "meeting-held", "held a meeting"
        SERIES_CHANGED = "series-changed", "changed the regular meeting"
        PAPER_NOMINATED = "paper-nominated", "nominated a paper"
        PAPER_VOTED = "paper-voted", "voted on a paper"
        PAPER_DISCUSSED = "paper-discussed", "discussed a paper"
        VERDICT_GIVEN = "verdict-given", "gave a verdict"
        MINUTES_WRITTEN = "minutes-written", "wrote minutes"
        ROTA_CHANGED = "rota-changed", "changed the rota"
        IMPORT_TAKEN_IN = "import-taken-in", "brought a list"
        IMPORT_UNDONE = "import-undone", "took an import back"
        DIGEST_NOTED = "digest-noted", "wrote a note for the digest"
        DIGEST_CLOSED = "digest-closed", "closed a digest"
        LAB_CHANGED = "lab-changed", "changed the lab's settings"

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
