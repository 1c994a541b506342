"""Ballots: what the group wants to discuss, and what each member made of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.models.change_counts import counts_changes
from papers.models.review import Verdict
from papers.models.row_names import say


class NominationQuerySet(models.QuerySet["Nomination"]):
    """Adjectives for rows of nominations."""

    def open(self) -> NominationQuerySet:
        """Not discussed and not taken back since."""
        return self.filter(closed_at__isnull=True)


@counts_changes()
class Nomination(models.Model):
    """A paper that somebody wants to discuss. It closes when the paper was discussed, so that
    votes always count since then, or when its last vote is taken back."""

    paper = models.ForeignKey("papers.Paper", on_delete=models.CASCADE, related_name="nominations")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="nominations"
    )
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = NominationQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper"],
                condition=Q(closed_at__isnull=True),
                name="one_open_nomination_per_paper",
            )
        ]

    def __str__(self) -> str:
        return f"Nomination of {say(self, 'paper')}"


@counts_changes()
class Vote(models.Model):
    """A member would like to discuss a nominated paper."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="votes")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="votes"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination", "member"], name="one_vote_per_member_and_nomination"
            )
        ]

    def __str__(self) -> str:
        return f"Vote of {say(self, 'member')} for {say(self, 'nomination')}"


@counts_changes()
class VerdictVote(models.Model):
    """What a member would do with the paper of an agenda item, before its discussion or after."""

    class Phase(models.TextChoices):
        """When the verdict was given."""

        BEFORE = "before", _("Before")
        AFTER = "after", _("After")

    item = models.ForeignKey("papers.AgendaItem", on_delete=models.CASCADE, related_name="verdicts")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="verdict_votes"
    )
    phase = models.CharField(max_length=6, choices=Phase)
    verdict = models.CharField(max_length=5, choices=Verdict)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "member", "phase"], name="one_verdict_per_member_item_and_phase"
            )
        ]

    def __str__(self) -> str:
        return f"Verdict of {say(self, 'member')} {self.phase} item {say(self, 'item')}"
