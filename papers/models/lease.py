"""What goes with claims: reminders that went out, papers skipped, and drafts handed on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from papers.models.change_counts import counts_changes, counts_nothing, counts_own_changes
from papers.models.row_names import say


@counts_nothing
class Reminder(models.Model):
    """A claim's member was told of its due day; each kind once for each due day.

    An extended claim has a new due day and is reminded of anew.
    """

    class Kind(models.TextChoices):
        """Which of the occasions it was."""

        BEFORE = "before", _("Three days before")
        ON = "on", _("On the due day")
        AFTER = "after", _("The day after")
        KEPT = "kept", _("Kept because of a draft")
        EXPIRED = "expired", _("Expired")

    claim = models.ForeignKey("papers.Claim", on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=7, choices=Kind)
    due_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "kind", "due_on"], name="one_reminder_per_kind_and_due_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on} for claim {say(self, 'claim')}"


@counts_own_changes
class Skip(models.Model):
    """A member does not want to be offered this paper again."""

    paper = models.ForeignKey("papers.Paper", on_delete=models.CASCADE, related_name="skips")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="skips"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "member"], name="one_skip_per_member_and_paper"
            )
        ]

    def __str__(self) -> str:
        return f"{say(self, 'member')} skips {say(self, 'paper')}"


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Adjectives for rows of handovers."""

    def open(self) -> HandoverQuerySet:
        """Offered, with its draft still there, and neither taken nor withdrawn."""
        return self.filter(
            taken_at__isnull=True,
            withdrawn_at__isnull=True,
            draft__isnull=False,
            draft__discarded_at__isnull=True,
        )

    def taken(self) -> HandoverQuerySet:
        """Those that somebody went on with."""
        return self.filter(taken_at__isnull=False)


@counts_changes()
class Handover(models.Model):
    """A member who gave a paper back offers her draft to whoever takes the paper next.

    A draft is its author's alone, so she says so herself; until it is taken, nobody else sees a
    word of it. Both are credited when the taker publishes.
    """

    paper = models.ForeignKey("papers.Paper", on_delete=models.CASCADE, related_name="handovers")
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="handovers"
    )
    draft = models.ForeignKey(
        "papers.ReviewDraft", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    offered_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "giver"],
                condition=Q(taken_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_handover_per_member_and_paper",
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taker__isnull=True)
                | Q(taken_at__isnull=False, taker__isnull=False, withdrawn_at__isnull=True),
                name="a_taken_draft_has_a_taker",
            ),
            models.CheckConstraint(
                condition=~Q(taker=F("giver")), name="nobody_hands_a_draft_to_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"Draft of {say(self, 'giver')} on {say(self, 'paper')}"
