"""What was merged or deleted, with all that brings it back; and likely duplicates."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField, LongLineField
from papers.models.change_counts import counts_changes
from papers.models.row_names import say

UNDO_DAYS = 30
"""Days for which a merge or a deletion can be undone."""


class RemovalQuerySet(models.QuerySet["Removal"]):
    """Adjectives for rows of removals."""

    def current(self) -> RemovalQuerySet:
        """Not undone."""
        return self.filter(undone_at__isnull=True)

    def mergers(self) -> RemovalQuerySet:
        """Those that put one paper into another."""
        return self.filter(kind=Removal.Kind.PAPER_MERGED)


@counts_changes()
class Removal(models.Model):
    """A paper or topic that was merged into another one, or deleted.

    `gone` is the key that it had and `name` its title or name; `paper` or `topic` is what it was
    merged into, and `into` that one's key at the time: they differ once that one was merged too.
    `journal` holds every row that was written, as it was (`papers.journal`): texts of all members
    and drafts among them, so no page, export or panel shows it. It is emptied after UNDO_DAYS.
    """

    class Kind(models.TextChoices):
        """What was done to what."""

        PAPER_MERGED = "paper-merged", _("Merged papers")
        PAPER_DELETED = "paper-deleted", _("Deleted paper")
        TOPIC_MERGED = "topic-merged", _("Merged topics")
        TOPIC_DELETED = "topic-deleted", _("Deleted topic")

    kind = models.CharField(max_length=13, choices=Kind)
    gone = models.BigIntegerField()
    name = LongLineField()
    into = models.BigIntegerField(null=True)
    paper = models.ForeignKey(
        "papers.Paper", on_delete=models.SET_NULL, null=True, related_name="removals"
    )
    topic = models.ForeignKey(
        "papers.Topic", on_delete=models.SET_NULL, null=True, related_name="removals"
    )
    reason = LineField(max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()
    journal = models.JSONField(default=list, editable=False)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = RemovalQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "gone"],
                condition=Q(undone_at__isnull=True),
                name="a_row_leaves_once",
            )
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="removal_newest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"

    @property
    def is_paper(self) -> bool:
        """About a paper, not a topic."""
        return self.kind in (self.Kind.PAPER_MERGED, self.Kind.PAPER_DELETED)

    @property
    def undo_until(self) -> datetime:
        """When it becomes final."""
        return self.at + timedelta(days=UNDO_DAYS)

    def can_be_undone(self, at: datetime) -> bool:
        """Not undone yet, and not too long ago."""
        return self.undone_at is None and at < self.undo_until


@counts_changes()
class PaperPair(models.Model):
    """Two papers that somebody thinks are one work, or of which a curator said that they are two.

    `one` is the smaller key. A pair without a row is one that the rules alone may propose.
    """

    class Answer(models.TextChoices):
        """What a curator made of it; a pair that was merged has no row any more."""

        OPEN = "", _("Not answered")
        DIFFERENT = "different", _("Different papers")

    one = models.ForeignKey("papers.Paper", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey("papers.Paper", on_delete=models.CASCADE, related_name="+")
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    suggested_at = models.DateTimeField(null=True)
    reason = LineField(max_length=500, blank=True)
    answer = models.CharField(max_length=9, choices=Answer, blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="one_row_per_pair_of_papers"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="a_pair_has_an_order"),
        ]

    def __str__(self) -> str:
        return f"{say(self, 'one')} and {say(self, 'other')}"
