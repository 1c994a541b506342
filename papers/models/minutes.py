"""What a meeting leaves behind: the versions of its minutes, and the actions agreed on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from papers.models.change_counts import counts_changes
from papers.models.row_names import say


@counts_changes()
class MinutesRevision(models.Model):
    """One saved text of a meeting's minutes, or of those of one item; never changed."""

    meeting = models.ForeignKey(
        "papers.Meeting", on_delete=models.CASCADE, related_name="revisions"
    )
    item = models.ForeignKey(
        "papers.AgendaItem", on_delete=models.CASCADE, null=True, related_name="revisions"
    )
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "item", "number"],
                name="one_text_per_version_of_the_minutes",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of the minutes of {say(self, 'meeting')}"


@counts_changes()
class MeetingAction(models.Model):
    """Something agreed on in a meeting: an experiment for the board, or a paper to review."""

    meeting = models.ForeignKey("papers.Meeting", on_delete=models.CASCADE, related_name="actions")
    item = models.ForeignKey(
        "papers.AgendaItem",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="actions",
    )
    experiment = models.ForeignKey(
        "papers.Experiment", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    claim = models.ForeignKey(
        "papers.Claim", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(experiment__isnull=False, claim__isnull=True)
                | Q(experiment__isnull=True, claim__isnull=False),
                name="an_action_is_an_experiment_or_a_claim",
            ),
            models.UniqueConstraint(
                fields=["meeting", "claim"], name="one_action_per_claim_and_meeting"
            ),
        ]

    def __str__(self) -> str:
        return f"Action {self.pk} of {say(self, 'meeting')}"
